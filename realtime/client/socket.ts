import { connectTab, LiveLink } from "./live-link";

let link: LiveLink | undefined;

/** The tab's one live connection. Call it in effects and event handlers only: the server renders without one. */
export function liveLink(): LiveLink {
  link ??= new LiveLink(connectTab);
  return link;
}
