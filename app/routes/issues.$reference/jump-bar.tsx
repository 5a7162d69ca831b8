import { useLocation } from "@remix-run/react";
import type { ThreadView } from "./thread-view";

/** On phones: the parts of the page, one press away. */
export function JumpBar({ view }: { view: ThreadView }) {
  const { hash } = useLocation();
  const open = view.actions.filter((each) => !each.done).length;
  const parts = [
    { id: "talk", name: "Thread" },
    { id: "note", name: "Note" },
    { id: "outcome", name: "Outcome" },
    { id: "actions", name: open > 0 ? `Actions ${open}` : "Actions" },
    { id: "who", name: `Who ${view.affected.organisations.length}` },
  ];
  const current = parts.find((each) => `#${each.id}` === hash)?.id ?? "talk";
  return (
    <nav className="ct-jump" aria-label="On this page">
      {parts.map((each) => (
        <a key={each.id} href={`#${each.id}`} aria-current={each.id === current ? "true" : undefined}>
          {each.name}
        </a>
      ))}
    </nav>
  );
}
