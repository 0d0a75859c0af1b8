// Who came and who left while a meeting sat, read from its happenings; and who was there after all.
import type { DomainEvent } from "./event";
import type { Meeting, MeetingEvent, MendedPresence, Presence } from "./meeting";
import type { Paper } from "./paper";
import { accept, type Outcome, refuse } from "./refusal";

/** Somebody came or left. `id` is the meeting's version the happening made: no other has it. */
export type Move = { id: string; itemId: string; personId: string; presence: "present" | "left"; at: string };

/**
 * The comings and goings of a meeting, each with the item that was deliberated. Taking the roll before the opening, or
 * putting down again what stands already, is neither; what a roll mended afterwards contradicts did not happen. `first` is
 * the item a meeting begins with.
 */
export function movesIn(happened: readonly { event: DomainEvent; version: number; actorId: string; at: string }[], first: string | undefined): Move[] {
  const moves: Move[] = [];
  const here = new Set<string>();
  let itemId: string | null = null;
  for (const { event, version, actorId, at } of happened) {
    if (event.type === "meeting.opened") itemId = first ?? null;
    else if (event.type === "meeting.itemTaken") itemId = event.itemId;
    else if (event.type === "meeting.closed") itemId = null;
    else if (event.type === "meeting.seatMended") mend(moves, event.personId, event.presence);
    else if (event.type === "meeting.seated" || event.type === "meeting.checkedIn") {
      const personId = event.type === "meeting.seated" ? event.personId : actorId;
      const presence: Presence = event.type === "meeting.seated" ? event.presence : "present";
      const was = here.has(personId);
      if (presence === "present") here.add(personId);
      else here.delete(personId);
      // Who was there and is put down as not having come, or as unknown, was put down wrongly before.
      const moved = presence === "present" ? !was : was && presence === "left";
      if (itemId !== null && moved) moves.push({ id: `v${version}`, itemId, personId, presence: presence === "present" ? "present" : "left", at });
    }
  }
  return moves;
}

/** Who was not there neither came nor left; who was there to the end did not leave for good. */
function mend(moves: Move[], personId: string, presence: MendedPresence): void {
  const theirs = moves.filter((move) => move.personId === personId);
  const last = theirs.at(-1);
  const wrong = presence === "present" ? (last?.presence === "left" ? [last] : []) : theirs;
  for (const move of wrong) moves.splice(moves.indexOf(move), 1);
}

/**
 * The roll said something else of somebody than was so: mended, with the reason, while the minutes are. What the minutes say
 * of their presence changes; votes stay as they were counted. Refused while the minutes are not being mended, for who is not
 * on the list, and where it says so already.
 */
export function mendRoll(
  meeting: Meeting,
  minutes: Pick<Paper, "kind" | "status">,
  right: { personId: string; presence: MendedPresence; reason: string },
): Outcome<MeetingEvent> {
  if (minutes.kind !== "minutes" || minutes.status !== "writing") return refuse("paper.notWriting", { paperStatus: minutes.status });
  const seat = meeting.seats.find((s) => s.personId === right.personId);
  if (!seat) return refuse("meeting.notInvited", {}, "personId");
  if (seat.presence === right.presence) return refuse("meeting.rollSaysSo", {}, "presence");
  const { personId, presence, reason } = right;
  return accept({ type: "meeting.seatMended", id: meeting.id, bodyId: meeting.bodyId, personId, was: seat.presence, presence, words: { reason } });
}
