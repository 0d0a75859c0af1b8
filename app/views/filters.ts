// What lists can be narrowed to. Apart from their queries, because pages name the filters too.
export type IssueFilter = "open" | "late" | "mine" | "bodies" | "closed";
export const issueFilters: readonly IssueFilter[] = ["open", "bodies", "mine", "late", "closed"];

export type DocketFilter = "all" | "unplanned" | "hard" | "soon" | "late" | "sentBack";
export const docketFilters: readonly DocketFilter[] = ["all", "unplanned", "hard", "soon", "late", "sentBack"];

/** What a list behind a figure is of. The first five are shares, whose rows count for the better or not. */
export const figureSets = [
  "response",
  "resolution",
  "satisfaction",
  "settled",
  "neighbours",
  "running",
  "answered",
  "red",
  "up",
  "down",
  "closed",
  "raised",
] as const;
export type FigureSet = (typeof figureSets)[number];
export type FigureAsk = {
  of: FigureSet;
  side?: "yes" | "no" | undefined;
  /** A period's code; without it, as things stand now. */
  period?: string | undefined;
  body?: string | undefined;
  category?: string | undefined;
  level?: string | undefined;
  building?: string | undefined;
  age?: string | undefined;
  reason?: string | undefined;
};

/** The address of the list behind a figure. */
export function figureHref(ask: FigureAsk): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(ask)) if (value !== undefined) query.set(name, value);
  return `/dashboard/list?${query}`;
}

export const taskLists = ["mine", "body", "given"] as const;
export const taskViews = ["list", "board", "calendar"] as const;
export const taskLights = ["late", "soon", "ok", "paused"] as const;
