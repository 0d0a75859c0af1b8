// The files under DATA_DIR/files: photos, papers of meetings, documents of tasks; and what points at them.
import type { Db } from "./dialect.server";

type Named = { id: string };

/** The ids of all files something points at, of every community: photos, papers of meetings, documents of tasks. */
export async function filesPointedAt(db: Db): Promise<Set<string>> {
  const photos = await db.selectFrom("Attachment").select("id").execute();
  const meetings = await db.selectFrom("Meeting").select("handouts").where("handouts", "!=", "[]").execute();
  const tasks = await db.selectFrom("Task").select("documents").where("documents", "!=", "[]").execute();
  const papers = [...meetings.map((m) => m.handouts), ...tasks.map((t) => t.documents)].flatMap((list) => JSON.parse(list) as Named[]);
  return new Set([...photos, ...papers].map(({ id }) => id));
}
