// Who speaks in a meeting: the item it is at, the hands that are up, whose turn it is. Turns are fair within an item.
import type { By } from "./issue";
import type { Meeting } from "./meeting";
import { accept, type Outcome, refuse } from "./refusal";

/** To speak on the item, or on a point of order, which comes before everybody. */
export const handKinds = ["speak", "order"] as const;
export type HandKind = (typeof handKinds)[number];
export type Hand = { personId: string; kind: HandKind; at: string };
export type Floor = {
  itemId: string | null;
  /** Since when the meeting is at this item. */
  since: string | null;
  speaker: (Hand & { since: string }) | null;
  hands: readonly Hand[];
  /** How often each has spoken on this item. */
  turns: Readonly<Record<string, number>>;
  /** Milliseconds spent on items the meeting has left. */
  spent: Readonly<Record<string, number>>;
};
export const emptyFloor: Floor = { itemId: null, since: null, speaker: null, hands: [], turns: {}, spent: {} };

type Facts = { id: string; bodyId: string };
export type FloorEvent =
  | ({ type: "meeting.itemTaken"; itemId: string } & Facts)
  | ({ type: "meeting.handRaised"; kind: HandKind } & Facts)
  | ({ type: "meeting.handLowered"; personId: string } & Facts)
  | ({ type: "meeting.floorGiven"; personId: string } & Facts)
  | ({ type: "meeting.floorEnded" } & Facts);
const types: ReadonlySet<string> = new Set(["meeting.itemTaken", "meeting.handRaised", "meeting.handLowered", "meeting.floorGiven", "meeting.floorEnded"]);
export const isFloorEvent = (event: { type: string }): event is FloorEvent => types.has(event.type);

const facts = ({ id, bodyId }: Meeting): Facts => ({ id, bodyId });
const notSitting = (meeting: Meeting) => refuse("meeting.notInSession", { status: meeting.status });

/** The hands in the order in which they are called: points of order first, then who spoke least on this item, then who waited longest. */
export function queueOf({ hands, turns }: Pick<Floor, "hands" | "turns">): Hand[] {
  return [...hands].sort(
    (a, b) =>
      Number(b.kind === "order") - Number(a.kind === "order") ||
      (a.kind === "order" ? 0 : (turns[a.personId] ?? 0) - (turns[b.personId] ?? 0)) ||
      (a.at < b.at ? -1 : a.at > b.at ? 1 : 0),
  );
}

/** Go to an item of the agenda. Refused while a vote is open: it is closed or called off first. */
export function takeItem(meeting: Meeting, itemId: string, voting: boolean): Outcome<FloorEvent[]> {
  if (meeting.status !== "inSession") return notSitting(meeting);
  if (voting && meeting.floor.itemId !== itemId) return refuse("meeting.voteOpen", {}, "itemId");
  if (!meeting.items.some((i) => i.id === itemId)) return refuse("meeting.noSuchItem", {});
  return accept(meeting.floor.itemId === itemId ? [] : [{ type: "meeting.itemTaken", itemId, ...facts(meeting) }]);
}

/**
 * Raise a hand. Whoever is there may, with a vote or without; on a point of order members alone. Raised twice it is one hand, of the later kind. Refused when it
 * was meant for an item (`itemId`) the meeting has left meanwhile: a press that waited for the network asks for nothing else.
 */
export function raiseHand(meeting: Meeting, personId: string, kind: HandKind, itemId: string | null = null): Outcome<FloorEvent[]> {
  if (meeting.status !== "inSession") return notSitting(meeting);
  if (itemId !== null && itemId !== meeting.floor.itemId) return refuse("meeting.itemLeft", {});
  const seat = meeting.seats.find((s) => s.personId === personId && s.presence === "present");
  if (!seat) return refuse("meeting.notThere", {});
  if (kind === "order" && !seat.votes) return refuse("meeting.orderForMembers", {});
  const { hands, speaker } = meeting.floor;
  if (speaker?.personId === personId || hands.some((h) => h.personId === personId && h.kind === kind)) return accept([]);
  return accept([{ type: "meeting.handRaised", kind, ...facts(meeting) }]);
}

/** Take a hand down: one's own, or anybody's by the chair. */
export function lowerHand(meeting: Meeting, personId: string): Outcome<FloorEvent[]> {
  if (meeting.status !== "inSession") return notSitting(meeting);
  return accept(meeting.floor.hands.some((h) => h.personId === personId) ? [{ type: "meeting.handLowered", personId, ...facts(meeting) }] : []);
}

/** Give somebody the floor: who spoke before has finished. */
export function giveFloor(meeting: Meeting, personId: string): Outcome<FloorEvent[]> {
  if (meeting.status !== "inSession") return notSitting(meeting);
  if (!meeting.seats.some((s) => s.personId === personId && s.presence === "present")) return refuse("meeting.notThere", {});
  return accept(meeting.floor.speaker?.personId === personId ? [] : [{ type: "meeting.floorGiven", personId, ...facts(meeting) }]);
}

/** Whoever speaks has finished; where it is said who (`personId`), only if it is still they who speak. */
export function endFloor(meeting: Meeting, personId: string | null = null): Outcome<FloorEvent[]> {
  if (meeting.status !== "inSession") return notSitting(meeting);
  const { speaker } = meeting.floor;
  return accept(speaker && (personId === null || personId === speaker.personId) ? [{ type: "meeting.floorEnded", ...facts(meeting) }] : []);
}

/** The floor once somebody has left: neither speaking nor waiting to. */
export function withoutPerson(floor: Floor, personId: string): Floor {
  if (floor.speaker?.personId !== personId && !floor.hands.some((h) => h.personId === personId)) return floor;
  return {
    ...floor,
    speaker: floor.speaker?.personId === personId ? null : floor.speaker,
    hands: floor.hands.filter((h) => h.personId !== personId),
  };
}

/** The floor after an event. */
export function floorAfter(floor: Floor, event: FloorEvent, by: Pick<By, "actorId" | "at">): Floor {
  const without = (personId: string) => floor.hands.filter((h) => h.personId !== personId);
  switch (event.type) {
    case "meeting.itemTaken": {
      const spent = floor.itemId && floor.since ? (floor.spent[floor.itemId] ?? 0) + Date.parse(by.at) - Date.parse(floor.since) : 0;
      return {
        itemId: event.itemId,
        since: by.at,
        speaker: null,
        hands: [],
        turns: {},
        spent: floor.itemId ? { ...floor.spent, [floor.itemId]: spent } : floor.spent,
      };
    }
    case "meeting.handRaised":
      return { ...floor, hands: [...without(by.actorId), { personId: by.actorId, kind: event.kind, at: by.at }] };
    case "meeting.handLowered":
      return { ...floor, hands: without(event.personId) };
    case "meeting.floorGiven": {
      const hand = floor.hands.find((h) => h.personId === event.personId);
      const turns = { ...floor.turns, [event.personId]: (floor.turns[event.personId] ?? 0) + 1 };
      return {
        ...floor,
        speaker: { personId: event.personId, kind: hand?.kind ?? "speak", at: hand?.at ?? by.at, since: by.at },
        hands: without(event.personId),
        turns,
      };
    }
    case "meeting.floorEnded":
      return { ...floor, speaker: null };
  }
}
