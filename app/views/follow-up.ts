// What was said about an answer: until when people are asked, and how many neighbours are content.
import type { Db } from "../data/dialect.server";
import { followUpRule } from "../data/follow-up.server";
import { loadIssue } from "../data/issues.server";
import { loadBodies, loadCalendar } from "../data/organisation.server";
import { localDay } from "../domain/clock";
import { askedUntil, type Rating, rate, ratedUntil } from "../domain/follow-up";
import type { Issue } from "../domain/issue";
import type { Subject } from "../domain/permission";
import type { HomeItem } from "./home";
import { issueRow } from "./issue-rows";
import { mayDo, type Viewer } from "./viewer";

export type Said = Pick<Rating, "solved" | "content" | "why" | "remark">;
export type FollowUpProps = {
  /** The last day on which the raiser is asked; null when nobody is. */
  until: string | null;
  /** The last day on which this neighbour may change their word; null while the raiser is still asked. */
  changeUntil: string | null;
  mayRate: boolean;
  mine: Said | null;
  /** Those who joined: how many, how many spoke, how many find it solved, how many are content. Null where nobody joined. */
  neighbours: { asked: number; spoke: number; solved: number; content: number } | null;
  /** Their words, without names, for those who handled it. */
  words: Said[];
  lapsed: boolean;
};

const said = ({ solved, content, why, remark }: Rating): Said => ({ solved, content, why, remark });

export async function followUpProps(db: Db, viewer: Viewer, issue: Issue, subject: Subject): Promise<FollowUpProps> {
  const { phase } = issue;
  const over = phase.status === "answered" || phase.status === "closed";
  const nothing: FollowUpProps = { until: null, changeUntil: null, mayRate: false, mine: null, neighbours: null, words: [], lapsed: false };
  if (!over) return nothing;
  const { communityId, personId } = viewer.actor;
  const rule = await followUpRule(db, communityId);
  const calendar = await loadCalendar(db, viewer.community, localDay(phase.answer.at, viewer.community.timeZone));
  const position = issue.stays.length - 1;
  const words = issue.ratings.filter((r) => r.position === position && r.personId !== issue.raisedBy);
  const mine = words.find((r) => r.personId === personId);
  const plain = { solved: true, content: "content", why: null, remark: "" } as const;
  return {
    until: phase.status === "answered" ? askedUntil(phase.answer.at, rule, calendar) : null,
    changeUntil: ratedUntil(issue, rule, calendar),
    mayRate: mayDo(viewer, "issue.rate", subject) && rate(issue, plain, { rule, calendar, now: viewer.now }).ok,
    mine: mine ? said(mine) : null,
    neighbours:
      issue.supports.length > 0
        ? {
            asked: issue.supports.length,
            spoke: words.length,
            solved: words.filter((r) => r.solved).length,
            content: words.filter((r) => r.content === "content").length,
          }
        : null,
    words: mayDo(viewer, "issue.see.ratings", subject) ? words.filter((r) => r.why !== null || r.remark !== "").map(said) : [],
    lapsed: phase.status === "closed" && phase.feedback === null,
  };
}

/** Answers this person joined and has not spoken to yet. */
export async function fromShared(db: Db, viewer: Viewer): Promise<HomeItem[]> {
  const { communityId, personId } = viewer.actor;
  const rule = await followUpRule(db, communityId);
  const rows = await db
    .selectFrom("Support")
    .innerJoin("Issue", (join) => join.onRef("Issue.communityId", "=", "Support.communityId").onRef("Issue.id", "=", "Support.issueId"))
    .select("Issue.id")
    .where("Support.communityId", "=", communityId)
    .where("Support.personId", "=", personId)
    .where("Issue.status", "in", ["answered", "closed"])
    .orderBy("Issue.answeredAt", "desc")
    .limit(50)
    .execute();
  if (rows.length === 0) return [];
  const bodies = await loadBodies(db, communityId);
  const items: HomeItem[] = [];
  for (const { id } of rows) {
    const issue = await loadIssue(db, communityId, id);
    if (!issue || (issue.phase.status !== "answered" && issue.phase.status !== "closed")) continue;
    const position = issue.stays.length - 1;
    if (issue.ratings.some((r) => r.position === position && r.personId === personId)) continue;
    const calendar = await loadCalendar(db, viewer.community, localDay(issue.phase.answer.at, viewer.community.timeZone));
    const until = ratedUntil(issue, rule, calendar);
    if (until !== null && viewer.now > until) continue;
    const row = issueRow(issue, bodies, viewer);
    items.push({
      key: id,
      ask: "rateIssue",
      href: `/issues/${issue.number}/rating`,
      light: { state: "paused", left: null, due: until },
      label: issue.number,
      title: issue.title,
      detail: row.holder,
      steps: row.steps,
      home: true,
      since: row.since,
      at: null,
      place: "",
      meetingId: null,
    });
  }
  return items;
}

/** The figures that hold, for the secretary's page. */
export async function ruleOfAsking(db: Db, viewer: Viewer): Promise<{ askDays: number; changeDays: number; version: number }> {
  const { askDays, changeDays, version } = await followUpRule(db, viewer.actor.communityId);
  return { askDays, changeDays, version };
}
