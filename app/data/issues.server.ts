// Issues at rest: one row, one row per stay and per household that joined.
import { type Selectable, sql } from "kysely";
import type { Rating, WhyNot } from "../domain/follow-up";
import type { Answer, Issue, Phase, Stay } from "../domain/issue";
import { dueOf, holderOf, householdsOf, raisedIn } from "../domain/issue";
import type { Category, Track, Visibility } from "../domain/vocabulary";
import { type Db, prepared, rows } from "./dialect.server";
import type { Issue as IssueRow, Rating as RatingRow, Stay as StayRow } from "./generated/types";
import { indexIssue } from "./search.server";

const byId = prepared<{ communityId: string; id: string }>()((db, p) =>
  db.selectFrom("Issue").selectAll().where("communityId", "=", p("communityId")).where("id", "=", p("id")),
);
const staysOf = prepared<{ communityId: string; id: string }>()((db, p) =>
  db.selectFrom("Stay").selectAll().where("communityId", "=", p("communityId")).where("issueId", "=", p("id")).orderBy("position"),
);
// Those a merge brought along share one instant; rows are only ever added, so the row number keeps the log's order.
const supportsOf = prepared<{ communityId: string; id: string }>()((db, p) =>
  db.selectFrom("Support").selectAll().where("communityId", "=", p("communityId")).where("issueId", "=", p("id")).orderBy("at").orderBy(sql`rowid`),
);
// A changed word keeps its row, so the row number keeps the log's order.
const ratingsOf = prepared<{ communityId: string; id: string }>()((db, p) =>
  db.selectFrom("Rating").selectAll().where("communityId", "=", p("communityId")).where("issueId", "=", p("id")).orderBy(sql`rowid`),
);
const idOfNumber = prepared<{ communityId: string; number: string }>()((db, p) =>
  db.selectFrom("Issue").select("id").where("communityId", "=", p("communityId")).where("number", "=", p("number")),
);

/** An issue with its stays and supports, or null. */
export async function loadIssue(db: Db, communityId: string, id: string): Promise<Issue | null> {
  const [row] = await byId(db, { communityId, id });
  if (!row) return null;
  const stays = await staysOf(db, { communityId, id });
  const supports = await supportsOf(db, { communityId, id });
  const ratings = await ratingsOf(db, { communityId, id });
  return {
    communityId,
    id,
    number: row.number,
    title: row.title,
    what: row.what,
    category: row.category as Category,
    track: row.track as Track,
    visibility: row.visibility as Visibility,
    buildingId: row.buildingId,
    stairwell: row.stairwell,
    place: row.place,
    raisedBy: row.raisedBy,
    raisedAt: row.raisedAt,
    phase: phaseOf(row),
    stays: stays.map(stayOf),
    supports: supports.map(({ personId, households, at }) => ({ personId, households, at })),
    ratings: ratings.map(ratingOf),
    version: row.version,
  };
}

/** The issue people mean by its number, `2026-0147`. */
export async function loadIssueByNumber(db: Db, communityId: string, number: string): Promise<Issue | null> {
  const [row] = await idOfNumber(db, { communityId, number });
  return row ? loadIssue(db, communityId, row.id) : null;
}

const stayOf = (row: Selectable<StayRow>): Stay => ({
  bodyId: row.bodyId,
  came: row.came as Stay["came"],
  brief: row.brief,
  receivedAt: row.receivedAt,
  respondBy: row.respondBy,
  settleBy: row.settleBy,
  acceptedBy: row.acceptedBy,
  acceptedAt: row.acceptedAt,
  ending: row.ending as Stay["ending"],
  endedAt: row.endedAt,
  endedBy: row.endedBy,
  said: row.said,
  extensions: row.extensions,
});

const ratingOf = ({ position, bodyId, personId, solved, content, why, remark, at }: RatingRow): Rating => ({
  position,
  bodyId,
  personId,
  solved: solved === 1,
  content: content as Rating["content"],
  why: why as Rating["why"],
  remark,
  at,
});

/** The phase a row tells of. A row that contradicts itself is a bug, not a state. */
export function phaseOf(row: IssueRow): Phase {
  const answer = (): Answer => {
    if (!row.answerKind || !row.answeredById || !row.answeredAt) throw new Error(`Issue ${row.id} is ${row.status} without an answer.`);
    return { kind: row.answerKind as Answer["kind"], text: row.answerText ?? "", bodyId: row.answeredById, at: row.answeredAt };
  };
  switch (row.status) {
    case "open":
      return { status: "open" };
    case "doing":
      return { status: "doing", since: row.doingSince ?? row.raisedAt };
    case "waiting":
      return { status: "waiting", question: row.question ?? "", pausedAt: row.pausedAt ?? row.raisedAt };
    case "answered":
      return { status: "answered", answer: answer() };
    case "closed":
      return {
        status: "closed",
        answer: answer(),
        feedback:
          row.solved === null
            ? null
            : {
                solved: row.solved === 1,
                content: (row.content ?? "fair") as "content" | "fair" | "discontent",
                remark: row.remark ?? "",
                why: row.whyNot as WhyNot | null,
              },
        closedAt: row.closedAt ?? row.raisedAt,
      };
    case "merged":
      return { status: "merged", into: row.mergedIntoId ?? "", closedAt: row.closedAt ?? row.raisedAt };
    default:
      throw new Error(`Issue ${row.id} has the unknown status ${row.status}.`);
  }
}

function rowOf(issue: Issue): IssueRow {
  const { phase } = issue;
  const answer = phase.status === "answered" || phase.status === "closed" ? phase.answer : null;
  const feedback = phase.status === "closed" ? phase.feedback : null;
  return {
    communityId: issue.communityId,
    id: issue.id,
    number: issue.number,
    title: issue.title,
    what: issue.what,
    category: issue.category,
    track: issue.track,
    visibility: issue.visibility,
    buildingId: issue.buildingId,
    stairwell: issue.stairwell,
    place: issue.place,
    raisedBy: issue.raisedBy,
    raisedAt: issue.raisedAt,
    raisedInId: raisedIn(issue),
    status: phase.status,
    holderId: holderOf(issue),
    question: phase.status === "waiting" ? phase.question : null,
    pausedAt: phase.status === "waiting" ? phase.pausedAt : null,
    doingSince: phase.status === "doing" ? phase.since : null,
    answerKind: answer?.kind ?? null,
    answerText: answer?.text ?? null,
    answeredById: answer?.bodyId ?? null,
    answeredAt: answer?.at ?? null,
    solved: feedback ? Number(feedback.solved) : null,
    content: feedback?.content ?? null,
    remark: feedback?.remark ?? null,
    whyNot: feedback?.why ?? null,
    mergedIntoId: phase.status === "merged" ? phase.into : null,
    closedAt: phase.status === "closed" || phase.status === "merged" ? phase.closedAt : null,
    dueAt: dueOf(issue),
    households: householdsOf(issue),
    version: issue.version,
  };
}

const [issueRows, stayRows, supportRows, ratingRows] = [rows("Issue"), rows("Stay"), rows("Support"), rows("Rating")];

/** Write `next` over `before`. Throws when somebody else wrote in between: the version on disk is not `before`'s. */
export async function saveIssue(tx: Db, next: Issue, before: Issue | null): Promise<void> {
  const { communityId, id } = next;
  const row = rowOf(next);
  const { communityId: _c, id: _i, number: _n, raisedBy: _b, raisedAt: _a, what: _w, ...changing } = row;
  await issueRows.save(tx, row, before, changing);
  for (const [position, stay] of next.stays.entries()) {
    const was = before?.stays[position];
    if (was === stay) continue;
    if (was) await stayRows.update(tx, stay, { communityId, issueId: id, position });
    else await stayRows.insert(tx, { communityId, issueId: id, position, ...stay });
  }
  for (const support of next.supports.slice(before?.supports.length ?? 0)) await supportRows.insert(tx, { communityId, issueId: id, ...support });
  for (const [n, rating] of next.ratings.entries()) {
    const was = before?.ratings[n];
    if (was === rating) continue;
    const { position, personId, ...word } = rating;
    const row = { ...word, solved: Number(word.solved), raiser: Number(personId === next.raisedBy) };
    if (was) await ratingRows.update(tx, row, { communityId, issueId: id, position, personId });
    else await ratingRows.insert(tx, { communityId, issueId: id, position, personId, ...row });
  }
  if (!before || before.title !== next.title) await indexIssue(tx, next);
}
