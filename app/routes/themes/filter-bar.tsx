import { Form, Link, useLocation } from "@remix-run/react";
import { type ReactNode, useId } from "react";
import { dayWords } from "../../components/charts/point-words";
import { Menu, MenuLabel } from "../../components/menu";
import { isFiltered, type ThemeQuery, themesHref, writeThemeQuery } from "../../domain/theme-query";
import type { FilterOption, FilterBar as FilterOptions } from "../../domain/theme-views";

interface FilterBarProps {
  query: ThemeQuery;
  filters: FilterOptions;
  /** London calendar day. */
  today: string;
}

/** The one filter bar of all theme pages: what is on is in the address, and can be sent to a colleague. */
export function FilterBar({ query, filters, today }: FilterBarProps) {
  const { pathname } = useLocation();
  const on = countOn(query);
  return (
    <details className="ct-themefilters ct-folded" data-on={on > 0 ? "yes" : undefined}>
      <summary className="ct-filter">
        <MenuLabel>Filters{on > 0 ? ` (${on} on)` : ""}</MenuLabel>
      </summary>
      <div className="ct-filters" role="group" aria-label="Filters">
        <Pick name="place" label="Place" query={query} options={filters.place} />
        <Pick name="organisation" label="Organisation" query={query} options={filters.organisation} />
        <Pick name="service" label="Service" query={query} options={filters.service} />
        <Pick name="category" label="Category" query={query} options={filters.category} />
        <Harms query={query} options={filters.harm} />
        <Dates query={query} today={today} />
        {isFiltered(query) ? (
          <Link
            className="ct-s"
            to={themesHref(pathname, { theme: query.theme, period: query.period })}
            preventScrollReset
          >
            Clear filters
          </Link>
        ) : null}
        {filters.by === "basic" ? <span className="ct-s ct-2">Search is away: filters have no counts.</span> : null}
      </div>
    </details>
  );
}

type PickName = "place" | "organisation" | "service" | "category";

/** More than so many are picked from a list that one can type into. */
const mostLinks = 14;

interface PickProps {
  name: PickName;
  label: string;
  query: ThemeQuery;
  options: FilterOption[];
}

function Pick({ name, label, query, options }: PickProps) {
  const { pathname } = useLocation();
  const chosen = options.find((option) => option.chosen);
  const { [name]: _, ...rest } = query;
  return (
    <FilterMenu query={query} label={label} value={chosen?.label ?? query[name]}>
      {query[name] ? (
        <Link to={themesHref(pathname, rest)} preventScrollReset>
          Any {label.toLowerCase()}
        </Link>
      ) : null}
      {options.length > mostLinks ? (
        <PickFromMany name={name} label={label} query={rest} options={options} value={query[name]} />
      ) : (
        options.map((option) => (
          <Link
            key={option.value}
            className={option.within ? "ct-menu__part" : undefined}
            to={themesHref(pathname, { ...rest, [name]: option.value })}
            aria-current={option.chosen ? "true" : undefined}
            preventScrollReset
          >
            {option.label}
            {option.count === null ? null : <span className="ct-count">{option.count}</span>}
          </Link>
        ))
      )}
    </FilterMenu>
  );
}

interface PickFromManyProps {
  name: PickName;
  label: string;
  query: Partial<ThemeQuery>;
  options: FilterOption[];
  value: string | undefined;
}

function PickFromMany({ name, label, query, options, value }: PickFromManyProps) {
  const id = useId();
  return (
    <QueryForm query={query}>
      <label className="nhsuk-label" htmlFor={id}>
        {label}
      </label>
      <select className="nhsuk-select" id={id} name={name} defaultValue={value ?? ""} key={value}>
        <option value="">Any {label.toLowerCase()}</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {`${option.within ? "\u2003" : ""}${option.label}${option.count === null ? "" : ` (${option.count})`}`}
          </option>
        ))}
      </select>
      <button type="submit" className="nhsuk-button nhsuk-button--small">
        Show
      </button>
    </QueryForm>
  );
}

function Harms({ query, options }: { query: ThemeQuery; options: FilterOption[] }) {
  const { pathname } = useLocation();
  const chosen = options.filter((option) => option.chosen);
  return (
    <FilterMenu
      query={query}
      label="Harm"
      value={chosen.length > 0 ? chosen.map(({ label }) => label).join(", ") : undefined}
    >
      {options.map((option) => {
        const known = query.harm.filter((each) => each !== option.value);
        const params = writeThemeQuery({ ...query, harm: known });
        if (!option.chosen) params.append("harm", option.value);
        return (
          <Link
            key={option.value}
            to={`${pathname}?${params}`}
            aria-current={option.chosen ? "true" : undefined}
            preventScrollReset
          >
            {option.label}
            {option.chosen ? <span className="nhsuk-u-visually-hidden"> chosen: press to take it away</span> : null}
            {option.count === null ? null : <span className="ct-count">{option.count}</span>}
          </Link>
        );
      })}
    </FilterMenu>
  );
}

function Dates({ query, today }: { query: ThemeQuery; today: string }) {
  const { pathname } = useLocation();
  const id = useId();
  const { from, until, ...rest } = query;
  const spans = [
    ["Last 12 months", undefined],
    ["Last 6 months", monthsBefore(today, 6)],
    ["Last 3 months", monthsBefore(today, 3)],
  ] as const;
  return (
    <FilterMenu query={query} label="Dates" value={datesWords(from, until)} otherwise="last 12 months">
      {spans.map(([words, start]) => (
        <Link
          key={words}
          to={themesHref(pathname, start ? { ...rest, from: start } : rest)}
          aria-current={!until && from === start ? "true" : undefined}
          preventScrollReset
        >
          {words}
        </Link>
      ))}
      <QueryForm query={rest}>
        <label className="nhsuk-label" htmlFor={`${id}f`}>
          From
        </label>
        <input className="nhsuk-input" id={`${id}f`} type="date" name="from" defaultValue={from} key={`f${from}`} />
        <label className="nhsuk-label" htmlFor={`${id}u`}>
          Until, not included
        </label>
        <input className="nhsuk-input" id={`${id}u`} type="date" name="until" defaultValue={until} key={`u${until}`} />
        <button type="submit" className="nhsuk-button nhsuk-button--small">
          Show
        </button>
      </QueryForm>
    </FilterMenu>
  );
}

interface FilterMenuProps {
  query: ThemeQuery;
  label: string;
  value: string | undefined;
  otherwise?: string;
  children: ReactNode;
}

function FilterMenu({ query, label, value, otherwise = "any", children }: FilterMenuProps) {
  return (
    <Menu
      className={value ? "ct-filter is-on" : "ct-filter"}
      closeOn={writeThemeQuery(query).toString()}
      label={
        <MenuLabel>
          <span className="ct-2">{label}</span> <span className="ct-themefilters__value">{value ?? otherwise}</span>
        </MenuLabel>
      }
    >
      {children}
    </Menu>
  );
}

/** A form that keeps what else is asked. */
function QueryForm({ query, children }: { query: Partial<ThemeQuery>; children: ReactNode }) {
  const { pathname } = useLocation();
  return (
    <Form method="get" action={pathname} className="ct-themefilters__form" preventScrollReset>
      {[...writeThemeQuery(query)].map(([name, value]) => (
        <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
      ))}
      {children}
    </Form>
  );
}

function countOn(query: ThemeQuery): number {
  const single = [query.place, query.organisation, query.service, query.category, query.from ?? query.until];
  return single.filter(Boolean).length + (query.harm.length > 0 ? 1 : 0);
}

function datesWords(from: string | undefined, until: string | undefined): string | undefined {
  if (from && until) return `${dayWords(from)} to ${dayWords(until)}`;
  if (from) return `from ${dayWords(from)}`;
  return until ? `before ${dayWords(until)}` : undefined;
}

/** The same day so many months before, or the last of that month. */
function monthsBefore(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year, month - months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 - months, Math.min(date, last))).toISOString().slice(0, 10);
}
