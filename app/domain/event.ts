// Every happening there is. The audit log holds these and nothing else; folding them gives every state back.
import type { AcknowledgementEvent } from "./acknowledgement";
import type { BodyEvent, InvitationEvent, MembershipEvent, PersonEvent } from "./body";
import type { ChannelEvent } from "./channel";
import type { ClockLimits, ClockRule } from "./clock";
import type { CourseEvent } from "./course";
import type { DecisionEvent } from "./decision";
import type { FeedEvent } from "./feed";
import type { FollowUpEvent } from "./follow-up";
import type { IssueEvent } from "./issue";
import type { LetterEvent } from "./letter";
import type { MeetingEvent } from "./meeting";
import type { OrderEvent } from "./order";
import type { PaperEvent } from "./paper";
import type { Procedure } from "./procedure";
import type { ProjectEvent } from "./project";
import type { TaskEvent } from "./task";
import type { Locale } from "./vocabulary";
import type { VoteEvent } from "./vote";
import type { WordEvent } from "./word";

export type CommunityEvent =
  | {
      type: "community.founded";
      id: string;
      locale: Locale;
      timeZone: string;
      dayEndsAt: string;
      clocks: readonly ClockRule[];
      days: Readonly<Record<string, boolean>>;
      firstNumber: number;
      words: { name: string };
    }
  // Limits that are not named are the standard ones.
  | { type: "community.clocksKept"; id: string; rules: readonly ClockRule[]; limits: Partial<ClockLimits> }
  | { type: "community.daysKept"; id: string; days: readonly string[]; working: boolean | null };

/** Sign-ins and their ends: sockets and other devices follow them. */
export type SessionEvent = { type: "session.started"; id: string; personId: string } | { type: "session.revoked"; id: string; personId: string };

/** A community's own copy of a procedure, whole: its figures are everybody's to read. */
export type ProcedureEvent = { type: "procedure.kept"; id: string; procedure: Procedure };

export type DomainEvent =
  | CommunityEvent
  | BodyEvent
  | PersonEvent
  | MembershipEvent
  | InvitationEvent
  | SessionEvent
  | FeedEvent
  | FollowUpEvent
  | IssueEvent
  | CourseEvent
  | MeetingEvent
  | ProcedureEvent
  | VoteEvent
  | PaperEvent
  | DecisionEvent
  | TaskEvent
  | OrderEvent
  | AcknowledgementEvent
  | ProjectEvent
  | WordEvent
  | ChannelEvent
  | LetterEvent;

export type SubjectKind =
  | "community"
  | "body"
  | "person"
  | "membership"
  | "invitation"
  | "session"
  | "feed"
  | "followUp"
  | "issue"
  | "course"
  | "procedure"
  | "meeting"
  | "vote"
  | "paper"
  | "decision"
  | "task"
  | "order"
  | "acknowledgement"
  | "project"
  | "word"
  | "channel"
  | "letter";
export const subjectOf = (event: DomainEvent): SubjectKind => event.type.slice(0, event.type.indexOf(".")) as SubjectKind;

/** The issue an event belongs to in its story, if any. */
export function issueOf(event: DomainEvent): string | null {
  const kind = subjectOf(event);
  if (kind === "issue") return event.id;
  if ("issueId" in event) return event.issueId;
  return event.type === "meeting.itemAdded" ? event.item.issueId : null;
}

/** The meeting whose pages an event changes, if any. */
export function meetingOf(event: DomainEvent): string | null {
  if (subjectOf(event) === "meeting") return event.id;
  return "meetingId" in event ? event.meetingId : null;
}
