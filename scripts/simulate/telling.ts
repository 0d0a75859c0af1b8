// Who has to hear of what, written down a second time for the simulated year: the product's own table is what this is held against.
import type { Recorded } from "../../app/data/audit.server";
import type { DomainEvent } from "../../app/domain/event";
import { type Hand, holder, inOffice, type Ledger, localDate, type Matter, matterIdOf } from "./ledger";

/**
 * `before`: the level it came from, or in whose name something was ordered or asked. `onAgenda`: whose issues a meeting has.
 * `group`: the robot of the body it happened in.
 */
type Who =
  | "raiser"
  | "joined"
  | "desk"
  | "before"
  | "chairs"
  | "lead"
  | "leadBefore"
  | "help"
  | "newHelp"
  | "checkers"
  | "invited"
  | "onAgenda"
  | "person"
  | "secretary"
  | "group";

/** Whoever it is in a year of one community. A happening that is not here tells nobody. */
const hears: Partial<Record<DomainEvent["type"], readonly Who[]>> = {
  "membership.begun": ["person"],
  "membership.changed": ["person"],
  "membership.ended": ["person"],
  "issue.raised": ["desk", "group"],
  "issue.accepted": ["raiser"],
  "issue.asked": ["raiser"],
  "issue.replied": ["desk"],
  "issue.escalated": ["desk", "before", "raiser", "joined", "group"],
  "issue.remitted": ["desk", "raiser", "joined", "group"],
  "issue.appealed": ["desk", "before", "group"],
  "issue.answered": ["raiser", "joined", "group"],
  "issue.classified": ["raiser"],
  "issue.noted": ["raiser"],
  "issue.merged": ["raiser", "joined"],
  "issue.closed": ["desk", "joined"],
  "issue.reopened": ["desk", "raiser", "joined", "group"],
  "issue.extended": ["raiser", "joined"],
  "issue.rated": ["desk"],
  "issue.lapsed": ["raiser", "desk"],
  "order.given": ["desk", "group"],
  "order.answered": ["before"],
  "order.withdrawn": ["desk"],
  "acknowledgement.owed": ["desk"],
  "acknowledgement.given": ["before"],
  "meeting.called": ["invited", "onAgenda", "group"],
  "meeting.moved": ["invited", "onAgenda", "group"],
  "meeting.cancelled": ["invited", "onAgenda", "group"],
  "meeting.itemAdded": ["raiser", "joined"],
  "meeting.itemRemoved": ["raiser"],
  "decision.recorded": ["raiser", "joined"],
  "task.assigned": ["lead", "help", "group"],
  "task.accepted": ["chairs"],
  "task.progressed": ["chairs", "raiser"],
  "task.handedIn": ["checkers"],
  "task.verified": ["lead"],
  "task.returned": ["lead"],
  "task.sentBack": ["chairs"],
  "task.insisted": ["lead"],
  "task.reassigned": ["lead", "leadBefore"],
  "task.handedOver": ["lead", "leadBefore", "chairs"],
  "task.unheld": ["chairs", "secretary"],
  "task.extensionAsked": ["chairs"],
  "task.extended": ["lead"],
  "task.extensionRefused": ["lead"],
  "task.confirmed": ["lead", "checkers"],
  "task.reopened": ["lead", "checkers"],
  "task.supportSet": ["newHelp"],
  "task.repeatStopped": ["lead"],
  "project.opened": ["lead", "raiser", "joined", "group"],
  "project.planned": ["lead"],
  "project.received": ["checkers"],
  "project.reported": ["checkers", "raiser"],
  "project.finished": ["checkers"],
  "project.stopped": ["lead", "raiser", "joined"],
  "project.verified": ["lead", "raiser", "joined"],
  "project.returned": ["lead"],
  "project.unheld": ["chairs", "secretary"],
};

/** Of whom it asks something; the others only hear of it. */
const asks: typeof hears = {
  "issue.raised": ["desk"],
  "issue.asked": ["raiser"],
  "issue.escalated": ["desk"],
  "issue.remitted": ["desk"],
  "issue.appealed": ["desk"],
  "issue.answered": ["raiser"],
  "issue.reopened": ["desk"],
  "order.given": ["desk"],
  "acknowledgement.owed": ["desk"],
  "task.assigned": ["lead"],
  "task.handedIn": ["checkers"],
  "task.returned": ["lead"],
  "task.sentBack": ["chairs"],
  "task.insisted": ["lead"],
  "task.reassigned": ["lead"],
  "task.handedOver": ["lead"],
  "task.extensionAsked": ["chairs"],
  "task.reopened": ["lead"],
  "task.unheld": ["chairs"],
  "project.opened": ["lead"],
  "project.finished": ["checkers"],
  "project.returned": ["lead"],
  "project.unheld": ["chairs"],
};

const deskRoles = ["head", "chair", "linkedLeader", "recorder"];
const handRoles = ["head", "chair", "member", "staff", "recorder"];
const chairRoles = ["chair", "linkedLeader", "recorder"];

const given = (event: DomainEvent, name: string): string | null => {
  const value = (event as unknown as Record<string, unknown>)[name];
  return typeof value === "string" ? value : null;
};

export const peopleOf = (ledger: Ledger, hand: Hand, day: string): string[] => (hand.kind === "person" ? [hand.id] : inOffice(ledger, hand.id, day, handRoles));

/** The bodies somebody holds an office in on a day. */
const heldBy = (ledger: Ledger, personId: string, day: string): Set<string> =>
  new Set([...ledger.offices.values()].filter((o) => o.personId === personId && inOffice(ledger, o.bodyId, day).includes(personId)).map((o) => o.bodyId));

/** A body and all that it goes up to. */
function upperOf(ledger: Ledger, bodyId: string): string[] {
  const all: string[] = [];
  for (let id: string | null = bodyId; id !== null && !all.includes(id); id = ledger.bodies.get(id)?.upper ?? null) all.push(id);
  return all;
}

/** Whether somebody may look at an issue on a day, or at the work on it they have a part in: whoever holds no office has no part in work. */
function sees(ledger: Ledger, matter: Matter, personId: string, day: string): boolean {
  const held = heldBy(ledger, personId, day);
  if (matter.visibility === "community") return held.size > 0;
  if (matter.raiser === personId || matter.joined.has(personId) || matter.path.some((id) => held.has(id))) return true;
  if (matter.visibility === "body" && matter.buildingId !== null && held.has(matter.buildingId)) return true;
  const leads = (id: string) => inOffice(ledger, id, day, ["linkedLeader"]).includes(personId);
  if (matter.visibility === "body" && upperOf(ledger, holder(matter)).some(leads)) return true;
  const near = (hand: Hand) => (hand.kind === "person" ? held.size > 0 && hand.id === personId : held.has(hand.id));
  const works = [...ledger.works.values()].filter((w) => w.issueId === matter.id);
  const undertakings = [...ledger.undertakings.values()].filter((u) => u.issueId === matter.id);
  return (
    works.some((w) => held.has(w.bodyId) || [w.lead, ...w.help].some(near)) ||
    undertakings.some((u) => held.has(u.bodyId) || held.has(u.responsibleId) || (held.size > 0 && u.personId === personId))
  );
}

/** The body a happening happened in, or came to. */
function placeOf(ledger: Ledger, event: DomainEvent): string | null {
  const matter = ledger.matters.get(matterIdOf(ledger, event) ?? "");
  const made = ledger.works.get(event.id) ?? ledger.undertakings.get(event.id);
  return given(event, "to") ?? given(event, "bodyId") ?? made?.bodyId ?? (matter ? holder(matter) : null);
}

/** The body whose robot says it. */
export const groupOf = (ledger: Ledger, event: DomainEvent): string | null => (hears[event.type]?.includes("group") ? placeOf(ledger, event) : null);

/** Everybody who has to hear of it, as things stand in the ledger: not who did it, and nobody who may not see it. */
export const hearersOf = (ledger: Ledger, recorded: Recorded): Set<string> => thoseOf(ledger, recorded, hears);

/** Of whom an urgent issue asks something with it: its hours do not wait for a daily letter. */
export const pressedBy = (ledger: Ledger, recorded: Recorded): Set<string> =>
  ledger.matters.get(matterIdOf(ledger, recorded.event) ?? "")?.track === "urgent" ? thoseOf(ledger, recorded, asks) : new Set();

function thoseOf(ledger: Ledger, { event, actorId, at }: Recorded, table: typeof hears): Set<string> {
  const day = localDate(at);
  const matter = ledger.matters.get(matterIdOf(ledger, event) ?? "");
  const work = ledger.works.get(event.id);
  const undertaking = ledger.undertakings.get(event.id);
  const sitting = ledger.sittings.get(event.id);
  const turn = ledger.turns.get(event);
  const place = placeOf(ledger, event);
  const found = (who: Who): readonly string[] => {
    switch (who) {
      case "raiser":
        return matter ? [matter.raiser] : [];
      case "joined":
        return [...(matter?.joined ?? [])];
      case "desk":
        return place === null ? [] : inOffice(ledger, place, day, deskRoles);
      case "before": {
        // What climbed by itself is to be acknowledged below: that is the word of it.
        if (event.type === "issue.escalated" && event.overdue) return [];
        const from = given(event, "from") ?? given(event, "fromId") ?? ledger.askedBy.get(event.id) ?? null;
        return from === null ? [] : inOffice(ledger, from, day, deskRoles);
      }
      case "chairs":
        return place === null ? [] : inOffice(ledger, place, day, chairRoles);
      case "lead":
        if (undertaking) return undertaking.personId === null ? inOffice(ledger, undertaking.responsibleId, day, handRoles) : [undertaking.personId];
        return work ? peopleOf(ledger, work.lead, day) : [];
      case "leadBefore":
        return turn?.leadBefore ? peopleOf(ledger, turn.leadBefore, day) : [];
      case "help":
        return work?.help.flatMap((hand) => peopleOf(ledger, hand, day)) ?? [];
      case "newHelp":
        return turn?.newHelp.flatMap((hand) => peopleOf(ledger, hand, day)) ?? [];
      case "checkers":
        if (undertaking) return inOffice(ledger, undertaking.bodyId, day, deskRoles);
        return work && matter ? [work.bodyId, matter.path[0] ?? ""].flatMap((id) => inOffice(ledger, id, day, deskRoles)) : [];
      case "invited":
        return sitting?.invited ?? [];
      case "onAgenda":
        return [...(sitting?.added.keys() ?? [])].flatMap((id) => {
          const issue = ledger.matters.get(id);
          return issue ? [issue.raiser, ...issue.joined] : [];
        });
      case "person":
        return [given(event, "personId") ?? ""];
      case "secretary":
        return [...ledger.bodies].flatMap(([id, { kind }]) => (kind === "community" ? inOffice(ledger, id, day, ["secretary"]) : []));
      case "group":
        return [];
    }
  };
  const all = new Set((table[event.type] ?? []).flatMap(found));
  all.delete(actorId);
  const mayKnow = (personId: string): boolean => {
    if (matter && !sees(ledger, matter, personId, day)) return false;
    // Any member may see a meeting, and whoever is asked to come.
    return !sitting || sitting.invited.includes(personId) || heldBy(ledger, personId, day).size > 0;
  };
  for (const personId of all) if (!mayKnow(personId)) all.delete(personId);
  return all;
}
