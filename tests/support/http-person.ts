/** An answer with its text read. */
export interface Answer {
  status: number;
  text: string;
  headers: Headers;
}

export type Fields = Readonly<Record<string, string>> | readonly (readonly [string, string])[];

export interface Raised {
  /** `RBL` or `RBL/RBL-acute-medicine`. */
  about: string;
  body: string;
  kind?: string;
  harm?: string;
  visibility?: "system" | "organisations";
}

/** A person of the demonstration who uses the product by its plain pages and forms, as a browser without scripts does. */
export class HttpPerson {
  readonly #url: string;
  readonly cookie: string;

  private constructor(url: string, cookie: string) {
    this.#url = url;
    this.cookie = cookie;
  }

  static async signIn(url: string, person: string): Promise<HttpPerson> {
    const answer = await send(url, "/sign-in", [["person", person]], { origin: url });
    const cookie = answer.headers.getSetCookie()[0]?.split(";")[0];
    if (!cookie) throw new Error(`nobody could be signed in: ${answer.status}`);
    return new HttpPerson(url, cookie);
  }

  async get(path: string): Promise<Answer> {
    const response = await fetch(this.#url + path, { headers: { cookie: this.cookie }, redirect: "manual" });
    return { status: response.status, headers: response.headers, text: await response.text() };
  }

  post(path: string, fields: Fields, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return send(this.#url, path, fields, { origin: this.#url, cookie: this.cookie, ...headers });
  }

  /** Raises an issue. Returns its reference. */
  async raise({ about, body, kind = "DIS.1", harm = "none", visibility = "system" }: Raised): Promise<string> {
    const form = await this.get("/issues/new");
    const answer = await this.post("/issues/new", {
      intent: "send",
      id: inputOf(form.text, "id"),
      about,
      body,
      kind,
      harm,
      visibility,
    });
    const reference = /^\/issues\/(CT-\w{5})$/.exec(answer.headers.get("location") ?? "")?.[1];
    if (!reference) throw new Error(`the issue was not raised: ${answer.status}`);
    return reference;
  }

  /** Sends one of the forms of a thread, decided on the version it has now (or on another). */
  async act(reference: string, verb: string, fields: Readonly<Record<string, string>> = {}, version?: string) {
    const path = `/issues/${reference}`;
    const decidedOn = version ?? (await this.versionOf(reference));
    const named = Object.entries(fields).map(([name, value]) => [`${verb}-${name}`, value] as const);
    return this.post(path, [["verb", verb], ["version", decidedOn], ...named]);
  }

  /** `act`, which must be done. */
  async do(reference: string, verb: string, fields: Readonly<Record<string, string>> = {}): Promise<void> {
    const answer = await this.act(reference, verb, fields);
    if (answer.status !== 302) throw new Error(`${verb} was answered with ${answer.status}`);
  }

  async versionOf(reference: string): Promise<string> {
    return inputOf((await this.get(`/issues/${reference}`)).text, "version");
  }
}

/** Posts a form, with exactly these headers. */
export async function send(
  url: string,
  path: string,
  fields: Fields,
  headers: Readonly<Record<string, string>>,
): Promise<Answer> {
  const pairs = Array.isArray(fields) ? fields : Object.entries(fields);
  const response = await fetch(url + path, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
    body: new URLSearchParams(pairs.map(([name, value]) => [name, value])),
    redirect: "manual",
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** Value of the first input with this name. */
export function inputOf(html: string, name: string): string {
  const value = new RegExp(`<input[^>]*name="${name}"[^>]*value="([^"]*)"`).exec(html)?.[1];
  if (value === undefined) throw new Error(`the page has no input named ${name}`);
  return value;
}

/** The text of a page as people read it: without tags, with its entities read. */
export function readable(html: string): string {
  return unescaped(html.replace(/<script[\s\S]*?<\/script>/g, "").replace(/<[^>]+>/g, ""));
}

export function unescaped(html: string): string {
  const named: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', "#x27": "'" };
  return html.replace(/&(amp|lt|gt|quot|#x27);/g, (whole, name: string) => named[name] ?? whole);
}
