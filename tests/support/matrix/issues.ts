// Every command on issues and their courses, in every state of an issue.
import { beginCourse } from "../../../app/commands/course/begin";
import { postCourse } from "../../../app/commands/course/post";
import { acceptTheIssue } from "../../../app/commands/issue/accept";
import { askRaiser } from "../../../app/commands/issue/ask";
import { declineIssue } from "../../../app/commands/issue/decline";
import { escalateIssue } from "../../../app/commands/issue/escalate";
import { giveIssueFeedback } from "../../../app/commands/issue/feedback";
import { joinIssue } from "../../../app/commands/issue/join";
import { mergeIssue } from "../../../app/commands/issue/merge";
import { settleIssue } from "../../../app/commands/issue/settle";
import { closeMeeting } from "../../../app/commands/meeting/close";
import { assignTask } from "../../../app/commands/task/assign";
import { runningCourseOf, saveCourse } from "../../../app/data/courses.server";
import { type Action, clockActor, clockId } from "../../../app/domain/permission";
import { done, type House } from "../house";
import type { Bench } from "../store";
import { type Area, type Case, decide, meetingWith, opened, raise, words } from "./stage";

const courseActs = new Set(["begin", "post", "pass", "stop"]);
/** Its four meetings, as if they had been held, or more of its stages: what they decide is tried elsewhere. */
async function passMeetings(on: Bench, at: House, issueId: string, stages = 4): Promise<void> {
  const course = await runningCourseOf(on.store.read, at.communityId, issueId);
  if (!course) throw new Error("It is on no course.");
  const passed = course.procedure.stages.slice(0, stages).map((s) => ({ stage: s.code, at: on.clock.now, decisionId: null }));
  await on.store.write((tx) => saveCourse(tx, { ...course, passed }, course));
}

/** Issues on every level, waiting, on agendas, answered, merged, and on their way through a procedure. */
export const issues: Area = async ({ on, at, who }, attempt) => {
  const { perform } = on;
  const [raiser, head, chair] = [who.by("raiser"), who.by("head@b7"), who.by("chair@council")];
  const other = await raise(on, at, head, "Something else to merge into");
  const fresh = async (what: string) => {
    const issue = await raise(on, at, raiser, what);
    await done(perform, joinIssue, who.by("neighbour"), { number: issue.number });
    return issue;
  };
  const up = async (what: string) => {
    const issue = await fresh(what);
    await done(perform, escalateIssue, head, { number: issue.number, to: at.bodies.council, text: "tried" });
    return issue;
  };
  type State = { number: string; holder: "b7" | "council"; path: readonly ("b7" | "council")[]; allows: string[] };
  const states: Record<string, State> = {};
  const low = { holder: "b7", path: ["b7"] } as const;
  const high = { holder: "council", path: ["b7", "council"] } as const;
  const everything = ["accept", "classify", "note", "ask", "join", "settle", "decline", "merge", "escalate"];

  states.raised = { ...(await fresh("raised")), ...low, allows: [...everything] };
  const accepted = await fresh("accepted");
  await done(perform, acceptTheIssue, head, { number: accepted.number });
  states.accepted = { ...accepted, ...low, allows: everything.filter((a) => a !== "accept") };
  const waiting = await fresh("waiting");
  await done(perform, askRaiser, head, { number: waiting.number, text: "where?" });
  states.waiting = { ...waiting, ...low, allows: ["note", "join", "reply"] };
  states.escalated = { ...(await up("escalated")), ...high, allows: [...everything, "remit"] };

  const called = await up("on a called agenda");
  await meetingWith(on, at, who, [called.id]);
  states.called = { ...called, ...high, allows: ["classify", "note", "ask", "join"] };
  const sitting = await up("on a sitting agenda");
  await opened(on, who, await meetingWith(on, at, who, [sitting.id]));
  states.sitting = { ...sitting, ...high, allows: ["classify", "note", "ask", "join"] };

  const doing = await up("being done");
  const { meetingId, decisionId } = await decide({ on, at, who }, doing.id);
  await done(perform, assignTask, chair, { decisionId, title: "Survey", assignee: `body:${at.bodies.water}`, dueOn: "2026-04-10", proof: "report" });
  await done(perform, closeMeeting, chair, { meetingId });
  states.doing = { ...doing, ...high, allows: ["classify", "note", "join", "escalate", "remit"] };

  const settled = await fresh("settled");
  await done(perform, settleIssue, head, { number: settled.number, text: "fixed" });
  states.settled = { ...settled, ...low, allows: ["join", "feedback"] };
  const declined = await fresh("declined");
  await done(perform, declineIssue, head, { number: declined.number, text: "no" });
  states.declined = { ...declined, ...low, allows: ["join", "feedback", "appeal"] };
  const closed = await fresh("closed");
  await done(perform, settleIssue, head, { number: closed.number, text: "fixed" });
  await done(perform, giveIssueFeedback, raiser, { number: closed.number, solved: "yes", content: "content" });
  states.closed = { ...closed, ...low, allows: [] };
  const merged = await fresh("merged");
  await done(perform, mergeIssue, head, { number: merged.number, into: other.number });
  states.merged = { ...merged, ...low, allows: [] };

  // On its way through a procedure: at a meeting, not yet posted, posted and over, carried out.
  const onItsWay = async (name: string) => {
    const issue = await fresh(name);
    await done(perform, beginCourse, head, { number: issue.number, procedure: "fourTwo" });
    return issue;
  };
  const free = ["begin"];
  for (const name of ["raised", "accepted", "escalated", "waiting", "doing"]) states[name]?.allows.push(...free);
  const talk = ["accept", "classify", "note", "ask", "join"];
  states.onCourse = { ...(await onItsWay("on course")), ...low, allows: [...talk, "stop"] };
  const publishing = await onItsWay("to be posted");
  await passMeetings(on, at, publishing.id);
  states.unposted = { ...publishing, ...low, allows: [...talk, "post", "stop"] };
  const posted = await onItsWay("posted");
  await passMeetings(on, at, posted.id);
  await done(perform, postCourse, head, { number: posted.number });
  states.posted = { ...posted, ...low, allows: [...talk, "pass", "stop"] };
  // Everything is decided and published but the result: it is carried out, and settled.
  const carriedOut = await onItsWay("to publish the result");
  await passMeetings(on, at, carriedOut.id, 5);
  states.carriedOut = { ...carriedOut, ...low, allows: [...talk, "settle", "post", "stop"] };

  // After the answer: those who joined may speak while the raiser is asked and for some days after; then the clock ends it.
  for (const name of ["settled", "declined", "closed"]) states[name]?.allows.push("rate");
  on.clock.now = "2026-01-05T01:00:00.000Z";
  const forgotten = await fresh("never answered");
  await done(perform, settleIssue, head, { number: forgotten.number, text: "fixed" });
  states.forgotten = { ...forgotten, ...low, allows: ["join", "feedback", "rate", "lapse"] };

  const text = { text: "words" };
  const inputs: Record<string, (s: State) => object> = {
    begin: () => ({ procedure: "fourTwo" }),
    post: () => ({}),
    pass: () => ({}),
    stop: () => text,
    accept: () => ({}),
    classify: () => ({ title: "Another name", category: "water", track: "hard" }),
    note: () => text,
    ask: () => text,
    reply: () => text,
    join: () => ({}),
    settle: () => text,
    decline: () => text,
    merge: () => ({ into: other.number }),
    escalate: (s) => ({ ...text, to: s.holder === "b7" ? at.bodies.council : at.bodies.joint }),
    remit: () => ({ ...text, to: at.bodies.b7 }),
    feedback: () => ({ solved: "no", content: "fair", why: "slow" }),
    rate: () => ({ solved: "no", content: "fair", why: "partly" }),
    lapse: () => ({}),
    appeal: () => text,
  };
  const cases = Object.entries(states).flatMap(([state, s]) =>
    Object.entries(inputs).map(([act, input]): Case => {
      const action = (courseActs.has(act) ? `course.${act}` : `issue.${act}`) as Action;
      return {
        state,
        action,
        communityId: at.communityId,
        input: { number: s.number, ...input(s) },
        where: {
          bodies: { holder: [at.bodies[s.holder]], raisedIn: [at.bodies.b7], path: s.path.map((p) => at.bodies[p]), body: [at.bodies.b7] },
          people: { raiser: [raiser.personId], joined: [who.by("neighbour").personId], clock: [clockId] },
        },
        // The raiser and who joined before say "me too" to nothing.
        allowed: (actor) => s.allows.includes(act) && !(act === "join" && ["raiser", "neighbour"].includes(actor.name)),
        // Issues of the community are everybody's to see who holds an office in it, and the raiser's own always.
        // The clock looks at nothing but what it ends, whoever may see it.
        hidden: (actor) => act !== "lapse" && (actor.name === "nobody" || actor.personId === clockId),
      };
    }),
  );
  const raising: Case = {
    state: "nothing",
    action: "issue.raise",
    communityId: at.communityId,
    input: { bodyId: at.bodies.b7, what: "x", ...words },
    where: { bodies: {}, people: {} },
    allowed: true,
  };
  on.clock.now = "2026-03-10T01:00:00.000Z";
  await attempt([...cases, raising], [...who.actors, clockActor(at.communityId)]);
};
