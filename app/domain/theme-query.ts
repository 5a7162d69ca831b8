import { z } from "zod";
import { type FindQuery, wholeFindQuery } from "./find-query";
import { type Harm, harms } from "./issue";

const calendarDay = /^\d{4}-\d{2}-\d{2}$/;
/** The thirtieth of February is none. */
const isDay = (text: string) => {
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
};

/** The one filter bar of all theme pages. What cannot be understood is left out, never an error page. */
export const themeQuerySchema = z.object({
  /** Place id: where those are who raise. */
  place: z.string().max(40).optional(),
  /** Code of an organisation at either end: it raised the issue, or the issue is about it. */
  organisation: z.string().max(20).optional(),
  /** Id of a service at either end. */
  service: z.string().max(90).optional(),
  /** First- or second-level category code. */
  category: z.string().max(10).optional(),
  harm: z.array(z.enum(harms)).default([]),
  /** Theme or group that is looked at. */
  theme: z.string().max(40).optional(),
  /** London calendar days, the end exclusive. Absent: the last twelve months. */
  from: z.string().regex(calendarDay).refine(isDay).optional(),
  until: z.string().regex(calendarDay).refine(isDay).optional(),
  /** What one point of a chart covers. A week is widened where it would hold too little. */
  period: z.enum(["week", "month"]).default("week"),
});
export type ThemeQuery = z.infer<typeof themeQuerySchema>;
export type ThemePeriod = ThemeQuery["period"];

/** Nothing narrowed. */
export const wholeThemeQuery: ThemeQuery = { harm: [], period: "week" };

/** Reads a URL's parameters: `place=wirral&harm=low&harm=severe&from=2026-01-01&period=month`. */
export function readThemeQuery(params: URLSearchParams): ThemeQuery {
  const [from, until] = [day(params, "from"), day(params, "until")];
  const isBackwards = from !== undefined && until !== undefined && from >= until;
  return themeQuerySchema.parse({
    place: text(params, "place", 40),
    organisation: text(params, "organisation", 20),
    service: text(params, "service", 90),
    category: text(params, "category", 10),
    harm: [...new Set(params.getAll("harm"))].flatMap((value): Harm[] => harms.filter((each) => each === value)),
    theme: text(params, "theme", 40),
    ...(isBackwards ? {} : { from, until }),
    period: params.get("period") === "month" ? "month" : "week",
  });
}

/** The same as URL parameters, without what is at its default: one question has one address. */
export function writeThemeQuery(query: Partial<ThemeQuery>): URLSearchParams {
  const params = new URLSearchParams();
  for (const name of ["place", "organisation", "service", "category", "theme", "from", "until"] as const) {
    const value = query[name];
    if (value) params.set(name, value);
  }
  for (const harm of [...new Set(query.harm ?? [])].sort()) params.append("harm", harm);
  if (query.period && query.period !== "week") params.set("period", query.period);
  return params;
}

/** The address of a theme page with these filters. */
export function themesHref(path: string, query: Partial<ThemeQuery>): string {
  const params = writeThemeQuery(query).toString();
  return params ? `${path}?${params}` : path;
}

/** The issues behind what is shown: the search that lists them. Dates reach as far as search does: by year. */
export function issuesBehind(query: Partial<ThemeQuery>): FindQuery {
  return {
    ...wholeFindQuery,
    kind: "issues",
    place: query.place ? [query.place] : [],
    organisation: query.organisation ? [query.organisation] : [],
    service: query.service ? [query.service] : [],
    category: query.category ? [query.category] : [],
    harm: query.harm ?? [],
    theme: query.theme ? [query.theme] : [],
    sort: "newest",
  };
}

/** Whether anything is narrowed besides the theme looked at. */
export function isFiltered(query: ThemeQuery): boolean {
  const { theme: _, period: __, ...filters } = query;
  return writeThemeQuery(filters).size > 0;
}

function text(params: URLSearchParams, name: string, longest: number): string | undefined {
  const value = params.get(name)?.trim();
  return value && value.length <= longest ? value : undefined;
}

function day(params: URLSearchParams, name: string): string | undefined {
  const value = params.get(name);
  return value && calendarDay.test(value) && isDay(value) ? value : undefined;
}
