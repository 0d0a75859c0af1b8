// The year told from its log in the simulation's own words: who held which office, where each issue was and until when, and
// in whose hands each task. No rule and no table of the product is asked here: they are what this is held against.
import type { Recorded } from "../../app/data/audit.server";
import type { DomainEvent } from "../../app/domain/event";
import { holidays } from "../../app/domain/holidays";

export type Hand = { kind: "person" | "body"; id: string };
type Office = { personId: string; bodyId: string; role: string; startsOn: string; endsOn: string | null; over: boolean };
type Body = { kind: string; upper: string | null; over: boolean };

/** An issue: where it is, since when, and until when it is to be settled there. */
export type Matter = {
  id: string;
  number: string;
  track: string;
  raiser: string;
  joined: Set<string>;
  visibility: string;
  buildingId: string | null;
  /** Every body that had it, in turn. */
  path: string[];
  receivedAt: string;
  settleBy: string;
  status: "open" | "waiting" | "doing" | "answered" | "over";
  /** Since when it waits for its raiser, asked or answered. */
  waitsSince: string;
  /** When its holder last adopted or rejected something on it; and when its holder's last meeting left it over, having had it since. */
  decidedAt: string | null;
  left: { at: string; since: string } | null;
};
export type Work = { issueId: string; bodyId: string; lead: Hand; deskId: string; help: readonly Hand[]; open: boolean; dueAt: string; routine: boolean };
/** What one happening changed about a task: who led it until then, and who helps from then on. */
type Turn = { leadBefore: Hand | null; newHelp: readonly Hand[] };
export type Undertaking = { issueId: string; bodyId: string; responsibleId: string; personId: string | null; open: boolean };
type Sitting = {
  bodyId: string;
  startsAt: string;
  endsAt: string;
  status: "called" | "inSession" | "over";
  invited: string[];
  /** Since when it has which issue, and which of its items that is. */
  added: Map<string, string>;
  items: Map<string, string>;
};

export type Ledger = {
  bodies: Map<string, Body>;
  offices: Map<string, Office>;
  matters: Map<string, Matter>;
  works: Map<string, Work>;
  undertakings: Map<string, Undertaking>;
  sittings: Map<string, Sitting>;
  /** Of a supervision order and of what was to be acknowledged: from whom it came; and why it was to be acknowledged. */
  askedBy: Map<string, string>;
  causes: Map<string, string>;
  turns: Map<DomainEvent, Turn>;
};

export const emptyLedger = (): Ledger => ({
  bodies: new Map(),
  offices: new Map(),
  matters: new Map(),
  works: new Map(),
  undertakings: new Map(),
  sittings: new Map(),
  askedBy: new Map(),
  causes: new Map(),
  turns: new Map(),
});

/** Shanghai has one offset all year round. */
const offset = 8 * 3_600_000;
/** The local clock of an instant, as "YYYY-MM-DDTHH:MM". */
export const localClock = (at: string): string => new Date(Date.parse(at) + offset).toISOString().slice(0, 16);
export const localDate = (at: string): string => localClock(at).slice(0, 10);
const dayAfter = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

/** Six in the evening of the n-th working day after an instant's day. */
export function endOfWorkingDay(at: string, n: number): string {
  let day = localDate(at);
  for (let left = n; left > 0; ) {
    day = dayAfter(day);
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
    if (holidays[day] ?? (weekday > 0 && weekday < 6 && !/-(01-01|05-0[12]|10-0[1-3])$/.test(day))) left--;
  }
  return new Date(Date.parse(`${day}T18:00:00Z`) - offset).toISOString();
}

export const holder = (matter: Matter): string => matter.path.at(-1) ?? "";

const matterOf = (ledger: Ledger, id: string): Matter => {
  const found = ledger.matters.get(id);
  if (!found) throw new Error(`The log speaks of issue ${id} before it was raised.`);
  return found;
};
const workOf = (ledger: Ledger, id: string): Work => {
  const found = ledger.works.get(id);
  if (!found) throw new Error(`The log speaks of task ${id} before it was assigned.`);
  return found;
};

function receive(matter: Matter, bodyId: string, settleBy: string, at: string): void {
  matter.path.push(bodyId);
  Object.assign(matter, { settleBy, receivedAt: at, status: "open", decidedAt: null, left: null });
}

function leaveOver(ledger: Ledger, sitting: Sitting, unfinished: readonly string[], at: string): void {
  for (const [issueId, since] of sitting.added) {
    const matter = matterOf(ledger, issueId);
    if (sitting.bodyId === holder(matter)) matter.left = unfinished.includes(sitting.items.get(issueId) ?? "") ? { at, since } : null;
  }
}

/** Put down one happening. What is not listed moves nothing that promises are about. */
export function tell(ledger: Ledger, { event, actorId, at }: Pick<Recorded, "event" | "actorId" | "at">): void {
  switch (event.type) {
    case "body.added":
    case "body.changed":
      ledger.bodies.set(event.id, { kind: event.kind, upper: event.escalatesToId, over: false });
      return;
    case "body.ended": {
      const body = ledger.bodies.get(event.id);
      if (body) body.over = true;
      return;
    }
    case "membership.begun":
    case "membership.changed": {
      const { personId, bodyId, role, startsOn, endsOn } = event;
      ledger.offices.set(event.id, { personId, bodyId, role, startsOn, endsOn, over: false });
      return;
    }
    case "membership.ended": {
      const office = ledger.offices.get(event.id);
      if (office) office.over = true;
      return;
    }
    case "issue.raised":
      ledger.matters.set(event.id, {
        id: event.id,
        number: event.number,
        track: event.track,
        raiser: actorId,
        joined: new Set(),
        visibility: event.visibility,
        buildingId: event.buildingId,
        path: [event.bodyId],
        receivedAt: at,
        settleBy: event.settleBy,
        status: "open",
        waitsSince: at,
        decidedAt: null,
        left: null,
      });
      return;
    case "issue.joined":
      matterOf(ledger, event.id).joined.add(actorId);
      return;
    case "issue.absorbed":
      for (const { personId } of event.supports) matterOf(ledger, event.id).joined.add(personId);
      return;
    case "issue.classified":
      Object.assign(matterOf(ledger, event.id), { settleBy: event.settleBy, track: event.track });
      return;
    case "issue.extended":
      matterOf(ledger, event.id).settleBy = event.settleBy;
      return;
    case "issue.asked":
      Object.assign(matterOf(ledger, event.id), { status: "waiting", waitsSince: at });
      return;
    case "issue.replied":
      Object.assign(matterOf(ledger, event.id), { status: "open", settleBy: event.settleBy });
      return;
    case "issue.assigned":
      matterOf(ledger, event.id).status = "doing";
      return;
    case "issue.answered":
      Object.assign(matterOf(ledger, event.id), { status: "answered", waitsSince: at });
      return;
    case "issue.closed":
    case "issue.lapsed":
    case "issue.merged":
      matterOf(ledger, event.id).status = "over";
      return;
    case "issue.escalated":
    case "issue.remitted":
    case "issue.appealed":
      receive(matterOf(ledger, event.id), event.to, event.settleBy, at);
      return;
    case "issue.reopened":
      receive(matterOf(ledger, event.id), event.bodyId, event.settleBy, at);
      return;
    case "meeting.called":
      ledger.sittings.set(event.id, {
        bodyId: event.bodyId,
        startsAt: event.startsAt,
        endsAt: event.endsAt,
        status: "called",
        invited: event.invited.map((i) => i.personId),
        added: new Map(event.items.map((item) => [item.issueId, at])),
        items: new Map(event.items.map((item) => [item.issueId, item.id])),
      });
      return;
    case "meeting.moved":
      Object.assign(ledger.sittings.get(event.id) ?? {}, { startsAt: event.startsAt, endsAt: event.endsAt });
      return;
    case "meeting.itemAdded": {
      const sitting = ledger.sittings.get(event.id);
      sitting?.added.set(event.item.issueId, at);
      sitting?.items.set(event.item.issueId, event.item.id);
      return;
    }
    case "meeting.itemRemoved":
      ledger.sittings.get(event.id)?.added.delete(event.issueId);
      return;
    case "meeting.opened":
    case "meeting.closed":
    case "meeting.cancelled": {
      const sitting = ledger.sittings.get(event.id);
      if (sitting) sitting.status = event.type === "meeting.opened" ? "inSession" : "over";
      if (sitting && event.type === "meeting.closed") leaveOver(ledger, sitting, event.unfinished, at);
      return;
    }
    case "decision.recorded": {
      const matter = matterOf(ledger, event.issueId);
      if (event.bodyId === holder(matter) && (event.outcome === "adopted" || event.outcome === "rejected")) matter.decidedAt = at;
      return;
    }
    case "task.assigned": {
      const { issueId, bodyId, assignee, dueAt } = event;
      const deskId = event.deskId ?? (assignee.kind === "body" ? assignee.id : bodyId);
      const routine = (event.series?.no ?? 1) > 1;
      ledger.works.set(event.id, { issueId, bodyId, lead: assignee, deskId, help: event.supporting ?? [], open: true, dueAt, routine });
      return;
    }
    case "task.supportSet": {
      const work = workOf(ledger, event.id);
      ledger.turns.set(event, { leadBefore: null, newHelp: event.supporting.filter((hand) => !work.help.some((h) => h.id === hand.id)) });
      work.help = event.supporting;
      return;
    }
    case "task.reassigned":
    case "task.handedOver": {
      const work = workOf(ledger, event.id);
      ledger.turns.set(event, { leadBefore: work.lead, newHelp: [] });
      Object.assign(work, { lead: event.assignee, deskId: event.deskId, help: work.help.filter((h) => h.id !== event.assignee.id) });
      return;
    }
    case "task.extended":
      workOf(ledger, event.id).dueAt = event.dueAt;
      return;
    case "task.verified":
      workOf(ledger, event.id).open = false;
      return;
    case "task.reopened":
      // Somebody waits for it: whichever of a series it is, it is routine no more.
      Object.assign(workOf(ledger, event.id), { open: true, dueAt: event.dueAt, routine: false });
      return;
    case "project.opened":
    case "project.planned": {
      const before = ledger.undertakings.get(event.id);
      const { issueId, responsibleId, personId } = event;
      const bodyId = event.type === "project.opened" ? event.bodyId : (before?.bodyId ?? "");
      ledger.undertakings.set(event.id, { issueId, bodyId, responsibleId, personId, open: true });
      return;
    }
    case "project.stopped":
    case "project.verified": {
      const undertaking = ledger.undertakings.get(event.id);
      if (undertaking) undertaking.open = false;
      return;
    }
    case "order.given":
      ledger.askedBy.set(event.id, event.fromId);
      return;
    case "acknowledgement.owed":
      ledger.causes.set(event.id, event.cause);
      ledger.askedBy.set(event.id, event.fromId);
      return;
  }
}

/** Who holds an office in a body on a local day; in one of these roles, where any are named. */
export function inOffice(ledger: Ledger, bodyId: string, day: string, roles: readonly string[] | null = null): string[] {
  return [...ledger.offices.values()]
    .filter((o) => o.bodyId === bodyId && !o.over && o.startsOn <= day && (o.endsOn === null || o.endsOn >= day) && (!roles || roles.includes(o.role)))
    .map((o) => o.personId);
}

/** The level below `from` that an issue came up through, and that is still there. */
export const cameUpFrom = (ledger: Ledger, matter: Matter, from: string): string | null =>
  matter.path.filter((id) => ledger.bodies.get(id)?.upper === from && !ledger.bodies.get(id)?.over).at(-1) ?? null;

/** Working days after a deadline within which the meeting that has an issue begins, and for which its outcome stays; the standard figure. */
const meetingDays = 10;
const meetingDaysAfter = (at: string): string => endOfWorkingDay(at, meetingDays);

/** What keeps an overdue issue where it is: for certain, or perhaps. */
export function holdOn(ledger: Ledger, matter: Matter, at: string): "certain" | "perhaps" | null {
  const waitedFor =
    [...ledger.works.values()].some((w) => w.issueId === matter.id && w.open && !w.routine) ||
    [...ledger.undertakings.values()].some((u) => u.issueId === matter.id && u.open);
  if (waitedFor && matter.status === "doing") return "certain";
  if (matter.decidedAt !== null && at <= meetingDaysAfter(matter.decidedAt)) return "certain";
  const left = matter.left && matter.left.since <= matter.settleBy ? meetingDaysAfter(matter.left.at) : null;
  if (left !== null && at <= left) return "certain";
  const latest = [meetingDaysAfter(matter.settleBy), left ?? ""].sort()[1] ?? "";
  const has = [...ledger.sittings.values()].some(({ added, bodyId, startsAt, endsAt, status }) => {
    const since = added.get(matter.id);
    if (since === undefined || since < matter.receivedAt || bodyId !== holder(matter)) return false;
    if (status === "over" || Date.parse(at) > Date.parse(endsAt) + 86_400_000) return false;
    return status === "inSession" || ((since <= matter.settleBy || left !== null) && startsAt <= latest);
  });
  if (has) return "certain";
  return waitedFor ? "perhaps" : null;
}

/** The log cut where an hour or more lies between two happenings: what people and clock did in one part of a day. */
export function partsOfDays(events: readonly Recorded[]): Recorded[][] {
  const parts: Recorded[][] = [];
  for (const event of events) {
    const last = parts.at(-1)?.at(-1);
    if (last && Date.parse(event.at) - Date.parse(last.at) < 3_600_000) parts.at(-1)?.push(event);
    else parts.push([event]);
  }
  return parts;
}

/** The issue a happening is about. */
export const matterIdOf = (ledger: Ledger, event: DomainEvent): string | null =>
  event.type.startsWith("issue.")
    ? event.id
    : "issueId" in event
      ? event.issueId
      : event.type === "meeting.itemAdded"
        ? event.item.issueId
        : (ledger.works.get(event.id)?.issueId ?? ledger.undertakings.get(event.id)?.issueId ?? null);
