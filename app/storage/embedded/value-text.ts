/** Values as text: what $toString gives, and how error messages print keys. */
import {
  Binary,
  BsonDate,
  BsonSymbol,
  Decimal128,
  Int32,
  isDoc,
  type NumberValue,
  ObjectId,
  Regex,
  type Timestamp,
  type Value,
} from "./values";

export function formatDate(d: BsonDate): string {
  const date = new Date(d.ms);
  return Number.isNaN(date.getTime()) ? String(d.ms) : date.toISOString();
}

export function numberText(v: NumberValue): string {
  if (v instanceof Int32) return String(v.value);
  if (v instanceof Decimal128 || typeof v === "bigint") return v.toString();
  if (Object.is(v, -0)) return "-0";
  if (!Number.isFinite(v)) return Number.isNaN(v) ? "NaN" : v > 0 ? "Infinity" : "-Infinity";
  return doubleText(v);
}

/** As C++ prints a double with full precision: plain up to 17 digits, else with an exponent of two digits or more. */
function doubleText(v: number): string {
  const exponent = Math.floor(Math.log10(Math.abs(v)));
  if (v === 0 || (exponent >= -5 && exponent < 16)) return String(v);
  const [mantissa, power] = v.toExponential().split("e") as [string, string];
  return `${mantissa}e${power[0]}${power.slice(1).padStart(2, "0")}`;
}

/** As C++ prints a double by default, with six significant digits: what string operators make of one. */
export function shortNumberText(v: NumberValue): string {
  if (typeof v !== "number") return numberText(v);
  if (Number.isNaN(v)) return "nan";
  if (!Number.isFinite(v)) return v > 0 ? "inf" : "-inf";
  if (v === 0) return Object.is(v, -0) ? "-0" : "0";
  const [mantissa, power] = v.toExponential(5).split("e") as [string, string];
  const exponent = Number(power);
  const digits = mantissa.includes(".") ? mantissa.replace(/\.?0+$/, "") : mantissa;
  if (exponent < -4 || exponent >= 6) return `${digits}e${power[0]}${power.slice(1).padStart(2, "0")}`;
  return Number(v.toPrecision(6)).toString();
}

/** A value as MongoDB's duplicate key message prints it. */
export function keyText(v: Value | undefined): string {
  if (v === undefined || v === null) return "null";
  if (typeof v === "string") return JSON.stringify(v);
  if (typeof v === "boolean") return String(v);
  if (typeof v === "number" && Number.isInteger(v)) return v.toFixed(1);
  if (typeof v === "number" || typeof v === "bigint" || v instanceof Int32 || v instanceof Decimal128)
    return numberText(v);
  if (v instanceof ObjectId) return `ObjectId('${v.hex}')`;
  if (v instanceof BsonDate) return `new Date(${v.ms})`;
  if (v instanceof Binary) return `BinData(${v.subtype}, ${v.bytes.toString("hex").toUpperCase()})`;
  if (v instanceof Regex) return `/${v.pattern}/${v.options}`;
  if (v instanceof BsonSymbol) return JSON.stringify(v.value);
  if (Array.isArray(v)) return `[ ${v.map(keyText).join(", ")} ]`;
  if (isDoc(v)) return `{ ${[...v].map(([k, x]) => `${k}: ${keyText(x)}`).join(", ")} }`;
  return "kind" in v ? v.kind : "value";
}

/** As MongoDB writes a timestamp where text is wanted: "Jan  1 00:00:00:1", in UTC and without the year. */
export function timestampText(t: Timestamp): string {
  const when = new Date(Number(t.value >> 32n) * 1000);
  const month = when.toLocaleString("en-US", { month: "short", timeZone: "UTC" });
  const day = String(when.getUTCDate()).padStart(2, " ");
  return `${month} ${day} ${when.toISOString().slice(11, 19)}:${t.value & 0xffffffffn}`;
}
