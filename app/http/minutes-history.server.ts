// Bringing a section of minutes back: a person's new change through the live server, while they may write.
import { restoreSection } from "../collab/past";
import { roomOf } from "../collab/room";
import type { Refusal } from "../domain/refusal";
import { minutesAccess } from "../views/minutes";
import type { HistoryPage } from "../views/minutes-history";
import type { Services, SignedIn } from "./context";

/** A moment in a page's address, in milliseconds since 1970; null for what is none. */
export const momentIn = (text: string): number | null => (/^\d{1,15}$/.test(text) ? Number(text) : null);

/** Write a section as it stood at a moment. @returns a refusal, or null when it stands as it did and is on disk. */
export async function bringBack(services: Services, who: SignedIn, { meeting }: HistoryPage, at: number | null, itemId: string): Promise<Refusal | null> {
  const refuse = (code: string): Refusal => ({ code, params: {} });
  if (at === null || !meeting.agenda.some((line) => line.id === itemId && line.visible)) return refuse("input.malformed");
  if (!services.changeLive) return refuse("minutes.restoreElsewhere");
  const { communityId, personId } = who.actor;
  const room = roomOf({ communityId, meetingId: meeting.id });
  let changed = false;
  const made = await services.changeLive(
    room,
    personId,
    async () => (await minutesAccess(services.store.read, who, meeting.id)) === "write",
    (doc) => {
      services.livePast.at(room, [at], (then) => {
        changed = restoreSection(doc, then, itemId);
      });
    },
  );
  if (made === "notNow") return refuse("minutes.restoreNotNow");
  if (made === "tooMuch") return refuse("minutes.restoreTooMuch");
  return changed ? null : refuse("minutes.restoreSame");
}
