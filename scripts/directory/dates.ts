const months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

/** ISO date of the three ways these files write one: `20260331`, `01JAN2021` and `2026-04-01`. */
export function isoDate(text: string): string | undefined {
  const compact = /^(\d{4})-?(\d{2})-?(\d{2})$/.exec(text);
  if (compact) return real(`${compact[1]}-${compact[2]}-${compact[3]}`);
  const spelled = /^(\d{2})([A-Z]{3})(\d{4})$/.exec(text.toUpperCase());
  if (!spelled) return undefined;
  const month = months.indexOf(spelled[2] ?? "") + 1;
  return real(`${spelled[3]}-${String(month).padStart(2, "0")}-${spelled[1]}`);
}

/** The day after an ISO date: an ODS close date is the last day an organisation exists. */
export function dayAfter(date: string): string {
  return new Date(Date.parse(date) + 86_400_000).toISOString().slice(0, 10);
}

function real(date: string): string | undefined {
  const at = Date.parse(date);
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== date ? undefined : date;
}
