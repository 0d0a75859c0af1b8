// Who may do what: one table, asked by every command, view, file and socket. It knows no states; the rules do.
import type { Party, Role } from "./vocabulary";

export type Post = { membershipId: string; bodyId: string; role: Role; party: Party };

/** Somebody signed in, with the offices they hold today. */
export type Actor = { communityId: string; personId: string; name: string; posts: readonly Post[] };

/** Who the log names when time passed and nobody pressed. No person can have this id: theirs have 16 characters. */
export const clockId = "clock";
export const clockActor = (communityId: string): Actor => ({ communityId, personId: clockId, name: "", posts: [] });

/** How bodies and people stand to the thing acted on. */
export type BodyRelation = "holder" | "above" | "raisedIn" | "path" | "body" | "assigneeBody" | "supportBody" | "community";
export type PersonRelation = "signer" | "raiser" | "joined" | "assignee" | "supporter" | "inCharge" | "invited" | "self" | "clock";
export type Subject = {
  communityId: string;
  bodies: Partial<Record<BodyRelation, readonly string[]>>;
  people: Partial<Record<PersonRelation, readonly string[]>>;
  /** It was told to those who handle it alone: to have one's home in a body it passes through gives no part in it. */
  confided?: boolean;
};

/** Work in hand is an office's: whoever holds none today has no part in it any more, also where it still names them. */
const withOffice: ReadonlySet<PersonRelation> = new Set(["assignee", "supporter"]);
/**
 * A grant to offices in a related body (no roles: any office there), to a related person (`of`: as long as they hold an office there
 * that work may be given to), or to every member of the community.
 */
export type Grant = { in: BodyRelation; roles?: readonly Role[] } | { who: PersonRelation; of?: BodyRelation } | { everyMember: true };

const officers = ["head", "chair", "linkedLeader"] as const;
const desk = ["head", "chair", "linkedLeader", "recorder"] as const;
const sitting = ["head", "stairwell", "chair", "linkedLeader", "recorder", "member", "gridWorker"] as const;
export const working = ["head", "chair", "member", "staff", "recorder"] as const;
/** Whether somebody in this office does what their body has to do. */
export const worksThere = ({ role }: Pick<Post, "role">): boolean => (working as readonly Role[]).includes(role);
/** Whether work may be given to somebody in this office: a neighbour who only lives there is asked, not charged. */
export const mayBeCharged = ({ role }: Pick<Post, "role">): boolean => role !== "resident";

const secretary: Grant = { in: "community", roles: ["secretary"] };
/** Who has work in hand: those it was given to, and those who help them. */
const leads = [{ who: "assignee" }, { in: "assigneeBody", roles: working }] as const satisfies Grant[];
const doers = [...leads, { who: "supporter" }, { in: "supportBody", roles: working }] as const satisfies Grant[];
/**
 * Who answers for a project: whoever it was given to while they are of the body that does it, and that body's workers. Departments
 * often tell the minutes' writer how far they are, who puts it down for them.
 */
const inCharge = [
  { who: "inCharge", of: "assigneeBody" },
  { in: "assigneeBody", roles: working },
  { in: "body", roles: ["recorder"] },
] as const satisfies Grant[];
const near = [{ who: "assignee" }, { in: "assigneeBody" }, { who: "supporter" }, { in: "supportBody" }] as const satisfies Grant[];

export const permissions = {
  "issue.raise": [{ everyMember: true }],
  "issue.accept": [{ in: "holder", roles: [...desk, "stairwell", "gridWorker"] }],
  "issue.classify": [{ in: "holder", roles: desk }],
  "issue.note": [{ in: "holder", roles: sitting }],
  "issue.ask": [{ in: "holder", roles: desk }],
  "issue.reply": [{ who: "raiser" }],
  "issue.join": [{ everyMember: true }],
  "issue.settle": [{ in: "holder", roles: [...officers, "gridWorker"] }],
  "issue.decline": [{ in: "holder", roles: officers }],
  "issue.merge": [{ in: "holder", roles: officers }],
  "issue.escalate": [{ in: "holder", roles: [...officers, "gridWorker"] }],
  "issue.remit": [{ in: "holder", roles: officers }],
  "issue.feedback": [{ who: "raiser" }],
  "issue.appeal": [{ who: "raiser" }],
  "issue.rate": [{ who: "joined" }],
  "issue.lapse": [{ who: "clock" }],
  "followUp.set": [secretary],

  "issue.extend": [{ in: "holder", roles: officers }],
  "issue.escalateOverdue": [{ who: "clock" }],

  "order.give": [{ in: "above", roles: ["chair", "linkedLeader"] }],
  "order.answer": [{ in: "body", roles: desk }],
  "order.withdraw": [{ in: "body", roles: ["chair", "linkedLeader"] }],
  "acknowledgement.owe": [{ who: "clock" }],
  "acknowledgement.withdraw": [{ who: "clock" }],
  "acknowledgement.give": [{ in: "body", roles: [...desk, "gridWorker"] }],

  "course.begin": [{ in: "holder", roles: officers }],
  "course.post": [{ in: "holder", roles: desk }],
  "course.pass": [{ in: "holder", roles: desk }],
  "course.stop": [{ in: "holder", roles: officers }],

  "meeting.call": [{ in: "body", roles: ["chair", "linkedLeader", "recorder"] }],
  "meeting.move": [{ in: "body", roles: ["chair", "linkedLeader", "recorder"] }],
  "meeting.cancel": [{ in: "body", roles: ["chair", "linkedLeader"] }],
  "meeting.addItem": [{ in: "body", roles: ["chair", "linkedLeader", "recorder"] }],
  "meeting.removeItem": [{ in: "body", roles: ["chair", "linkedLeader", "recorder"] }],
  "meeting.giveHandout": [{ in: "body", roles: ["chair", "linkedLeader", "recorder"] }],
  "meeting.takeHandout": [{ in: "body", roles: ["chair", "linkedLeader", "recorder"] }],
  "meeting.order": [{ in: "body", roles: ["chair", "linkedLeader", "recorder"] }],
  "meeting.reply": [{ who: "invited" }],
  "meeting.seat": [{ in: "body", roles: ["chair", "linkedLeader", "recorder"] }],
  "meeting.checkIn": [{ who: "invited" }],
  "meeting.represent": [{ in: "body", roles: ["chair", "linkedLeader", "recorder"] }],
  "meeting.recuse": [{ who: "self" }, { in: "body", roles: ["chair", "linkedLeader", "recorder"] }],
  "meeting.takeItem": [{ in: "body", roles: ["chair", "linkedLeader", "recorder"] }],
  "meeting.raiseHand": [{ who: "invited" }],
  "meeting.lowerHand": [{ who: "invited" }],
  "meeting.giveFloor": [{ in: "body", roles: ["chair", "linkedLeader", "recorder"] }],
  "meeting.endFloor": [{ who: "self" }, { in: "body", roles: ["chair", "linkedLeader", "recorder"] }],
  "meeting.open": [{ in: "body", roles: ["chair", "linkedLeader", "recorder"] }],
  "meeting.close": [{ in: "body", roles: ["chair", "linkedLeader"] }],

  "vote.open": [{ in: "body", roles: ["chair", "linkedLeader", "recorder"] }],
  "vote.cast": [{ who: "invited" }, { in: "body", roles: ["chair", "linkedLeader", "recorder"] }],
  "vote.close": [{ in: "body", roles: ["chair", "linkedLeader", "recorder"] }],
  "vote.void": [{ in: "body", roles: ["chair", "linkedLeader"] }],

  "paper.freeze": [{ in: "body", roles: ["chair", "linkedLeader"] }],
  "paper.sign": [{ who: "signer" }],
  "paper.sendBack": [{ who: "signer" }],
  "paper.withdraw": [{ who: "signer" }, { in: "body", roles: ["chair", "linkedLeader", "recorder"] }],
  "paper.mendRoll": [{ in: "body", roles: ["chair", "linkedLeader", "recorder"] }],
  "paper.finish": [{ in: "body", roles: ["chair", "linkedLeader", "recorder"] }],
  "paper.addend": [{ in: "body", roles: ["chair", "linkedLeader", "recorder"] }],
  "paper.summarise": [{ in: "body", roles: ["chair", "linkedLeader", "recorder"] }],

  "decision.record": [{ in: "body", roles: ["chair", "linkedLeader", "recorder"] }],
  "decision.amend": [{ in: "body", roles: ["chair", "linkedLeader", "recorder"] }],

  "task.assign": [{ in: "body", roles: ["chair", "linkedLeader", "recorder"] }],
  "task.accept": [{ who: "assignee" }, { in: "assigneeBody", roles: working }],
  "task.progress": doers,
  "task.handIn": [{ who: "assignee" }, { in: "assigneeBody", roles: working }],
  "task.verify": [
    { in: "raisedIn", roles: desk },
    { in: "body", roles: desk },
  ],
  "task.return": [
    { in: "raisedIn", roles: desk },
    { in: "body", roles: desk },
  ],
  "task.addStep": [...leads, { in: "body", roles: desk }],
  "task.dropStep": [...leads, { in: "body", roles: desk }],
  "task.tickStep": doers,
  "task.givePhotos": doers,
  "task.giveDocument": doers,
  "task.setSupport": [{ in: "body", roles: desk }],
  // Only the lead returns it or passes it on inside their body; only the body that decided gives it to others.
  "task.sendBack": leads,
  "task.insist": [{ in: "body", roles: desk }],
  "task.reassign": [{ in: "body", roles: desk }],
  "task.handOver": leads,
  "task.askExtension": leads,
  "task.decideExtension": [{ in: "body", roles: desk }],
  "task.confirm": [{ who: "raiser" }, { who: "joined" }],
  "task.reopen": [{ who: "raiser" }, { who: "joined" }],
  "task.stopRepeat": [{ in: "body", roles: desk }],
  "task.repeat": [{ who: "clock" }],
  "task.fall": [{ who: "clock" }],
  "task.watch": [{ who: "clock" }],
  "task.dropExtension": [{ who: "clock" }],

  "project.open": [{ in: "body", roles: ["chair", "linkedLeader", "recorder"] }],
  "project.plan": [{ in: "body", roles: ["chair", "linkedLeader", "recorder"] }],
  "project.receive": inCharge,
  "project.report": inCharge,
  "project.finish": inCharge,
  "project.stop": [{ in: "body", roles: ["chair", "linkedLeader"] }],
  "project.verify": [{ in: "body", roles: desk }],
  "project.return": [{ in: "body", roles: desk }],
  "project.watch": [{ who: "clock" }],

  "procedure.keep": [secretary],
  "community.keepClocks": [secretary],
  "community.keepDays": [secretary],
  "body.add": [secretary],
  "body.change": [secretary],
  "body.end": [secretary],
  "body.setCadence": [secretary, { in: "body", roles: ["chair", "recorder"] }],
  "membership.begin": [secretary],
  "membership.change": [secretary],
  "membership.end": [secretary],
  "invitation.issue": [secretary],

  // One's own account. The door has checked who it is before it asks.
  "invitation.use": [{ who: "self" }],
  "session.start": [{ who: "self" }],
  "session.revoke": [{ who: "self" }],
  "person.changePassword": [{ who: "self" }],
  // An address of one's own; what it shows is asked again at every fetch.
  "feed.open": [{ everyMember: true }],
  "feed.revoke": [{ who: "self" }],

  "word.prefer": [{ who: "self" }],
  "word.markRead": [{ who: "self" }],
  // One's own mailbox and browsers; the robot of a body's group. An address nobody answers at is closed by the clock.
  "channel.open": [{ who: "self" }, secretary, { in: "body", roles: ["chair"] }],
  "channel.confirm": [{ who: "self" }],
  "channel.try": [{ who: "self" }, secretary, { in: "body", roles: ["chair"] }],
  "channel.close": [{ who: "self" }, { who: "clock" }, secretary, { in: "body", roles: ["chair"] }],
  "letter.resend": [secretary],
  "letter.drop": [secretary],

  // Looking. The views and sockets ask these; no command does.
  "issue.see.handlers": [{ in: "path" }, { who: "raiser" }, { who: "joined" }, ...near],
  // Who is linked to a level above may order an answer, and so reads what a building was told; what was told to those who handle it
  // alone is theirs when it comes up to their level, by hand or by the clock.
  "issue.see.body": [{ in: "path" }, { in: "body" }, { in: "above", roles: ["linkedLeader"] }, { who: "raiser" }, { who: "joined" }, ...near],
  "issue.see.community": [{ everyMember: true }],
  // What neighbours said about an answer, without their names: for those who handled it.
  "issue.see.ratings": [{ in: "path", roles: sitting }],
  "meeting.see": [{ everyMember: true }],
  "minutes.write": [{ in: "body", roles: sitting }],
  "minutes.read": [{ in: "body" }, { who: "invited" }],
  "minutes.readClosed": [{ everyMember: true }],
  "project.see": [{ in: "assigneeBody" }, { in: "path" }, { in: "body" }, { in: "raisedIn" }, { who: "raiser" }, { who: "clock" }],
  "task.see": [...near, { in: "path" }, { in: "body" }, { in: "raisedIn" }, { who: "raiser" }, { who: "joined" }, { who: "clock" }],
  "body.see": [{ everyMember: true }],
  "setup.see": [secretary],
  // Figures: those who chair, write or coordinate see the whole community's, a head their own body's.
  "figures.see.all": [{ in: "body", roles: ["chair", "linkedLeader", "recorder"] }, secretary],
  "figures.see.body": [{ in: "body", roles: ["head"] }],
  "robots.see": [secretary, { in: "body", roles: ["chair"] }],
} as const satisfies Record<string, readonly Grant[]>;

export type Action = keyof typeof permissions;

/** Whether `actor` may do `action` to `subject`. Never across communities; nobody without an office may do anything but what is theirs in person. */
export function can(actor: Actor, action: Action, subject: Subject): boolean {
  if (actor.communityId !== subject.communityId) return false;
  const grants: readonly Grant[] = permissions[action];
  return grants.some((grant) => {
    if ("everyMember" in grant) return actor.posts.length > 0;
    if ("who" in grant) {
      if (!subject.people[grant.who]?.includes(actor.personId)) return false;
      const { of } = grant;
      if (of) return actor.posts.some((post) => mayBeCharged(post) && subject.bodies[of]?.includes(post.bodyId));
      return actor.posts.length > 0 || !withOffice.has(grant.who);
    }
    const bodies = subject.bodies[grant.in] ?? [];
    const counts = (post: Post) => (grant.roles ? grant.roles.includes(post.role) : !subject.confided || mayBeCharged(post));
    return actor.posts.some((post) => bodies.includes(post.bodyId) && counts(post));
  });
}
