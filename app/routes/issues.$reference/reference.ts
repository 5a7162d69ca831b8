/**
 * The reference as we write it, from what was typed or said: any case, and O, I and L for the digits they are mistaken
 * for. Null for what cannot be a reference.
 */
export function referenceOf(typed: string | undefined): string | null {
  const match = /^([A-Z]{1,8})-([0-9A-Z]{5})$/.exec((typed ?? "").toUpperCase());
  const [, prefix, code] = match ?? [];
  if (!prefix || !code) return null;
  return `${prefix}-${code.replaceAll("O", "0").replaceAll(/[IL]/g, "1")}`;
}
