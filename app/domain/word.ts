// Who needs to know of each happening, why, and how urgently. A new kind of event does not compile until it stands here.
import { z } from "zod";
import type { DomainEvent } from "./event";
import { accept, type Outcome, refuse } from "./refusal";
import { type Locale, locales } from "./vocabulary";

/** How people stand to what happened; the data layer knows who that is. `group` is the robot of a body, `itself` the channel the event is about. */
export const relations = [
  "raiser",
  "joined",
  "desk",
  "deskBefore",
  "chairs",
  "assignee",
  "leadBefore",
  "supporter",
  "newSupporter",
  "overseer",
  "checkers",
  "signers",
  "invited",
  "onAgenda",
  "person",
  "secretary",
  "group",
  "itself",
] as const;
export type Relation = (typeof relations)[number];
/**
 * Pressing: owed in an urgent issue, whose hours do not wait for a daily letter or for the morning. Owed: somebody must do
 * something. News: it concerns them. Aside: good to know, and nobody waits.
 */
export type Urgency = "pressing" | "owed" | "news" | "aside";
/** What people choose for: what they raised or joined, their desk, meetings and papers, tasks, reminders, their own offices and channels. */
export const kinds = ["mine", "desk", "meeting", "task", "reminder", "own"] as const;
export type Kind = (typeof kinds)[number];
export type Telling = { to: Relation; kind: Kind; urgency: Urgency };
/** Why nobody is told: its actor did it to themselves, everybody there sees it happen, it is told by what follows, or it is how the house is kept. */
export type Silence = "own" | "seenInTheRoom" | "followed" | "housekeeping";

const tell = (to: Relation, kind: Kind, urgency: Urgency): Telling => ({ to, kind, urgency });
const raiser = (urgency: Urgency) => tell("raiser", "mine", urgency);
const joined = tell("joined", "mine", "aside");
const desk = (urgency: Urgency) => tell("desk", "desk", urgency);
const chairs = (urgency: Urgency) => tell("chairs", "desk", urgency);
const invited = (urgency: Urgency) => tell("invited", "meeting", urgency);
const group = tell("group", "desk", "news");
const onAgenda = tell("onAgenda", "mine", "news");

export const tellings = {
  "community.founded": "housekeeping",
  "community.clocksKept": "housekeeping",
  "community.daysKept": "housekeeping",
  "followUp.set": "housekeeping",
  "body.added": "housekeeping",
  "body.changed": "housekeeping",
  "body.cadenceSet": [tell("chairs", "meeting", "aside")],
  "body.cadenceEnded": [tell("chairs", "meeting", "aside")],
  "body.ended": "housekeeping",
  "person.added": "housekeeping",
  "person.joined": "own",
  "person.passwordChanged": "own",
  "person.renamed": "housekeeping",
  "membership.begun": [tell("person", "own", "news")],
  "membership.changed": [tell("person", "own", "aside")],
  "membership.ended": [tell("person", "own", "news")],
  "invitation.issued": "housekeeping",
  "invitation.used": "own",
  "invitation.revoked": "housekeeping",
  "session.started": "own",
  "session.revoked": "own",
  "feed.opened": "own",
  "feed.revoked": "own",
  "procedure.kept": "housekeeping",

  "issue.raised": [desk("owed"), group],
  "issue.accepted": [raiser("news")],
  "issue.classified": [raiser("aside")],
  "issue.noted": [raiser("aside")],
  "issue.asked": [raiser("owed")],
  "issue.replied": [desk("news")],
  "issue.joined": "followed",
  "issue.escalated": [desk("owed"), raiser("news"), joined, tell("deskBefore", "desk", "aside"), group],
  "issue.remitted": [desk("owed"), raiser("news"), joined, group],
  "issue.answered": [raiser("owed"), tell("joined", "mine", "news"), group],
  "issue.merged": [raiser("news"), joined],
  "issue.absorbed": "followed",
  "issue.assigned": "followed",
  "issue.closed": [desk("aside"), joined],
  "issue.reopened": [desk("owed"), raiser("news"), joined, group],
  "issue.extended": [raiser("news"), joined],
  "issue.rated": [desk("aside")],
  "issue.lapsed": [raiser("aside"), desk("aside")],
  "issue.appealed": [desk("owed"), tell("deskBefore", "desk", "news"), group],

  "order.given": [desk("owed"), group],
  "order.answered": [tell("overseer", "desk", "news")],
  "order.withdrawn": [desk("news")],
  "acknowledgement.owed": [desk("owed")],
  "acknowledgement.given": [tell("overseer", "desk", "aside")],
  "acknowledgement.withdrawn": "followed",

  "course.begun": [raiser("aside")],
  "course.passed": [raiser("aside")],
  "course.rejected": [raiser("news")],
  "course.posted": [raiser("news"), joined],
  "course.stopped": [raiser("news")],

  "meeting.called": [invited("owed"), onAgenda, group],
  "meeting.moved": [invited("owed"), onAgenda, group],
  "meeting.cancelled": [invited("news"), onAgenda, group],
  "meeting.itemAdded": [raiser("news"), joined],
  "meeting.itemRemoved": [raiser("aside")],
  "meeting.ordered": "followed",
  // The meeting's page counts them; thirty answers are not thirty messages.
  "meeting.replied": "followed",
  "meeting.seated": "seenInTheRoom",
  // The minutes that say so are signed anew.
  "meeting.seatMended": "followed",
  "meeting.checkedIn": "seenInTheRoom",
  "meeting.represented": "seenInTheRoom",
  // The end of their office is what they are told.
  "meeting.voteEnded": "followed",
  "meeting.recused": "seenInTheRoom",
  "meeting.handoutGiven": [invited("aside")],
  "meeting.handoutTaken": "followed",
  "meeting.opened": "seenInTheRoom",
  "meeting.closed": "followed",
  "meeting.itemTaken": "seenInTheRoom",
  "meeting.handRaised": "seenInTheRoom",
  "meeting.handLowered": "seenInTheRoom",
  "meeting.floorGiven": "seenInTheRoom",
  "meeting.floorEnded": "seenInTheRoom",

  "vote.opened": "seenInTheRoom",
  "vote.cast": "seenInTheRoom",
  "vote.closed": "seenInTheRoom",
  "vote.voided": "seenInTheRoom",

  "paper.frozen": [tell("signers", "meeting", "owed")],
  "paper.signed": "followed",
  "paper.adopted": [invited("news"), group],
  "paper.sentBack": [tell("chairs", "meeting", "owed")],
  "paper.withdrawn": [tell("chairs", "meeting", "news")],
  "paper.finished": "followed",

  "decision.recorded": [raiser("news"), joined],
  "decision.amended": [raiser("aside")],
  "decision.ratified": [raiser("aside")],
  "decision.overturned": [raiser("news"), chairs("news")],

  "task.assigned": [tell("assignee", "task", "owed"), tell("supporter", "task", "news"), group],
  "task.accepted": [tell("chairs", "task", "aside")],
  "task.progressed": [tell("chairs", "task", "aside"), raiser("aside")],
  "task.handedIn": [tell("checkers", "task", "owed")],
  "task.verified": [tell("assignee", "task", "news")],
  "task.returned": [tell("assignee", "task", "owed")],
  "task.stepAdded": "followed",
  "task.stepTicked": "followed",
  "task.stepDropped": "followed",
  "task.photosGiven": "followed",
  "task.documentGiven": "followed",
  "task.supportSet": [tell("newSupporter", "task", "news")],
  "task.sentBack": [tell("chairs", "task", "owed")],
  "task.insisted": [tell("assignee", "task", "owed")],
  "task.reassigned": [tell("assignee", "task", "owed"), tell("leadBefore", "task", "news")],
  "task.handedOver": [tell("assignee", "task", "owed"), tell("leadBefore", "task", "news"), tell("chairs", "task", "aside")],
  "task.extensionAsked": [tell("chairs", "task", "owed")],
  "task.extended": [tell("assignee", "task", "news")],
  "task.extensionRefused": [tell("assignee", "task", "news")],
  "task.extensionDropped": "followed",
  "task.confirmed": [tell("assignee", "task", "news"), tell("checkers", "task", "aside")],
  "task.reopened": [tell("assignee", "task", "owed"), tell("checkers", "task", "aside")],
  "task.unheld": [tell("chairs", "task", "owed"), tell("secretary", "task", "news")],
  "task.held": "followed",
  "task.repeated": "followed",
  "task.repeatStopped": [tell("assignee", "task", "aside")],

  "project.opened": [tell("assignee", "task", "owed"), raiser("news"), joined, group],
  "project.planned": [tell("assignee", "task", "news")],
  "project.received": [tell("checkers", "task", "aside")],
  "project.reported": [tell("checkers", "task", "aside"), raiser("aside")],
  "project.finished": [tell("checkers", "task", "owed")],
  "project.stopped": [tell("assignee", "task", "news"), raiser("news"), joined],
  "project.verified": [tell("assignee", "task", "news"), raiser("news"), joined],
  "project.returned": [tell("assignee", "task", "owed")],
  "project.unheld": [tell("chairs", "task", "owed"), tell("secretary", "task", "news")],
  "project.held": "followed",

  "word.preferred": "own",
  "channel.opened": [tell("itself", "own", "owed")],
  "channel.confirmed": "own",
  "channel.closed": "own",
  "channel.tried": [tell("itself", "own", "news")],
  "letter.resent": "housekeeping",
  "letter.dropped": "housekeeping",
} as const satisfies Record<DomainEvent["type"], readonly Telling[] | Silence>;

type ToldOf<T> = { [K in keyof T]: T[K] extends readonly Telling[] ? K : never }[keyof T];
/** Reminders stand beside the events: a date that is near or over, a meeting tomorrow, a paper unsigned. Each is of a matter of one kind. */
export const reminders = {
  issueSoon: "issue",
  issueLate: "issue",
  taskSoon: "task",
  taskLate: "task",
  orderSoon: "order",
  orderLate: "order",
  acknowledgementSoon: "acknowledgement",
  acknowledgementLate: "acknowledgement",
  meeting: "meeting",
  paper: "paper",
} as const;
export type Reminder = keyof typeof reminders;
export type MatterKind = (typeof reminders)[Reminder];
export type ToldType = ToldOf<typeof tellings> | `reminder.${Reminder}`;
export const tellingsOf = (type: DomainEvent["type"]): readonly Telling[] => {
  const told: readonly Telling[] | Silence = tellings[type];
  return typeof told === "string" ? [] : told;
};

const weight: Record<Urgency, number> = { pressing: 3, owed: 2, news: 1, aside: 0 };
/** Whether a word asks something of its reader. */
export const asks = (urgency: Urgency): boolean => weight[urgency] >= weight.owed;
/** Of several reasons to tell one person the same thing, the most urgent one; of equal ones the first. */
export const strongest = <T extends { urgency: Urgency }>(reasons: readonly T[]): T | undefined =>
  reasons.reduce<T | undefined>((best, one) => (best && weight[best.urgency] >= weight[one.urgency] ? best : one), undefined);

/**
 * Whether a matter due on `due` (a local day) is spoken of on `today`: the day before, the day itself, the day after, and then once a
 * week. An elder with a hundred overdue things hears of each seldom.
 */
export function remindsOn(due: string, today: string): "soon" | "late" | null {
  const over = Math.round((Date.parse(`${today}T00:00:00Z`) - Date.parse(`${due}T00:00:00Z`)) / 86_400_000);
  if (over === -1 || over === 0) return "soon";
  return over === 1 || (over > 0 && over % 7 === 0) ? "late" : null;
}

// What a person wants to hear, where, and when.

export const modes = ["now", "digest", "never"] as const;
export type Mode = (typeof modes)[number];
/** Channels a person chooses for. What happens in the product itself cannot be turned off: it only waits there. */
export const chosenChannels = ["mail", "push"] as const;
export type Chosen = (typeof chosenChannels)[number];
export type Modes = Record<Chosen, Record<Kind, Mode>>;
/** Local times are HH:MM of the community's zone; quiet from and until the same time means never quiet. `locale` null: the community's. */
export type Preference = { locale: Locale | null; quietFrom: string; quietUntil: string; digestAt: string; modes: Modes };
export type WordPreference = Preference & { communityId: string; id: string; version: number };

export type WordEvent = { type: "word.preferred"; id: string } & Preference;

const all = (mode: Mode, except: Partial<Record<Kind, Mode>> = {}): Record<Kind, Mode> => ({
  mine: mode,
  desk: mode,
  meeting: mode,
  task: mode,
  reminder: mode,
  own: mode,
  ...except,
});
const times = { locale: null, quietFrom: "22:00", quietUntil: "07:00", digestAt: "08:00" } as const;
/** What people begin with: what they raised, meetings and tasks at once, the rest in one letter a day. */
export const usual: Preference = {
  ...times,
  modes: { mail: all("digest", { mine: "now", meeting: "now", task: "now", own: "now" }), push: all("never", { mine: "now", meeting: "now", task: "now" }) },
};
/** For whoever wants quiet, and what residents without a desk begin with: one letter a day, and the telephone silent but for meetings. */
export const few: Preference = { ...times, modes: { mail: all("digest", { meeting: "now" }), push: all("never", { meeting: "now" }) } };

const time = z.string({ error: "time.malformed" }).regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: "time.malformed" });
const mode = z.enum(modes, { error: "choice.missing" });
const perKind = z.object({ mine: mode, desk: mode, meeting: mode, task: mode, reminder: mode, own: mode });
export const preferenceFields = z.object({
  locale: z.enum(locales).nullable(),
  quietFrom: time,
  quietUntil: time,
  digestAt: time,
  modes: z.object({ mail: perKind, push: perKind }),
});

/** No quiet hours at all: what the plain choice stands for. */
export const noQuiet = { quietFrom: "00:00", quietUntil: "00:00" } as const;

/** Keep what somebody wants to hear. Refused: quiet hours that begin when they end, and a digest hour that lies in the quiet hours, where it could never come on time. */
export function prefer(personId: string, fields: Preference): Outcome<WordEvent> {
  if (fields.quietFrom === fields.quietUntil && fields.quietFrom !== noQuiet.quietFrom) return refuse("word.quietSame", {}, "quietUntil");
  if (within(fields.digestAt, fields.quietFrom, fields.quietUntil))
    return refuse("word.digestInQuiet", { from: fields.quietFrom, until: fields.quietUntil }, "digestAt");
  return accept({ type: "word.preferred", id: personId, ...fields });
}

/** The same wishes with everything in one channel turned off: what "unsubscribe" does. */
export const silenced = (preference: Preference, channel: Chosen): Preference => ({
  locale: preference.locale,
  quietFrom: preference.quietFrom,
  quietUntil: preference.quietUntil,
  digestAt: preference.digestAt,
  modes: { ...preference.modes, [channel]: all("never") },
});

/** Nothing at all is wanted there. */
export const isSilent = ({ modes }: Preference, channel: Chosen): boolean => kinds.every((kind) => modes[channel][kind] === "never");

/** The same wishes with one channel as it was chosen before it was stopped (`before`), or as people begin with it: what turns it on again. */
export const heardAgain = (preference: Preference, channel: Chosen, desk: boolean, before: Modes | null): Preference => ({
  ...preference,
  modes: { ...preference.modes, [channel]: (before ?? (desk ? usual : few).modes)[channel] },
});

export function evolveWord(before: WordPreference | null, event: WordEvent, by: { communityId: string }): WordPreference {
  const { type: _, ...fields } = event;
  return { communityId: by.communityId, ...fields, version: (before?.version ?? 0) + 1 };
}

/** Whether a local time lies from `from` until before `until`, over midnight too. */
export const within = (at: string, from: string, until: string): boolean =>
  from === until ? false : from < until ? from <= at && at < until : at >= from || at < until;

/** What a button in a letter can do by itself: each is one command in the name of whoever the letter was for. */
export const acts = ["accept", "come", "cannot", "solved", "unsolved", "confirm", "stop"] as const;
export type Act = (typeof acts)[number];
/** Milliseconds a button of a letter works for; the one that stops the letters works as long as anybody keeps one. */
export const actLasts = (act: Act): number => (act === "stop" ? 400 : 14) * 86_400_000;
