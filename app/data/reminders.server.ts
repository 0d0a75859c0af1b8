// What somebody may have to be reminded of, and how many reminders they had.
import { inProduct } from "../domain/channel";
import { tracks } from "../domain/vocabulary";
import type { MatterKind } from "../domain/word";
import type { Db } from "./dialect.server";

/** How many reminders of a day (`cause` begins so) a person has in the product. */
export async function countReminders(db: Db, communityId: string, personId: string, cause: string): Promise<number> {
  const row = await db
    .selectFrom("Word")
    .select(({ fn }) => fn.countAll<number>().as("n"))
    .where("communityId", "=", communityId)
    .where("personId", "=", personId)
    .where("channelId", "=", inProduct)
    .where("cause", ">=", cause)
    .where("cause", "<", `${cause}\uffff`)
    .executeTakeFirst();
  return row?.n ?? 0;
}

export type Matter = { key: string; kind: MatterKind; id: string };
type Source = { name: string; kind: MatterKind; table: string; due: string; is: Readonly<Record<string, readonly string[]>>; unset?: readonly string[] };
/**
 * Matters somebody may have to be reminded of: due by `until` (an instant), not finished. In the order of a key that a cursor can
 * stop at: urgent issues first, then kind by kind, and what can still be done in time before what is long over. Those after `after`,
 * at most `limit`.
 */
export async function mattersDue(db: Db, communityId: string, until: string, after: string, limit: number): Promise<Matter[]> {
  const found: Matter[] = [];
  const [nameAfter = "", at = "", idAfter = ""] = after.split("|");
  const open = { status: ["open", "doing"] };
  const sources: readonly Source[] = [
    { name: "urgent", kind: "issue", table: "Issue", due: "dueAt", is: { ...open, track: ["urgent"] } },
    { name: "meeting", kind: "meeting", table: "Meeting", due: "startsAt", is: { status: ["called"] } },
    { name: "paper", kind: "paper", table: "Paper", due: "frozenAt", is: { status: ["frozen"] } },
    { name: "order", kind: "order", table: "SupervisionOrder", due: "dueAt", is: {}, unset: ["answeredAt", "withdrawnAt"] },
    { name: "acknowledgement", kind: "acknowledgement", table: "Acknowledgement", due: "dueAt", is: {}, unset: ["givenAt", "withdrawnAt"] },
    { name: "task", kind: "task", table: "Task", due: "dueAt", is: { status: ["assigned", "accepted"] } },
    { name: "issue", kind: "issue", table: "Issue", due: "dueAt", is: { ...open, track: tracks.filter((track) => track !== "urgent") } },
  ];
  const first = sources.findIndex((s) => s.name === nameAfter);
  for (const [n, source] of sources.entries()) {
    if (n < first || found.length >= limit) continue;
    const due = source.due as "dueAt";
    // One shape for six tables: each has an id and an instant.
    let some = db
      .selectFrom(source.table as "Task")
      .select(["id", due])
      .where("communityId", "=", communityId)
      .where(due, "<=", until);
    for (const [column, values] of Object.entries(source.is)) some = some.where(column as "status", "in", [...values]);
    for (const column of source.unset ?? []) some = some.where(column as "acceptedAt", "is", null);
    if (n === first) some = some.where((eb) => eb.or([eb(due, "<", at), eb.and([eb(due, "=", at), eb("id", ">", idAfter)])]));
    const rows: { id: string; [due: string]: string }[] = await some
      .orderBy(due, "desc")
      .orderBy("id")
      .limit(limit - found.length)
      .execute();
    found.push(...rows.map((row) => ({ kind: source.kind, id: row.id, key: `${source.name}|${row[due] ?? ""}|${row.id}` })));
  }
  return found;
}
