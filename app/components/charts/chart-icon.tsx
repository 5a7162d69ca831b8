import type { AssuranceIcon, VariationIcon } from "../../domain/xmr-display";

/** The icon of what a process does now, as in Making Data Count. Always beside its words. */
export function VariationMark({ icon, size = 44 }: { icon: VariationIcon; size?: number }) {
  return (
    <IconRing size={size} colour={icon.colour} letter={icon.letter}>
      <path className="ct-c-icon__line" d={variationLine[icon.letter]} />
    </IconRing>
  );
}

/** The icon of its limits against a target. Always beside its words. */
export function AssuranceMark({ icon, size = 44 }: { icon: AssuranceIcon; size?: number }) {
  const { target, wave } = assuranceLines[icon.kind];
  return (
    <IconRing size={size} colour={icon.colour} letter={icon.letter}>
      <path className="ct-c-icon__target" d={target} />
      <path className="ct-c-icon__line" d={wave} />
    </IconRing>
  );
}

const variationLine: Readonly<Record<VariationIcon["letter"], string>> = {
  "": "M9 26l6-7 6 6 6-7 6 6 4-4",
  H: "M10 30l7-6 6 2 10-12",
  L: "M10 14l7 6 6-2 10 12",
};

const assuranceLines: Readonly<Record<AssuranceIcon["kind"], { target: string; wave: string }>> = {
  "hit-or-miss": { target: "M8 22h28", wave: "M10 26l6-9 6 10 6-10 6 8" },
  "consistently-failing": { target: "M8 16h28", wave: "M10 29l6-4 6 4 6-5 6 3" },
  "consistently-passing": { target: "M8 28h28", wave: "M10 19l6-4 6 4 6-5 6 3" },
};

interface IconRingProps {
  size: number;
  colour: VariationIcon["colour"];
  letter: string;
  children: React.ReactNode;
}

function IconRing({ size, colour, letter, children }: IconRingProps) {
  return (
    <svg className={`ct-c-icon ct-c-icon--${colour}`} viewBox="0 0 44 44" width={size} height={size} aria-hidden="true">
      <circle className="ct-c-icon__ring" cx="22" cy="22" r="19.5" />
      {children}
      {letter ? (
        <>
          <circle className="ct-c-icon__dot" cx="34" cy="34" r="8.5" />
          <text className="ct-c-icon__letter" x="34" y="38.6" textAnchor="middle" fontSize="13" fontWeight="700">
            {letter}
          </text>
        </>
      ) : null}
    </svg>
  );
}
