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
    return new RegExp(
      dollarAtEnd(source, flags),
      [...new Set(flags.replace("s", ""))].join("") + (flags.includes("s") ? "su" : "u"),
    );
  } catch {
    return withoutUnicode(source, flags);
  }
}

/** JavaScript's unicode mode refuses harmless escapes such as \- ; without it, astral characters would be halves. */
function withoutUnicode(source: string, flags: string): RegExp {
  const astral = [...source].some((c) => c.length > 1);
  if (astral) throw outsideSubset("this regular expression syntax");
  try {
    return new RegExp(dollarAtEnd(source, flags), [...new Set(flags)].join(""));
  } catch {
    throw new StoreError(51091, "Regular expression is invalid");
  }
}

/** PCRE's $ also matches before a final newline. */
function dollarAtEnd(source: string, flags: string): string {
  if (flags.includes("m") || !source.includes("$")) return source;
  let out = "";
  let inClass = false;
  for (let i = 0; i < source.length; i++) {
    const c = source[i]!;
    if (c === "\\") {
      out += c + (source[++i] ?? "");
      continue;
    }
    if (c === "[") inClass = true;
    else if (c === "]") inClass = false;
    out += c === "$" && !inClass ? "(?=\\n?$(?![\\s\\S]))" : c;
  }
  return out;
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
