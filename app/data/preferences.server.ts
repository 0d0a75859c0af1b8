// How people wish to be told, at rest, and what they begin with.
import type { Selectable } from "kysely";
import { holdsOffice } from "../domain/body";
import { localDay } from "../domain/clock";
import { type Chosen, few, isSilent, type Modes, type Preference, usual, type WordPreference } from "../domain/word";
import { eventsSince } from "./audit.server";
import type { Db } from "./dialect.server";
import type { WordPreference as PreferenceRow } from "./generated/types";

const preferenceOf = (row: Selectable<PreferenceRow>): WordPreference => ({
  ...row,
  locale: row.locale as WordPreference["locale"],
  modes: JSON.parse(row.modes) as Modes,
});

export async function loadPreference(db: Db, communityId: string, id: string): Promise<WordPreference | null> {
  const row = await db.selectFrom("WordPreference").selectAll().where("communityId", "=", communityId).where("id", "=", id).executeTakeFirst();
  return row ? preferenceOf(row) : null;
}

export async function savePreference(tx: Db, next: WordPreference, before: WordPreference | null): Promise<void> {
  const row = { ...next, modes: JSON.stringify(next.modes) };
  if (!before) await tx.insertInto("WordPreference").values(row).execute();
  else await tx.updateTable("WordPreference").set(row).where("communityId", "=", next.communityId).where("id", "=", next.id).execute();
}

/** What somebody chose, or what they begin with. */
export async function wishesOf(db: Db, communityId: string, personId: string, now: string, timeZone: string): Promise<Preference> {
  return (await loadPreference(db, communityId, personId)) ?? ((await hasDesk(db, communityId, personId, now, timeZone)) ? usual : few);
}

/** What somebody had chosen when a channel was last not silent, as the log has it; null when they never chose. */
export async function chosenBefore(db: Db, communityId: string, personId: string, channel: Chosen): Promise<Modes | null> {
  const chosen = (await eventsSince(db, communityId, "word", personId, 0)).flatMap(({ event }) => (event.type === "word.preferred" ? [event] : []));
  return chosen.findLast((event) => !isSilent(event, channel))?.modes ?? null;
}

/** Bodies and offices of a person today: those without a desk begin with fewer words. */
export async function hasDesk(db: Db, communityId: string, personId: string, now: string, timeZone: string): Promise<boolean> {
  const rows = await db.selectFrom("Membership").selectAll().where("communityId", "=", communityId).where("personId", "=", personId).execute();
  const today = localDay(now, timeZone);
  return rows.some((m) => holdsOffice(m, today) && m.role !== "resident" && m.role !== "stairwell");
}
