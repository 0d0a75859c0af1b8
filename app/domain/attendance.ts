// Who came and who left while a meeting sat, read from its happenings.
import type { DomainEvent } from "./event";
import type { Presence } from "./meeting";

/** Somebody came or left. `id` is the meeting's version the happening made: no other has it. */
export type Move = { id: string; itemId: string; personId: string; presence: "present" | "left"; at: string };

/**
 * The comings and goings of a meeting, each with the item that was deliberated. Taking the roll before the opening, or
 * putting down again what stands already, is neither. `first` is the item a meeting begins with.
 */
export function movesIn(happened: readonly { event: DomainEvent; version: number; actorId: string; at: string }[], first: string | undefined): Move[] {
  const moves: Move[] = [];
  const here = new Set<string>();
  let itemId: string | null = null;
  for (const { event, version, actorId, at } of happened) {
    if (event.type === "meeting.opened") itemId = first ?? null;
    else if (event.type === "meeting.itemTaken") itemId = event.itemId;
    else if (event.type === "meeting.closed") itemId = null;
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
