// What was decided in haste and a regular meeting must still adopt: which meeting will, and until when one can be called.
import type { Db } from "../data/dialect.server";
import { hastyOf, runningMeetingsOf } from "../data/meetings.server";
import { loadBodies } from "../data/organisation.server";
import { stagesFor } from "../data/procedures.server";
import { noticeBy, willRatify } from "../domain/agenda";
import { atLocal, localDay, nextDay } from "../domain/clock";
import { type Decision, isLapsed } from "../domain/decision";
import { ruleOf, termsOf } from "../domain/procedure";
import type { Viewer } from "./viewer";

/** `meetingId` is the called meeting that will adopt it, if any; `noticeOn` the last day on which one can still be given notice of, null when that is over. */
export type Adoption = { meetingId: string | null; noticeOn: string | null };

/** How it stands with each decision that waits for a regular meeting, by its id. What does not wait is left out. */
export async function adoptionsOf(db: Db, viewer: Viewer, decisions: readonly Decision[]): Promise<Map<string, Adoption>> {
  const { communityId } = viewer.actor;
  const { timeZone } = viewer.community;
  const today = localDay(viewer.now, timeZone);
  const waiting = decisions.filter((d) => d.ratifyBy !== null && d.ratifiedById === null && !isLapsed(d, today));
  const found = new Map<string, Adoption>();
  if (waiting.length === 0) return found;
  const bodies = await loadBodies(db, communityId);
  for (const bodyId of new Set(waiting.map((d) => d.bodyId))) {
    const body = bodies.get(bodyId);
    if (!body) continue;
    const running = await runningMeetingsOf(db, communityId, bodyId);
    const [usual] = await stagesFor(db, communityId, body.kind);
    const terms = usual ? termsOf(usual.procedure, usual.stage) : { rules: [] };
    for (const decision of waiting.filter((d) => d.bodyId === bodyId)) {
      const last = decision.ratifyBy ?? today;
      const inTime = viewer.now < noticeBy(atLocal(last, "12:00", timeZone), terms, timeZone);
      const meeting = running.find((m) => willRatify(m, decision, timeZone));
      found.set(decision.id, { meetingId: meeting?.id ?? null, noticeOn: inTime ? nextDay(last, -(ruleOf(terms, "notice")?.days ?? 0)) : null });
    }
  }
  return found;
}

/** What these bodies decided in haste that will lapse as things stand: no meeting that is called adopts it in time. The first to lapse first. */
export async function lapsing(db: Db, viewer: Viewer, bodyIds: readonly string[]): Promise<(Decision & { by: string; noticeOn: string | null })[]> {
  const decisions = await hastyOf(db, viewer.actor.communityId, { bodyIds });
  const adoptions = await adoptionsOf(db, viewer, decisions);
  return decisions
    .flatMap((d) => {
      const adoption = adoptions.get(d.id);
      return adoption && adoption.meetingId === null && d.ratifyBy !== null ? [{ ...d, by: d.ratifyBy, noticeOn: adoption.noticeOn }] : [];
    })
    .sort((a, b) => a.by.localeCompare(b.by));
}
