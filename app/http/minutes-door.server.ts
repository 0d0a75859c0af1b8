// Who may be in a live document: the same session cookie, the same table, asked by the socket instead of a page.
import type { CloseReason } from "../collab/close-codes";
import { parseRoom } from "../collab/room";
import { sessionName } from "../data/sessions.server";
import type { Party } from "../domain/vocabulary";
import { minutesAccess, seatParty } from "../views/minutes";
import type { Services } from "./context";
import { whoHolds } from "./session.server";

export type Door =
  | {
      ok: true;
      access: "write" | "read";
      personId: string;
      session: string;
      /** What others see at this person's cursor. */
      shown: { name: string; party: Party };
    }
  | { ok: false; reason: CloseReason };

export const minutesDoor =
  (services: Pick<Services, "env" | "store" | "now">) =>
  async (cookie: string | undefined, room: string): Promise<Door> => {
    const wanted = parseRoom(room);
    if (!wanted) return { ok: false, reason: "noSuchRoom" };
    const who = await whoHolds(cookie, { services });
    if (!who) return { ok: false, reason: "signedOut" };
    const access = wanted.communityId === who.actor.communityId ? await minutesAccess(services.store.read, who, wanted.meetingId) : null;
    if (access === "over") return { ok: false, reason: "over" };
    // Whoever may see only parts reads those on the page; a live document is sent whole.
    if (!access || access === "parts") return { ok: false, reason: "notYours" };
    const { personId, name } = who.actor;
    const party = await seatParty(services.store.read, who.actor, wanted.meetingId);
    return { ok: true, access, personId, session: sessionName(who.sessionHash), shown: { name, party } };
  };
