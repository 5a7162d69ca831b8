import type { Readable, Writable } from "node:stream";

export const shortestPassword = 12;
/** Sign-in reads no further than this. */
export const longestPassword = 1000;

export type PasswordAnswer = { ok: true; password: string } | { ok: false; why: string };

/** Refuses what is too short to be safe or too long to be read. */
export function checkPassword(password: string): PasswordAnswer {
  if ([...password].length < shortestPassword)
    return { ok: false, why: `the password must be at least ${shortestPassword} characters` };
  if (password.length > longestPassword)
    return { ok: false, why: `the password must be at most ${longestPassword} characters` };
  return { ok: true, password };
}

/** A terminal, or what stands in for one. */
export interface Terminal {
  input: Readable & { isTTY?: boolean; setRawMode?(raw: boolean): unknown };
  output: Writable;
}

/** Asks twice, without echo. Without a terminal it says how else to give a password. */
export async function askPassword(terminal: Terminal): Promise<PasswordAnswer> {
  if (!terminal.input.isTTY) return { ok: false, why: "no terminal to ask for a password: use --password-stdin" };
  const first = await askHidden(terminal, "Password (at least 12 characters): ");
  if (first === undefined) return { ok: false, why: "stopped: nothing was added" };
  const checked = checkPassword(first);
  if (!checked.ok) return checked;
  const second = await askHidden(terminal, "The same again: ");
  if (second === undefined) return { ok: false, why: "stopped: nothing was added" };
  return second === first ? checked : { ok: false, why: "the two passwords differ: nothing was added" };
}

/** The first line of a pipe, without its line end. */
export async function readPassword(input: Readable): Promise<PasswordAnswer> {
  let text = "";
  for await (const chunk of input) {
    text += String(chunk);
    if (text.includes("\n") || text.length > longestPassword + 2) break;
  }
  return checkPassword((text.split("\n")[0] ?? "").replace(/\r$/, ""));
}

/** One line typed on a terminal that shows nothing of it. Undefined: Ctrl+C or the end of input. */
function askHidden({ input, output }: Terminal, question: string): Promise<string | undefined> {
  output.write(question);
  input.setRawMode?.(true);
  input.resume();
  return new Promise((resolve) => {
    let typed: string[] = [];
    const end = (answer: string | undefined) => {
      input.off("data", read);
      input.off("end", stopped);
      input.setRawMode?.(false);
      input.pause();
      output.write("\n");
      resolve(answer);
    };
    const stopped = () => end(undefined);
    const read = (chunk: Buffer | string) => {
      for (const key of String(chunk)) {
        if (key === "\r" || key === "\n") return end(typed.join(""));
        if (key === "\u0003" || key === "\u0004") return end(undefined);
        if (key === "\u007f" || key === "\b") typed = typed.slice(0, -1);
        else if (key >= " ") typed.push(key);
      }
    };
    input.on("data", read);
    input.on("end", stopped);
  });
}
