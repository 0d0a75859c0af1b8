// A meeting: its notice, its agenda, who is there, what was decided.
import type { Db } from "../data/dialect.server";
import { loadIssue } from "../data/issues.server";
import { decisionsOf, hastyOf, loadDecision, loadMeeting, runningAgendaOf, tasksOf, votesOf } from "../data/meetings.server";
import { loadBodies, namesOf } from "../data/organisation.server";
import { decisionSubject, issueSubject, meetingSubject } from "../data/subjects.server";
import { isLate, needNotice } from "../domain/agenda";
import type { Quorum } from "../domain/body";
import { opensAt } from "../domain/calling";
import { localDay } from "../domain/clock";
import { type Decision, isLapsed, type Method, methods } from "../domain/decision";
import type { Issue } from "../domain/issue";
import { isRunning, type Meeting, type MeetingStatus, missed, type Presence, type Reply } from "../domain/meeting";
import { mayDecideBy, ruleOf } from "../domain/procedure";
import { type QuorumReport, quorumOf } from "../domain/seats";
import type { Party, Role } from "../domain/vocabulary";
import { votesWithoutDecision } from "../domain/vote";
import { maskName } from "../papers/mask";
import { type DecisionProps, decisionProps, peopleIn } from "./decisions";
import { type IssueRow, issueRows } from "./issue-rows";
import { maskFor, withoutNames } from "./names";
import { lineOf, type RuleLine, type Text } from "./procedures";
import { fullName, mayDo, type Viewer } from "./viewer";

export type AgendaLine = {
  id: string;
  issueId: string;
  number: string;
  title: string;
  minutes: number;
  /** How many meetings put it off before this one. */
  carried: number;
  /** It came after the notice; where the procedure says so, it cannot be decided. */
  late: boolean;
  undecidable: boolean;
  /** It is here for its regular meeting's word on what was decided in haste: the day by which that is due. */
  ratifyBy: string | null;
  visible: boolean;
  status: Issue["phase"]["status"];
  from: string;
  since: string;
};
export type SeatLine = {
  personId: string;
  name: string;
  party: Party;
  role: Role;
  votes: boolean;
  reply: Reply;
  presence: Presence;
  proxyTo: string | null;
  me: boolean;
};

export type MeetingPage = {
  id: string;
  body: { id: string; name: string };
  position: number;
  startsAt: string;
  endsAt: string;
  place: string;
  status: MeetingStatus;
  openedAt: string | null;
  /** When it may be opened, while that is still to come; null otherwise. */
  opensAt: string | null;
  closedAt: string | null;
  reason: string;
  /** Why it could not wait for a regular meeting; null where nobody had to say, and for whoever may not see all it is about. */
  urgency: string | null;
  /** What is put on its agenda now and is not urgent in itself has to say why it cannot wait. */
  asksUrgency: boolean;
  /** People's names are withheld from this reader. */
  masked: boolean;
  agenda: AgendaLine[];
  seats: SeatLine[];
  /** The procedure it was called under; empty for one older than procedures. */
  procedure: Text;
  quorum: QuorumReport;
  rule: Quorum;
  /** The ways of deciding its procedure knows; none where it only advises. */
  methods: readonly Method[];
  decisions: DecisionProps[];
  /** Passed votes that stand in no decision yet, for whoever may close the meeting; without the question where they may not see the item. */
  unrecorded: { id: string; itemId: string; question: string }[];
  myReply: Reply | null;
  /** Who may represent somebody that cannot come; null where nobody may. */
  proxies: { sameParty: boolean; rule: RuleLine } | null;
  /** Issues of the docket that could still be put on the agenda. */
  addable: IssueRow[];
  can: {
    reply: boolean;
    move: boolean;
    cancel: boolean;
    agenda: boolean;
    reorder: boolean;
    seat: boolean;
    open: boolean;
    close: boolean;
    record: boolean;
    write: boolean;
    read: boolean;
    /** Into the room, while it sits: whoever is invited or runs it. */
    enter: boolean;
    /** Read how the minutes were written. */
    history: boolean;
  };
  version: number;
};

export async function meetingPage(db: Db, viewer: Viewer, { meetingId }: { meetingId: string }): Promise<MeetingPage | null> {
  const { communityId, personId } = viewer.actor;
  const meeting = await loadMeeting(db, communityId, meetingId);
  if (!meeting) return null;
  const subject = meetingSubject(meeting);
  if (!mayDo(viewer, "meeting.see", subject)) return null;
  const bodies = await loadBodies(db, communityId);
  const body = bodies.get(meeting.bodyId);
  if (!body) throw new Error(`Meeting ${meetingId} belongs to no body.`);

  const decisions = await decisionsOf(db, communityId, { meetingId });
  const hasty = await toRatify(db, viewer, meeting, decisions);
  const agenda: AgendaLine[] = [];
  const issues = new Map<string, Issue>();
  for (const item of meeting.items) {
    const issue = await loadIssue(db, communityId, item.issueId);
    if (!issue) continue;
    issues.set(issue.id, issue);
    const visible = mayDo(viewer, `issue.see.${issue.visibility}`, await issueSubject(db, issue));
    const here = issue.stays.findLast((s) => s.bodyId === body.id);
    const before = here ? issue.stays[issue.stays.indexOf(here) - 1] : undefined;
    agenda.push({
      id: item.id,
      issueId: item.issueId,
      number: visible ? issue.number : "",
      title: visible ? issue.title : "",
      minutes: item.minutes,
      carried: item.carried,
      late: isLate(meeting, item),
      undecidable: needNotice(meeting, item) !== null,
      ratifyBy: hasty.find((d) => d.issueId === item.issueId)?.ratifyBy ?? null,
      visible,
      status: issue.phase.status,
      from: before ? (bodies.get(before.bodyId)?.name ?? "") : "",
      since: here?.receivedAt ?? issue.raisedAt,
    });
  }

  const closes = meeting.status === "inSession" && mayDo(viewer, "meeting.close", subject);
  const votes = closes ? await votesOf(db, communityId, meetingId) : [];
  const shown = decisions.filter((d) => agenda.some((line) => line.issueId === d.issueId && line.visible));
  const tasks = await tasksOf(db, communityId, { decisionIds: shown.map((d) => d.id) });
  const names = await namesOf(db, communityId, [...meeting.seats.map((s) => s.personId), ...tasks.flatMap(peopleIn)]);
  const runs = isRunning(meeting);
  const called = meeting.status === "called";
  const from = opensAt(meeting);
  const seat = meeting.seats.find((s) => s.personId === personId);
  const proxies = ruleOf(meeting.terms, "proxies");
  const canAgenda = runs && mayDo(viewer, "meeting.addItem", subject);
  const mask = await maskFor(db, viewer, meetingId);
  const nameTo = (name: string) => (mask ? maskName(name) : name);

  return {
    id: meeting.id,
    body: { id: body.id, name: fullName(body) },
    position: meeting.position,
    startsAt: meeting.startsAt,
    endsAt: meeting.endsAt,
    place: meeting.place,
    status: meeting.status,
    openedAt: meeting.openedAt,
    opensAt: called && from !== null && viewer.now < from ? from : null,
    closedAt: meeting.closedAt,
    reason: withoutNames(meeting.reason, mask),
    urgency: agenda.every((line) => line.visible) ? withoutNames(meeting.urgency, mask) : null,
    asksUrgency: called && ruleOf(meeting.terms, "ratify") !== null,
    masked: mask !== null,
    agenda,
    seats: meeting.seats.map((s) => ({ ...s, name: nameTo(names.get(s.personId) ?? ""), me: s.personId === personId })),
    procedure: meeting.terms.title,
    quorum: quorumOf(meeting.seats, meeting.quorum, meeting.terms),
    rule: meeting.quorum,
    methods: methods.filter((method) => mayDecideBy(meeting.terms, method) === null),
    decisions: withoutNames(await decisionProps(db, viewer, shown, tasks, { bodies, names, issues, meetings: new Map([[meeting.id, meeting]]) }), mask),
    unrecorded: votesWithoutDecision(votes, decisions).map((v) => ({
      id: v.id,
      itemId: v.itemId,
      question: agenda.some((a) => a.id === v.itemId && a.visible) ? v.question : "",
    })),
    myReply: seat?.reply ?? null,
    proxies: proxies && proxies.most > 0 ? { sameParty: proxies.sameParty, rule: lineOf(proxies) } : null,
    addable: canAgenda ? await addable(db, viewer, body.id, new Set(meeting.items.map((i) => i.issueId))) : [],
    can: {
      reply: called && seat !== undefined && !missed(meeting, viewer.now, viewer.community.timeZone),
      move: called && mayDo(viewer, "meeting.move", subject),
      cancel: called && mayDo(viewer, "meeting.cancel", subject),
      agenda: canAgenda,
      reorder: called && mayDo(viewer, "meeting.order", subject),
      seat: runs && mayDo(viewer, "meeting.seat", subject),
      open: called && mayDo(viewer, "meeting.open", subject),
      close: closes,
      record: meeting.status === "inSession" && mayDo(viewer, "decision.record", subject),
      write: meeting.status === "inSession" && mayDo(viewer, "minutes.write", subject),
      enter: meeting.status === "inSession" && (seat !== undefined || mayDo(viewer, "meeting.takeItem", subject)),
      history: meeting.openedAt !== null && mayDo(viewer, "minutes.read", subject),
      read:
        meeting.openedAt !== null && (mayDo(viewer, "minutes.read", subject) || (meeting.status === "closed" && mayDo(viewer, "minutes.readClosed", subject))),
    },
    version: meeting.version,
  };
}

/** What its body decided in haste that a regular meeting is to adopt, or did. */
async function toRatify(db: Db, { actor, now, community }: Viewer, meeting: Meeting, decisions: readonly Decision[]): Promise<Decision[]> {
  if (ruleOf(meeting.terms, "ratify")) return [];
  const hasty = await hastyOf(db, actor.communityId, { issueIds: meeting.items.map((i) => i.issueId) });
  const [today, own] = [localDay(now, community.timeZone), new Set(decisions.map((d) => d.id))];
  return hasty.filter((d) => d.bodyId === meeting.bodyId && (d.ratifiedById === null ? isRunning(meeting) && !isLapsed(d, today) : own.has(d.ratifiedById)));
}

async function addable(db: Db, viewer: Viewer, bodyId: string, there: ReadonlySet<string>): Promise<IssueRow[]> {
  const rows = await db
    .selectFrom("Issue")
    .select("id")
    .where("communityId", "=", viewer.actor.communityId)
    .where("holderId", "=", bodyId)
    .where("status", "in", ["open", "waiting", "doing"])
    .orderBy("dueAt")
    .limit(200)
    .execute();
  const free: string[] = [];
  for (const { id } of rows) {
    if (free.length === 50) break;
    if (!there.has(id) && (await runningAgendaOf(db, viewer.actor.communityId, id)) === null) free.push(id);
  }
  return issueRows(db, viewer, free);
}

export type MeetingRow = {
  id: string;
  body: string;
  position: number;
  startsAt: string;
  endsAt: string;
  place: string;
  status: MeetingStatus;
  items: number;
  mine: boolean;
  reply: Reply | null;
};

export type MeetingList = Record<"coming" | "unheld" | "past" | "cancelled", MeetingRow[]>;

/** Meetings of the community: those to come, soonest first; then, latest first, those called for a day that went by without them, those held, those called off. */
export async function meetingList(db: Db, viewer: Viewer): Promise<MeetingList> {
  const { communityId, personId } = viewer.actor;
  const bodies = await loadBodies(db, communityId);
  const rows = await db
    .selectFrom("Meeting")
    .leftJoin("Attendance", (join) =>
      join
        .onRef("Attendance.communityId", "=", "Meeting.communityId")
        .onRef("Attendance.meetingId", "=", "Meeting.id")
        .on("Attendance.personId", "=", personId),
    )
    .select((eb) => [
      "Meeting.id",
      "Meeting.bodyId",
      "Meeting.position",
      "Meeting.startsAt",
      "Meeting.endsAt",
      "Meeting.place",
      "Meeting.status",
      "Attendance.reply",
      eb
        .selectFrom("AgendaItem")
        .select(({ fn }) => fn.countAll<number>().as("n"))
        .whereRef("AgendaItem.communityId", "=", "Meeting.communityId")
        .whereRef("AgendaItem.meetingId", "=", "Meeting.id")
        .as("items"),
    ])
    .where("Meeting.communityId", "=", communityId)
    .orderBy("Meeting.startsAt", "desc")
    .limit(100)
    .execute();
  const lines = rows.map((r) => {
    const body = bodies.get(r.bodyId);
    return {
      id: r.id,
      body: body ? fullName(body) : "",
      position: r.position,
      startsAt: r.startsAt,
      endsAt: r.endsAt,
      place: r.place,
      status: r.status as MeetingStatus,
      items: r.items ?? 0,
      mine: r.reply !== null,
      reply: r.reply as Reply | null,
    };
  });
  const unheld = lines.filter((m) => missed(m, viewer.now, viewer.community.timeZone));
  return {
    coming: lines.filter((m) => (m.status === "called" || m.status === "inSession") && !unheld.includes(m)).reverse(),
    unheld,
    past: lines.filter((m) => m.status === "closed"),
    cancelled: lines.filter((m) => m.status === "cancelled"),
  };
}

export type DecisionPage = { meeting: MeetingPage; decision: DecisionProps; canAssign: boolean };

/** A decision with its meeting, for the pages that correct it or hand out work under it. */
export async function decisionPage(db: Db, viewer: Viewer, { decisionId }: { decisionId: string }): Promise<DecisionPage | null> {
  const found = await loadDecision(db, viewer.actor.communityId, decisionId);
  const meeting = found && (await meetingPage(db, viewer, { meetingId: found.meetingId }));
  const decision = meeting?.decisions.find((d) => d.id === decisionId);
  if (!found || !meeting || !decision) return null;
  const carried = found.outcome === "adopted" || found.outcome === "escalated";
  return { meeting, decision, canAssign: carried && mayDo(viewer, "task.assign", decisionSubject(found)) };
}
