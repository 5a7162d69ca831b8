/**
 * The issue reference that a search text may be, as it is stored: `CT-7K3QX` from `ct 7k3qx`, `CT7K3QX` or `7k3qx`.
 * Crockford's alphabet has no I, L, O: who writes one means 1 or 0. Without the prefix it must hold a digit, or every
 * word of five letters would be one.
 */
export function readReference(text: string, prefix: string): string | undefined {
  const compact = text.trim().toUpperCase();
  const match = /^(?:(?<prefix>[A-Z]{1,8})?[\s\-\u2010-\u2015]*)?(?<code>[0-9A-Z]{5})$/u.exec(compact);
  const code = match?.groups?.code?.replace(/[IL]/g, "1").replace(/O/g, "0");
  if (!code || code.includes("U")) return undefined;
  const written = match?.groups?.prefix;
  if (written !== undefined && written !== prefix) return undefined;
  if (written === undefined && !/\d/.test(match?.groups?.code ?? "")) return undefined;
  return `${prefix}-${code}`;
}
