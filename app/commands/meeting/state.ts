// What the commands on one meeting look at.

import { z } from "zod";
import { runningCourseOf } from "../../data/courses.server";
import type { Db } from "../../data/dialect.server";
import { loadIssue } from "../../data/issues.server";
import { loadMeeting, provisionalOn, runningAgendaOf } from "../../data/meetings.server";
import { loadBody, loadCommunity, officeHolders } from "../../data/organisation.server";
import { meetingSubject } from "../../data/subjects.server";
import type { Docket } from "../../domain/agenda";
import type { Body } from "../../domain/body";
import { isLapsed } from "../../domain/decision";
import { id, version } from "../../domain/input";
import type { Invited, Meeting } from "../../domain/meeting";
import type { Actor } from "../../domain/permission";
import { accept, type Outcome, refuse } from "../../domain/refusal";
import { hasVote } from "../../domain/seats";

export const onMeeting = { meetingId: id, version };

/** The meetings at that time whoever calls or moves one was told of, by their ids; not given: there was no page to tell them on. */
export const overlap = z.string().max(2000, { error: "words.tooLong:2000" }).optional();

export type MeetingState = { meeting: Meeting; body: Body; timeZone: string };

export async function loadMeetingState(tx: Db, meetingId: string, actor: Actor): Promise<Outcome<MeetingState>> {
  const meeting = await loadMeeting(tx, actor.communityId, meetingId);
  const body = meeting && (await loadBody(tx, actor.communityId, meeting.bodyId));
  const community = await loadCommunity(tx, actor.communityId);
  return meeting && body && community ? accept({ meeting, body, timeZone: community.timeZone }) : refuse("notFound", { what: meetingId });
}

export const meetingOfState = ({ meeting }: Pick<MeetingState, "meeting">) => meetingSubject(meeting);

// Coming, going and sitting down contradict nothing a chair is writing.
const harmless: ReadonlySet<string> = new Set([
  "meeting.replied",
  "meeting.handoutGiven",
  "meeting.handoutTaken",
  "meeting.seated",
  "meeting.checkedIn",
  "meeting.represented",
  "meeting.voteEnded",
  "meeting.handRaised",
  "meeting.handLowered",
  "meeting.floorGiven",
  "meeting.floorEnded",
]);
export const seenMeeting = ({ meeting }: Pick<MeetingState, "meeting">) => ({ kind: "meeting", id: meeting.id, version: meeting.version, harmless });

/** Issues for an agenda, each with whether another running meeting has it already. */
export async function loadDocket(tx: Db, communityId: string, issueIds: readonly string[], today: string, except?: string): Promise<Outcome<Docket[]>> {
  const docket: Docket[] = [];
  for (const issueId of issueIds) {
    const issue = await loadIssue(tx, communityId, issueId);
    if (!issue) return refuse("notFound", { what: issueId }, "issues");
    const running = await runningAgendaOf(tx, communityId, issueId);
    docket.push({
      issue,
      course: await runningCourseOf(tx, communityId, issueId),
      waits: (await provisionalOn(tx, communityId, issueId)).some((d) => !isLapsed(d, today)),
      onOtherAgenda: running !== null && running.meetingId !== except,
    });
  }
  return accept(docket);
}

/** Who is invited: everybody with an office in the body today, once, in the office that has a vote if one has. */
export async function invitedTo(tx: Db, communityId: string, bodyId: string, today: string): Promise<Invited[]> {
  const byPerson = new Map<string, Invited>();
  for (const { personId, party, role } of await officeHolders(tx, communityId, bodyId, today)) {
    const known = byPerson.get(personId);
    if (!known || (hasVote(role) && !hasVote(known.role))) byPerson.set(personId, { personId, party, role });
  }
  return [...byPerson.values()];
}

/** Who has a vote in a body today by an office there, besides what one office gives. */
export async function votersIn(tx: Db, communityId: string, bodyId: string, today: string, besides: string | null = null): Promise<Set<string>> {
  const held = await officeHolders(tx, communityId, bodyId, today);
  return new Set(held.filter((m) => m.id !== besides && hasVote(m.role)).map((m) => m.personId));
}
