/**
 * When each thread was last looked at on this device, for "New since Monday 17:20". One cookie of references and
 * minutes, no text and no name; another person's visits are never taken for one's own.
 */
const cookieName = "ct-visits";
const keptAtMost = 30;
const keptSeconds = 60 * 86_400;
/** Loads closer together than this are one visit: reloading does not make everything old. */
const oneVisitMs = 30 * 60_000;
const minuteMs = 60_000;

interface Visit {
  reference: string;
  /** Last load of the page. */
  seenAt: number;
  /** When the visit before this one ended: 0 when there was none. */
  since: number;
}

/** Notes a visit: since when things are new in this thread, and the cookie to set. */
export async function visit(
  request: Request,
  person: string,
  reference: string,
  now: Date,
): Promise<{ since: Date | null; cookie: string }> {
  const owner = await shortHash(person);
  const visits = readVisits(request.headers.get("Cookie"), owner);
  const known = visits.find((each) => each.reference === reference);
  const at = now.getTime();
  const since = known ? (at - known.seenAt > oneVisitMs ? known.seenAt : known.since) : 0;
  const rest = visits.filter((each) => each.reference !== reference);
  const kept = [{ reference, seenAt: at, since }, ...rest].slice(0, keptAtMost);
  const secure = new URL(request.url).protocol === "https:" ? "; Secure" : "";
  return {
    since: since > 0 ? new Date(since) : null,
    cookie: `${cookieName}=${write(owner, kept)}; Path=/issues; Max-Age=${keptSeconds}; HttpOnly; SameSite=Lax${secure}`,
  };
}

function readVisits(header: string | null, owner: string): Visit[] {
  const value = new RegExp(`(?:^|;\\s*)${cookieName}=([0-9A-Za-z._-]*)`).exec(header ?? "")?.[1] ?? "";
  const [whose, ...entries] = value.split("_");
  if (whose !== owner) return [];
  return entries.flatMap((entry) => {
    const [reference, seenAt, since] = entry.split(".");
    if (!reference || !seenAt || !since) return [];
    return [
      { reference, seenAt: Number.parseInt(seenAt, 36) * minuteMs, since: Number.parseInt(since, 36) * minuteMs },
    ];
  });
}

function write(owner: string, visits: readonly Visit[]): string {
  const minutes = (ms: number) => Math.floor(ms / minuteMs).toString(36);
  return [owner, ...visits.map((each) => `${each.reference}.${minutes(each.seenAt)}.${minutes(each.since)}`)].join("_");
}

/** Enough to tell people of one device apart, too little to name them. */
async function shortHash(person: string): Promise<string> {
  const digest = await globalThis.crypto.subtle.digest("SHA-256", new TextEncoder().encode(person));
  return Array.from(new Uint8Array(digest).subarray(0, 4), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
