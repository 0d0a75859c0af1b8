// What lists can be narrowed to. Apart from their queries, because pages name the filters too.
import { measures } from "../domain/rates";

export type IssueFilter = "open" | "late" | "mine" | "bodies" | "closed";
export const issueFilters: readonly IssueFilter[] = ["open", "bodies", "mine", "late", "closed"];

export type DocketFilter = "all" | "unplanned" | "hard" | "soon" | "late" | "sentBack";
export const docketFilters: readonly DocketFilter[] = ["all", "unplanned", "hard", "soon", "late", "sentBack"];

/** What a list behind a figure is of. The first five are shares, whose rows count for the better or not. */
export const figureSets = [...measures, "running", "answered", "red", "up", "down", "closed", "lapsed", "merged", "raised"] as const;
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
};

type Narrowing = Exclude<keyof FigureAsk, "of">;
const share = ["side", "period", "body", "category"] as const satisfies Narrowing[];
const moved = ["period", "body", "category", "level"] as const satisfies Narrowing[];
const ended = ["period", "body", "category"] as const satisfies Narrowing[];
/** What each list can be narrowed to. What stands now has no period; what nobody narrows by is no question. */
export const narrowings: Record<FigureSet, readonly Narrowing[]> = {
  response: share,
  resolution: share,
  satisfaction: share,
  settled: share,
  neighbours: share,
  running: ["body", "category", "level", "age"],
  answered: ["body", "category"],
  red: ["body", "category", "level"],
  up: moved,
  down: moved,
  closed: moved,
  lapsed: ended,
  merged: ended,
  raised: ["period", "body", "category", "building"],
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
