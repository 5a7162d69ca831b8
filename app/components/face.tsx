import type { Side } from "../domain/organisation";

/** A person as a mark: round for practices, square for trusts, a cut corner for ICB and Place. */
export interface FacePerson {
  name: string;
  side: Side;
}

interface FaceProps extends FacePerson {
  small?: boolean;
  here?: boolean;
  typing?: boolean;
}

/** Initials in the shape of the side. Decoration: the name stands in text beside it. */
export function Face({ name, side, small, here, typing }: FaceProps) {
  const classes = ["ct-face", `ct-face--${side}`];
  if (small) classes.push("ct-face--s");
  if (here || typing) classes.push("is-here");
  if (typing) classes.push("is-typing");
  return (
    <span className={classes.join(" ")} aria-hidden="true">
      {initialsOf(name)}
    </span>
  );
}

/** A dashed "?": nobody yet. */
export function NoFace({ small }: { small?: boolean }) {
  return (
    <span className={small ? "ct-face ct-face--none ct-face--s" : "ct-face ct-face--none"} aria-hidden="true">
      ?
    </span>
  );
}

/** A face that stands alone, with its name for screen readers and on hover. */
export function NamedFace({ means, ...face }: FaceProps & { means: string }) {
  const label = `${means}: ${face.name}`;
  return (
    <span title={label} role="img" aria-label={label}>
      <Face {...face} />
    </span>
  );
}

/** Somebody on this page now. A guest has no side. */
interface HerePerson {
  name: string;
  side?: Side | undefined;
  typing?: boolean;
}

/** People here now, at most four marks; the rest in words. */
export function HereNow({ people }: { people: readonly HerePerson[] }) {
  if (people.length === 0) return null;
  const label = `Here now: ${people.map((each) => each.name + (each.typing ? " (writing)" : "")).join(", ")}`;
  return (
    <span className="ct-faces" role="img" aria-label={label} title={label}>
      {people.slice(0, 4).map((each) => (
        <Face key={each.name} name={each.name} side={each.side ?? "system"} typing={each.typing ?? false} small here />
      ))}
      {people.length > 4 ? <span className="ct-count">+{people.length - 4}</span> : null}
    </span>
  );
}

const titles = new Set(["dr", "mr", "mrs", "ms", "miss", "mx", "prof", "sister"]);

/** First letters of first and last name, without titles: "Dr Priya Raman" is PR. */
export function initialsOf(name: string): string {
  const words = name.split(/[\s-]+/).filter((word) => word !== "" && !titles.has(word.toLowerCase().replace(".", "")));
  const first = words[0];
  const last = words.at(-1);
  if (!first || !last) return "?";
  const letters = words.length === 1 ? [...first].slice(0, 2) : [[...first][0], [...last][0]];
  return letters.join("").toUpperCase();
}
