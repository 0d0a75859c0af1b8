// What lists can be narrowed to. Apart from their queries, because pages name the filters too.
export type IssueFilter = "open" | "late" | "mine" | "bodies" | "closed";
export const issueFilters: readonly IssueFilter[] = ["open", "bodies", "mine", "late", "closed"];

export type DocketFilter = "all" | "unplanned" | "hard" | "soon" | "late" | "sentBack";
export const docketFilters: readonly DocketFilter[] = ["all", "unplanned", "hard", "soon", "late", "sentBack"];

export const taskLists = ["mine", "body", "given"] as const;
export const taskViews = ["list", "board", "calendar"] as const;
export const taskLights = ["late", "soon", "ok", "paused"] as const;
