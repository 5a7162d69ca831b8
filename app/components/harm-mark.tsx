import { type Harm, harmNames } from "../domain/issue";
import { type Drawing, Drawn } from "./icon";

const bars: Readonly<Record<Harm, Drawing | null>> = {
  none: "h-0",
  low: "h-1",
  moderate: "h-2",
  severe: "h-3",
  fatal: "h-4",
  "not-known": null,
};

const tones: Readonly<Record<Harm, string>> = {
  none: "",
  low: "",
  moderate: "ct-harm--mod",
  severe: "ct-harm--sev",
  fatal: "ct-harm--sev",
  "not-known": "",
};

/** The four rising bars alone, as beside a choice. Nothing for harm that is not known yet. */
export function HarmBars({ harm }: { harm: Harm }) {
  const drawing = bars[harm];
  return drawing ? <Drawn id={drawing} className="ct-harm-bars" /> : null;
}

/** Bars and word. `short` leaves the word "harm" to screen readers, as on cards under a heading that says it. */
export function HarmMark({ harm, short = false }: { harm: Harm; short?: boolean }) {
  return (
    <span className={`ct-harm ${tones[harm]}`}>
      <HarmBars harm={harm} />
      {words(harm, short)}
    </span>
  );
}

function words(harm: Harm, short: boolean) {
  if (harm === "none") return harmNames.none;
  if (harm === "not-known") return "Harm not known yet";
  if (harm === "fatal" && !short) return harmNames.fatal;
  return short ? (
    <>
      {harmNames[harm]}
      <span className="nhsuk-u-visually-hidden"> harm</span>
    </>
  ) : (
    `${harmNames[harm]} harm`
  );
}
