// Who may be in a live document: the same session cookie, the same table, asked by the socket instead of a page.
import type { CloseReason } from "../collab/close-codes";
import { parseRoom } from "../collab/room";
import { sessionName } from "../data/sessions.server";
import { minutesAccess } from "../views/minutes";
import type { Services } from "./context";
import { whoHolds } from "./session.server";

export type Door = { ok: true; access: "write" | "read"; personId: string; session: string } | { ok: false; reason: CloseReason };

export const minutesDoor =
  (services: Services) =>
  async (cookie: string | undefined, room: string): Promise<Door> => {
    const wanted = parseRoom(room);
    if (!wanted) return { ok: false, reason: "noSuchRoom" };
    const who = await whoHolds(cookie, { services });
    if (!who) return { ok: false, reason: "signedOut" };
    const access = wanted.communityId === who.actor.communityId ? await minutesAccess(services.store.read, who, wanted.meetingId) : null;
    if (access === "over") return { ok: false, reason: "over" };
    if (!access) return { ok: false, reason: "notYours" };
    return { ok: true, access, personId: who.actor.personId, session: sessionName(who.sessionHash) };
  };
