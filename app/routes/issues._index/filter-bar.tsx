import { Link, useSearchParams } from "@remix-run/react";
import type { ReactNode } from "react";
import { countOf } from "../../components/clock-words";
import { Icon } from "../../components/icon";
import { Menu, MenuLabel } from "../../components/menu";
import { SegmentLinks } from "../../components/segment";
import { shownCount } from "../../components/shown-count";
import { boardLink, clearedLink, type FilterName, isFiltered } from "./board-link";
import type { BoardData, Choice } from "./read-board";

/** Filters as links: what is on is in the address, and can be sent to a colleague. */
export function FilterBar({ data }: { data: BoardData }) {
  const [params] = useSearchParams();
  const { chosen, choices } = data;
  const overdue = overdueOf(data);
  return (
    <div className="ct-filters" role="group" aria-label="Filters">
      <Toggle name="mine" on={chosen.mine}>
        Mine
      </Toggle>
      {data.hasOrganisation ? (
        <Toggle name="org" on={chosen.org}>
          My organisation
        </Toggle>
      ) : null}
      <Pick name="place" label="Place" chosen={chosen.place} choices={choices.places} />
      <Pick name="trust" label="Trust" chosen={chosen.trust} choices={choices.trusts} />
      <Pick name="category" label="Category" chosen={chosen.category} choices={choices.categories} />
      <Pick name="state" label="State" chosen={chosen.state} choices={choices.states} />
      <Toggle name="overdue" on={chosen.overdue}>
        Overdue {overdue ? <span className="ct-count ct-count--late">{overdue}</span> : null}
      </Toggle>
      {isFiltered(params) ? (
        <Link className="ct-s" to={clearedLink(params)} preventScrollReset>
          Clear
        </Link>
      ) : null}
      <span className="ct-grow" />
      <span className="ct-s ct-2 ct-hide-s" role="status">
        {totalWords(data)}
      </span>
      {data.text === "" ? (
        <SegmentLinks
          label="View"
          choices={[
            { name: "Columns", icon: "board", to: boardLink(params, { view: null }), chosen: data.view === "columns" },
            { name: "Table", icon: "table", to: boardLink(params, { view: "table" }), chosen: data.view === "table" },
          ]}
        />
      ) : null}
    </div>
  );
}

function Toggle({ name, on, children }: { name: FilterName; on: boolean; children: ReactNode }) {
  const [params] = useSearchParams();
  return (
    <Link
      className={on ? "ct-filter is-on" : "ct-filter"}
      to={boardLink(params, { [name]: on ? null : "1" })}
      aria-current={on ? "true" : undefined}
      preventScrollReset
    >
      {children}
      {on ? <Remove /> : null}
    </Link>
  );
}

function Remove() {
  return (
    <>
      <Icon name="x" small />
      <span className="nhsuk-u-visually-hidden">remove filter</span>
    </>
  );
}

interface PickProps {
  name: FilterName;
  label: string;
  chosen: string | undefined;
  choices: readonly Choice[];
}

/** A filter with choices; once chosen, a press takes it away, as with the others. */
function Pick({ name, label, chosen, choices }: PickProps) {
  const [params] = useSearchParams();
  const value = params.get(name);
  return (
    <Menu
      className={chosen ? "ct-filter is-on" : "ct-filter"}
      closeOn={params.toString()}
      label={
        <MenuLabel>
          {chosen ? <span className="nhsuk-u-visually-hidden">{label}: </span> : null}
          {chosen ?? label}
        </MenuLabel>
      }
    >
      {chosen ? (
        <Link to={boardLink(params, { [name]: null })} preventScrollReset>
          Any {label.toLowerCase()}
        </Link>
      ) : null}
      {choices.map((choice) => (
        <Link
          key={choice.value}
          className={choice.part ? "ct-menu__part" : undefined}
          to={boardLink(params, { [name]: choice.value })}
          aria-current={choice.value === value ? "true" : undefined}
          preventScrollReset
        >
          {choice.name}
          {choice.count === undefined ? null : <span className="ct-count">{choice.count}</span>}
        </Link>
      ))}
    </Menu>
  );
}

function overdueOf({ list }: BoardData): string | null {
  if (list.kind !== "columns") return null;
  const overdue = list.columns.reduce((total, column) => total + column.overdue, 0);
  return overdue > 0 ? shownCount(overdue) : null;
}

function totalWords({ list, text }: BoardData): string {
  if (list.kind === "results") {
    if (text === "" && list.total > 500) return "More than 500 issues";
    return list.total > 1000 ? `About ${countOf(list.total, "issue")}` : countOf(list.total, "issue");
  }
  const total = list.columns.reduce((sum, column) => sum + column.count, 0);
  return list.columns.some((column) => column.count > 500) ? `More than ${total - 1} issues` : countOf(total, "issue");
}
