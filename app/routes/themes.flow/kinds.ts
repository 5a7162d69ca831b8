import type { Directory } from "../../domain/directory";
import type { FlowKind } from "../../domain/theme-views";

/**
 * Codes of the organisations of each kind, for the search behind a ribbon. Practices are hundreds: a search cannot name
 * them, and every ribbon has another end.
 */
export function organisationsByKind(directory: Directory): Partial<Record<FlowKind, string[]>> {
  const codes: Partial<Record<FlowKind, string[]>> = {};
  for (const { code, kind, trustKinds, closedAt } of directory.organisations) {
    if (closedAt || kind === "practice") continue;
    const end: FlowKind = kind === "trust" ? (trustKinds?.[0] ?? "acute") : "system";
    codes[end] = [...(codes[end] ?? []), code];
  }
  return codes;
}
