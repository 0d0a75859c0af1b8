// Things as the rules see them, with only what a test cares about said.
import type { Body } from "../../app/domain/body";
import type { Course } from "../../app/domain/course";
import type { Decision } from "../../app/domain/decision";
import { emptyFloor } from "../../app/domain/floor";
import type { Issue, Stay } from "../../app/domain/issue";
import type { AgendaItem, Meeting, Seat } from "../../app/domain/meeting";
import type { Procedure, Rule, Terms } from "../../app/domain/procedure";
import { noMoney, type Project } from "../../app/domain/project";
import type { Outcome } from "../../app/domain/refusal";
import type { Task } from "../../app/domain/task";

export const clock = { respondBy: "2026-03-06T10:00:00.000Z", settleBy: "2026-03-18T10:00:00.000Z" };
export const monday = "2026-03-02T01:00:00.000Z";
export const by = { actorId: "head7", at: monday, communityId: "c" };

export const body = (over: Partial<Body> = {}): Body => ({
  communityId: "c",
  id: "b7",
  kind: "building",
  party: null,
  name: "Building 7",
  estate: "Baoyuan",
  escalatesToId: "council",
  stairwells: 3,
  households: 24,
  quorum: { numerator: 2, denominator: 3, parties: [] },
  cadence: null,
  endedAt: null,
  version: 1,
  ...over,
});
export const council = (over: Partial<Body> = {}) => body({ id: "council", kind: "council", name: "Council", escalatesToId: "joint", ...over });
export const joint = (over: Partial<Body> = {}) => body({ id: "joint", kind: "jointMeeting", name: "Joint meeting", escalatesToId: null, ...over });

export const stay = (over: Partial<Stay> = {}): Stay => ({
  bodyId: "b7",
  came: "raised",
  receivedAt: monday,
  brief: "",
  acceptedBy: null,
  acceptedAt: null,
  ending: null,
  endedAt: null,
  endedBy: null,
  said: "",
  extensions: 0,
  ...clock,
  ...over,
});

export const issue = (over: Partial<Issue> = {}): Issue => ({
  communityId: "c",
  id: "i1",
  number: "2026-0147",
  title: "No water upstairs",
  what: "No water upstairs",
  category: "water",
  track: "hard",
  visibility: "community",
  buildingId: "b7",
  stairwell: null,
  place: "",
  raisedBy: "raiser",
  raisedAt: monday,
  phase: { status: "open" },
  stays: [stay()],
  supports: [],
  ratings: [],
  version: 3,
  ...over,
});
export const answered = (kind: "settled" | "declined" | "done" = "settled", over: Partial<Issue> = {}) =>
  issue({ phase: { status: "answered", answer: { kind, text: "done", bodyId: over.stays?.at(-1)?.bodyId ?? "b7", at: monday } }, ...over });
export const atCouncil = (over: Partial<Issue> = {}) =>
  issue({ stays: [stay({ ending: "escalated", endedAt: monday }), stay({ bodyId: "council", came: "escalated" })], ...over });

export const seat = (personId: string, over: Partial<Seat> = {}): Seat => ({
  personId,
  party: "owners",
  role: "member",
  votes: true,
  reply: "none",
  presence: "present",
  proxyTo: null,
  arrivedAt: monday,
  leftAt: null,
  ...over,
});
const plain = { zh: "规矩", en: "rule" };
type Demand = Rule extends infer R ? (R extends Rule ? Omit<R, "id" | "text" | "source"> : never) : never;
/** Terms with these demands and no other. */
export const terms = (...demands: readonly Demand[]): Terms => ({
  procedure: "test",
  version: 1,
  stage: "meeting",
  course: false,
  title: plain,
  rules: demands.map((demand, n) => ({ id: `1.${n + 1}`, text: plain, source: plain, ...demand })),
});
export const item = (id: string, issueId: string, over: Partial<AgendaItem> = {}): AgendaItem => ({
  id,
  issueId,
  minutes: 15,
  carried: 0,
  addedAt: monday,
  recused: [],
  unfinished: false,
  ...over,
});
export const meeting = (over: Partial<Meeting> = {}): Meeting => ({
  communityId: "c",
  id: "m1",
  bodyId: "council",
  position: 3,
  startsAt: "2026-03-26T11:00:00.000Z",
  endsAt: "2026-03-26T12:30:00.000Z",
  place: "Hall",
  status: "inSession",
  calledBy: "chair",
  openedAt: monday,
  closedAt: null,
  closedBy: null,
  reason: "",
  terms: terms(),
  quorum: council().quorum,
  noticeBy: "2026-03-23T16:00:00.000Z",
  urgency: null,
  items: [item("item1", "i1")],
  floor: emptyFloor,
  handouts: [],
  seats: [seat("a"), seat("b"), seat("c")],
  version: 4,
  ...over,
});
export const decision = (over: Partial<Decision> = {}): Decision => ({
  communityId: "c",
  id: "d1",
  meetingId: "m1",
  itemId: "item1",
  issueId: "i1",
  bodyId: "council",
  text: "Replace the pumps",
  method: "consensus",
  outcome: "adopted",
  counts: {},
  voteId: null,
  ratifyBy: null,
  ratifiedById: null,
  overturned: false,
  recordedBy: "recorder",
  recordedAt: monday,
  version: 1,
  ...over,
});
export const task = (over: Partial<Task> = {}): Task => ({
  communityId: "c",
  id: "t1",
  decisionId: "d1",
  issueId: "i1",
  bodyId: "council",
  title: "Survey",
  assignee: { kind: "body", id: "water" },
  dueOn: "2026-04-10",
  dueAt: "2026-04-10T10:00:00.000Z",
  proof: "Report",
  status: "assigned",
  assignedBy: "chair",
  assignedAt: monday,
  acceptedBy: null,
  acceptedAt: null,
  progress: "",
  evidence: "",
  handedInBy: null,
  handedInAt: null,
  verifiedBy: null,
  verifiedAt: null,
  returnedFor: "",
  deskId: "water",
  supporting: [],
  steps: [],
  percent: 0,
  documents: [],
  sentBack: null,
  insisted: [],
  extension: null,
  extensions: 0,
  plannedDueOn: "2026-04-10",
  confirmed: [],
  reopened: 0,
  series: null,
  repeatAt: null,
  nextId: null,
  unheldAt: null,
  version: 1,
  ...over,
});
const plan = { startsOn: "2026-03-01", endsOn: "2026-05-30", budget: 0, funds: noMoney, milestones: [] };
export const project = (over: Partial<Project> = {}): Project => ({
  communityId: "c",
  id: "p1",
  decisionId: "d1",
  issueId: "i1",
  bodyId: "council",
  name: "Pumps",
  responsibleId: "water",
  personId: null,
  plan,
  baseline: plan,
  changes: [],
  received: noMoney,
  progress: {},
  percent: 0,
  spent: 0,
  reports: [],
  status: "running",
  openedBy: "chair",
  openedAt: monday,
  openedOn: "2026-03-02",
  endedOn: null,
  endedBy: null,
  said: "",
  verifiedBy: null,
  verifiedAt: null,
  returnedFor: "",
  unheldAt: null,
  version: 1,
  ...over,
});

/** What a decision came to: its value, or a failure that shows the refusal. */
export function accepted<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`Refused: ${outcome.refusal.code}`);
  return outcome.value;
}
export const refusedFor = <T>(outcome: Outcome<T>): string => (outcome.ok ? "accepted" : outcome.refusal.code);

/** A procedure whose stages are one matter's way: two meetings and a publication of `days`. */
export const way = (days = 7): Procedure => ({
  code: "way",
  version: 1,
  title: plain,
  about: plain,
  course: true,
  stages: [
    { code: "propose", title: { zh: "提议", en: "propose" }, bodies: ["branch"], usual: false, rules: terms({ kind: "lateItems" }).rules as Rule[] },
    { code: "resolve", title: { zh: "决议", en: "resolve" }, bodies: ["assembly"], usual: false, rules: terms({ kind: "lateItems" }).rules as Rule[] },
    { code: "publish", title: { zh: "公开", en: "publish" }, bodies: [], usual: false, rules: terms({ kind: "post", days }).rules as Rule[] },
  ],
});
export const course = (over: Partial<Course> = {}): Course => ({
  communityId: "c",
  id: "course1",
  issueId: "i1",
  procedure: way(),
  status: "running",
  passed: [],
  posted: null,
  begunBy: "head7",
  begunAt: monday,
  endedAt: null,
  reason: "",
  version: 1,
  ...over,
});
/** The same, with its first `n` stages passed. */
export const courseAt = (procedure: Procedure, n: number): Course =>
  course({ procedure, passed: procedure.stages.slice(0, n).map((s) => ({ stage: s.code, at: monday, decisionId: null })) });
