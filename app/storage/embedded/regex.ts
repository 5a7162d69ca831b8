/** Turns MongoDB's (PCRE) patterns into JavaScript's, refusing what the two read differently. */
import { outsideSubset, StoreError } from "./errors";
import type { Regex } from "./values";

const compiled = new Map<string, RegExp>();

/** Compiles a pattern; options i, m, s, x, u as MongoDB has them. */
export function toRegExp(r: Regex): RegExp {
  const key = `${r.options}/${r.pattern}`;
  let found = compiled.get(key);
  if (!found) {
    found = compile(r.pattern, r.options);
    if (compiled.size > 500) compiled.clear();
    compiled.set(key, found);
  }
  return found;
}

function compile(pattern: string, options: string): RegExp {
  for (const o of options) if (!"imsxu".includes(o)) throw new StoreError(51108, `invalid flag in regex options: ${o}`);
  if (pattern.includes("\0")) throw new StoreError(2, "Regular expression cannot contain an embedded null byte");
  let source = pattern;
  let flags = options.replace(/[xu]/g, "");
  const inline = /^\(\?([ims]+)\)/.exec(source);
  if (inline) {
    source = source.slice(inline[0].length);
    flags += inline[1];
  }
  if (options.includes("x")) source = stripExtended(source);
  if (/^\(\*|\(\?[imsx-]|\(\?[>|&#R]|\\[ARKGQEhHVXCpPNaeoxgcz0Z]|\[\[:|[*+?}]\+/.test(source)) {
    throw outsideSubset("this regular expression syntax");
  }
  try {
    return new RegExp(translate(source, flags), `${jsFlags(flags)}u`);
  } catch (error) {
    if (error instanceof StoreError) throw error;
    return withoutUnicode(source, flags);
  }
}

/** The m flag is translated into the pattern. */
function jsFlags(flags: string): string {
  return (flags.includes("i") ? "i" : "") + (flags.includes("s") ? "s" : "");
}

/** JavaScript's unicode mode refuses harmless escapes such as \- ; without it, astral characters would be halves. */
function withoutUnicode(source: string, flags: string): RegExp {
  const astral = [...source].some((c) => c.length > 1);
  if (astral) throw outsideSubset("this regular expression syntax");
  try {
    return new RegExp(translate(source, flags), jsFlags(flags));
  } catch (error) {
    if (error instanceof StoreError) throw error;
    throw new StoreError(51091, "Regular expression is invalid");
  }
}

/** White space as PCRE's \s has it: ASCII only, where JavaScript's knows many more. */
const SPACE = "\\t\\n\\v\\f\\r ";

/**
 * Rewrites what JavaScript reads differently: `$` also matches before a final newline, lines end at \n alone, `.`
 * matches everything but \n, and \s is ASCII.
 */
function translate(source: string, flags: string): string {
  const lines = flags.includes("m");
  let out = "";
  let inClass = false;
  for (let i = 0; i < source.length; i++) {
    const c = source[i]!;
    if (c === "\\") {
      out += translateEscape(source[++i] ?? "", inClass);
      continue;
    }
    if (c === "[" && !inClass) {
      inClass = true;
      // A bracket right at the front of a class stands for itself.
      const front = /^\[\^?\]/.exec(source.slice(i));
      if (front) {
        out += `${front[0].slice(0, -1)}\\]`;
        i += front[0].length - 1;
        continue;
      }
    } else if (c === "]") inClass = false;
    out += inClass ? c : translatePlain(c, lines, flags.includes("s"));
  }
  return out;
}

function translatePlain(c: string, lines: boolean, dotAll: boolean): string {
  if (c === "$") return lines ? "(?![^\\n])" : "(?=\\n?$(?![\\s\\S]))";
  if (c === "^" && lines) return "(?<![^\\n])";
  return c === "." && !dotAll ? "[^\\n]" : c;
}

function translateEscape(letter: string, inClass: boolean): string {
  if (letter === "s") return inClass ? SPACE : `[${SPACE}]`;
  if (letter !== "S") return `\\${letter}`;
  if (inClass) throw outsideSubset("\\S inside a class of a regular expression");
  return `[^${SPACE}]`;
}

function stripExtended(source: string): string {
  let out = "";
  let inClass = false;
  for (let i = 0; i < source.length; i++) {
    const c = source[i]!;
    if (c === "\\") out += c + (source[++i] ?? "");
    else if (inClass || c === "[") {
      inClass = c !== "]";
      out += c;
    } else if (c === "#") {
      while (i < source.length && source[i] !== "\n") i++;
    } else if (!/\s/.test(c)) out += c;
  }
  return out;
}

/** The literal text every match begins with, or "" when there is none. */
export function literalPrefix(r: Regex): string {
  if (r.options !== "" || r.pattern.includes("|")) return "";
  const m = /^\^([\w \-/:@,]+)/.exec(r.pattern);
  if (!m) return "";
  const quantified = /^[*?{+]/.test(r.pattern.slice(m[0].length));
  return quantified ? m[1]!.slice(0, -1) : m[1]!;
}
