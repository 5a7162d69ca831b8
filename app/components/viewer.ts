import type { Side } from "../domain/organisation";
import type { Theme } from "./theme";

/** The signed-in person as the frame of each page shows them. */
export interface Viewer {
  name: string;
  /** Title and organisation of the hat: "Interface lead, WUTH". */
  what: string;
  side: Side;
  mayRaise: boolean;
  /** Other hats they hold today. */
  hats: readonly { post: string; what: string; worn: boolean }[];
}

/** What the frame of every page knows: the root loader's answer. */
export interface Frame {
  system: { name: string; demo: boolean };
  viewer: Viewer | null;
  /** Unread notices: counting stops at 100. */
  unread: number;
  theme: Theme;
  keysOn: boolean;
  /** Person and hat, for the live connection: another identity, another connection. Never shown. */
  identity: string | null;
  /** Quoted on error pages and in the log. */
  requestId: string;
}
