// How long people are asked after an answer, and which answers nobody spoke to.
import { type FollowUpRule, usualDays } from "../domain/follow-up";
import { type Db, prepared, rows } from "./dialect.server";

const ruleOf = prepared<{ communityId: string }>()((db, p) => db.selectFrom("FollowUpRule").selectAll().where("communityId", "=", p("communityId")));

/** The community's own rule, or null where nobody set one. */
export async function loadFollowUp(db: Db, communityId: string): Promise<FollowUpRule | null> {
  const [row] = await ruleOf(db, { communityId });
  return row ? { ...row, id: communityId } : null;
}

/** The rule that holds: the community's own, or the usual figures. */
export async function followUpRule(db: Db, communityId: string): Promise<FollowUpRule> {
  return (await loadFollowUp(db, communityId)) ?? { communityId, id: communityId, ...usualDays, version: 0 };
}

const ruleRows = rows("FollowUpRule");

export async function saveFollowUp(tx: Db, next: FollowUpRule, before: FollowUpRule | null): Promise<void> {
  const { id: _id, ...row } = next;
  if (!before) return ruleRows.insert(tx, row);
  const { communityId, ...changing } = row;
  await ruleRows.update(tx, changing, { communityId, version: before.version });
}

export type Answered = { number: string; answeredAt: string };

/** Answered issues of one community whose answer is older than `before`, the oldest first, after `after` in this order. */
export async function answeredBefore(db: Db, communityId: string, before: string, after: Answered, limit: number): Promise<Answered[]> {
  const found = await db
    .selectFrom("Issue")
    .select(["number", "answeredAt"])
    .where("communityId", "=", communityId)
    .where("status", "=", "answered")
    .where("answeredAt", "<", before)
    .where((eb) => eb.or([eb("answeredAt", ">", after.answeredAt), eb.and([eb("answeredAt", "=", after.answeredAt), eb("number", ">", after.number)])]))
    .orderBy("answeredAt")
    .orderBy("number")
    .limit(limit)
    .execute();
  return found.map(({ number, answeredAt }) => ({ number, answeredAt: answeredAt ?? "" }));
}
