/** First and family names that go together. Every person made of them is invented; a likeness is chance. */
export interface NameGroup {
  /** How often, in parts of the sum of all shares. */
  share: number;
  women: readonly string[];
  men: readonly string[];
  families: readonly string[];
}

const words = (text: string) => text.trim().split(/\s+/);

export const nameGroups: readonly NameGroup[] = [
  {
    share: 44,
    women: words(
      `Abigail Alison Beth Carys Catherine Charlotte Clare Deborah Eleanor Elin Emily Fiona Frances Georgina Hannah Heather
      Imogen Jacqueline Joanne Judith Karen Katie Lesley Lorraine Louise Lucy Maureen Megan Natalie Philippa Rachel Rhian
      Sally Samantha Stephanie Tracey Vanessa Victoria Wendy Zoe`,
    ),
    men: words(
      `Adrian Alistair Andrew Anthony Bryn Callum Christopher Colin Craig Dafydd Damian Daniel Duncan Edward Gareth Gavin
      Geraint Graham Huw Iain Jack Jonathan Keith Kenneth Lewis Luke Malcolm Martin Matthew Neil Nicholas Oliver Owain
      Patrick Philip Robin Rupert Stuart Timothy Toby`,
    ),
    families: words(
      `Aldcroft Appleyard Arkwright Ashcroft Askew Astbury Atherton Bamber Barrowclough Beswick Birchall Birtwistle Blakeley
      Bramhall Brereton Brindle Broadhurst Calderbank Catterall Chadwick Clegg Cottam Critchley Culshaw Dewhurst Duxbury
      Eastham Eckersley Entwistle Fairclough Farnworth Fazackerley Fearnley Gaskell Gerrard Gorton Grimshaw Halliwell
      Hargreaves Haslam Heyes Hindley Hollinshead Holroyd Houghton Hulme Ibbotson Kershaw Langtree Leadbetter Lightfoot
      Lomax Makinson Massey Molyneux Naylor Ormerod Pemberton Pendlebury Pilkington Prescott Rainford Ravenscroft
      Rimmer Rigby Rothwell Sharrock Shawcross Sherlock Singleton Stockdale Tattersall Thistlethwaite Threlfall Topping
      Tyldesley Unsworth Wainwright Whalley Whittaker Winstanley Woodcock Yardley Bevan Cadwallader Gwyther Llewellyn Meredith
      Penry Probert Trevor`,
    ),
  },
  {
    share: 8,
    women: words("Aoife Bernadette Ciara Deirdre Grainne Maeve Niamh Orla Roisin Siobhan Sinead Una"),
    men: words("Brendan Cathal Conor Declan Diarmuid Eoin Fergal Kieran Liam Niall Ronan Seamus"),
    families: words(
      "Brannigan Cassidy Corrigan Devlin Donnelly Flanagan Gallagher Geraghty Heffernan Kinsella Loughran McAteer McGinty Mulhearn Rooney Scullion Tierney Tuohy",
    ),
  },
  {
    share: 9,
    women: words("Anjali Bhavna Deepa Gita Kavita Meera Nisha Pooja Rekha Shreya Sunita Vidya"),
    men: words("Amit Anand Dinesh Gaurav Hiren Manish Nilesh Rahul Rohan Sanjay Tarun Vikram"),
    families: words(
      "Acharya Agarwal Bhatt Chaudhary Dasgupta Deshpande Joshi Kulkarni Mahajan Mistry Nambiar Parekh Pillai Raghavan Saxena Subramanian Trivedi Vaidya",
    ),
  },
  {
    share: 9,
    women: words("Aaliyah Amina Ayesha Farah Hafsa Iqra Maryam Nadia Rabia Saima Samina Zainab"),
    men: words("Adnan Asif Bilal Faisal Haroon Imran Kamran Nadeem Omar Tariq Usman Yusuf"),
    families: words(
      "Akhtar Anwar Baig Chowdhury Dar Farooqi Ghani Hashmi Iqbal Javed Lodhi Mahmood Mirza Qureshi Rafiq Saleem Siddiqui Zaman",
    ),
  },
  {
    share: 4,
    women: words("Amrit Gurpreet Harleen Jasleen Manpreet Navdeep Simran"),
    men: words("Arjan Balraj Gurdeep Harjit Jaspal Manvir Sukhdev"),
    families: words("Ahluwalia Bains Dhaliwal Gill Grewal Kalsi Mangat Randhawa Sandhu Sidhu"),
  },
  {
    share: 9,
    women: words("Abimbola Adaeze Chioma Folake Ifeoma Kehinde Ngozi Temitope Yetunde Abena Akosua Efua"),
    men: words("Babatunde Chinedu Emeka Femi Ikenna Obinna Olumide Segun Tunde Kofi Kwame Yaw"),
    families: words(
      "Abiodun Adebayo Adeleke Agyeman Akinola Amoah Balogun Boateng Chukwu Danso Eze Igwe Mensah Nwosu Obi Ofori Ogunleye Olawale",
    ),
  },
  {
    share: 4,
    women: words("Chipo Nyasha Rudo Tendai Wanjiru Achieng Selam Hodan"),
    men: words("Farai Kudakwashe Simba Tawanda Kamau Otieno Dawit Abdi"),
    families: words("Chikwanda Dube Gebremariam Kariuki Mapfumo Moyo Muchena Ndlovu Njoroge Wairimu Warsame"),
  },
  {
    share: 5,
    women: words("Hui-Min Jia Li-Na Mei-Ling Siu-Fong Wai-Yee Xin Yan"),
    men: words("Chi-Wing Jun Kai-Ming Ka-Ho Ming Wei-Jie Yiu-Cheung Zhi"),
    families: words("Au-Yeung Chan Cheung Fung Ho Kwok Lau Leung Poon Tse Wong Yip"),
  },
  {
    share: 4,
    women: words("Agnieszka Beata Dorota Ioana Joanna Katarzyna Magdalena Oksana"),
    men: words("Andrzej Bogdan Jakub Krzysztof Marek Piotr Taras Tomasz"),
    families: words("Balan Dragomir Jankowiak Kaminski Kowal Lewandow Nowicki Petrenko Sadowski Wojtas Zielinski"),
  },
  {
    share: 4,
    women: words("Beatriz Chiara Elena Eleni Ines Lucia Sofia Teresa"),
    men: words("Alessio Andreas Diogo Javier Marco Nikos Rafael Stefano"),
    families: words(
      "Barbosa Carvalho Christodoulou Ferrante Georgiou Iglesias Marchetti Pappas Quintero Tavares Vasquez",
    ),
  },
  {
    share: 3,
    women: words("Dalia Hanan Layla Noura Rania Yasmin"),
    men: words("Bassem Fadi Hisham Karim Mazen Tamer"),
    families: words("Awad Darwish Fakhoury Haddad Khalil Mansour Nasser Sabbagh Shaheen"),
  },
  {
    share: 3,
    women: words("Jocelyn Marisol Rowena Annaliza Cristina Lilibeth"),
    men: words("Arnel Crisanto Jayson Noel Reynaldo Rommel"),
    families: words("Bautista Dela-Cruz Evangelista Macaraeg Manalo Pascual Salonga Villanueva"),
  },
];
