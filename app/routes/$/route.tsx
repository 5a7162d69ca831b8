import { notFound } from "../../web/not-found";

/** An address that leads nowhere: the same page as for what may not be seen, in the frame of whoever is signed in. */
export function loader(): never {
  throw notFound();
}
export const action = loader;

export default function Nowhere() {
  return null;
}
