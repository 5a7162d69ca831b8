/** Advance widths of Helvetica (Arial is drawn to the same), in thousandths of the size, from the space to the tilde. */
const widths = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
  556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
  722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
  556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
  260, 334, 584,
];
const otherSigns = 600;
const boldIsWider = 1.07;

/** How wide a text is drawn, in pixels: the same on the server and in a browser, so that both place it alike. */
export function textWidth(text: string, size = 13, bold = false): number {
  let sum = 0;
  for (const sign of text) sum += widths[(sign.codePointAt(0) ?? 0) - 32] ?? otherSigns;
  return (sum * size * (bold ? boldIsWider : 1)) / 1000;
}

/** The text in lines no wider than `width`, at most so many; what is over ends in an ellipsis. */
export function wrapText(
  text: string,
  width: number,
  size = 13,
  options: { bold?: boolean; most?: number } = {},
): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/u)) {
    const longer = line ? `${line} ${word}` : word;
    if (line && textWidth(longer, size, options.bold) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  lines.push(line);
  const most = options.most ?? lines.length;
  const kept = lines.slice(0, most);
  if (lines.length > most) kept[most - 1] = `${kept[most - 1]}…`;
  return kept.map((each) => fitText(each, width, size, options.bold));
}

/** The text, cut with an ellipsis where it is wider than `width`. */
export function fitText(text: string, width: number, size = 13, bold = false): string {
  if (textWidth(text, size, bold) <= width) return text;
  const signs = [...text.replace(/…$/u, "")];
  while (signs.length > 1 && textWidth(`${signs.join("")}…`, size, bold) > width) signs.pop();
  return `${signs.join("").trimEnd()}…`;
}
