import { describe, expect, test } from "vitest";
import {
  acceptIssue,
  appeal,
  ask,
  classify,
  current,
  decline,
  escalate,
  evolveIssue,
  giveFeedback,
  headline,
  householdsOf,
  type Issue,
  type IssueEvent,
  join,
  merge,
  note,
  raise,
  remit,
  reply,
  sayableNumber,
  settle,
} from "../../app/domain/issue";
import { staircase } from "../../app/domain/stairs";
import { accepted, answered, atCouncil, body, by, clock, council, issue, joint, monday, refusedFor, stay } from "../support/given";

const free = { onRunningAgenda: false };
const later = "2026-03-03T01:00:00.000Z";
const then = (state: Issue, event: IssueEvent, actorId = "head7", at = later) => evolveIssue(state, event, { ...by, actorId, at });
const words = {
  what: "No water. Old people carry buckets.",
  place: "",
  buildingId: "b7",
  stairwell: null,
  category: "water",
  track: "hard",
  visibility: "community",
} as const;
const raised = (of: Parameters<typeof raise>[0], over = {}) => raise(of, { ...words, ...over }, { id: "i1", number: "2026-0147" });
const at = (over = {}) => ({ body: body(), building: body(), member: false, photos: 0, clock, ...over });

describe("raising", () => {
  test("[IS1] anybody raises in a building; an upper level takes issues of its members only", () => {
    expect(refusedFor(raised(at()))).toBe("accepted");
    expect(refusedFor(raised(at({ body: council() })))).toBe("issue.startsBelow");
    expect(refusedFor(raised(at({ body: council(), member: true })))).toBe("accepted");
    expect(refusedFor(raised(at({ body: body({ kind: "grid" }) })))).toBe("accepted");
  });
  test("[IS2] ended bodies and bodies that hold no issues take none", () => {
    expect(refusedFor(raised(at({ body: body({ endedAt: monday }) })))).toBe("body.ended");
    expect(refusedFor(raised(at({ body: body({ kind: "department" }) })))).toBe("issue.notALevel");
  });
  test("[IS3] a stairwell is one the building has", () => {
    expect(refusedFor(raised(at(), { stairwell: 3 }))).toBe("accepted");
    expect(refusedFor(raised(at(), { stairwell: 4 }))).toBe("issue.noSuchStairwell");
    expect(refusedFor(raised(at(), { stairwell: 0 }))).toBe("issue.noSuchStairwell");
  });
  test("[IS4] the first clause becomes the title, at most 40 characters", () => {
    expect(headline("六楼没水。老人拎着桶。")).toBe("六楼没水");
    expect(headline("\n\n灯坏了！快来")).toBe("灯坏了");
    const long = headline("很".repeat(90));
    expect([...long].length).toBeLessThanOrEqual(40);
    expect(long.endsWith("…")).toBe(true);
  });
  test("[IS5] a number can be said aloud", () => {
    expect(sayableNumber(2026, 147)).toBe("2026-0147");
    expect(sayableNumber(2026, 12_345)).toBe("2026-12345");
  });
});

describe("at one level", () => {
  test("[IS6] an issue is accepted once", () => {
    expect(refusedFor(acceptIssue(issue()))).toBe("accepted");
    expect(refusedFor(acceptIssue(issue({ stays: [stay({ acceptedAt: monday })] })))).toBe("issue.alreadyAccepted");
    expect(refusedFor(acceptIssue(answered()))).toBe("issue.notOpen");
  });
  test("[IS7] acting accepts", () => {
    const noted = then(issue(), accepted(note(issue(), "looked at it")), "head7");
    expect(current(noted)).toMatchObject({ acceptedBy: "head7", acceptedAt: later });
  });
  test("[IS8] the clock stands still until the raiser answers", () => {
    const asked = then(issue(), accepted(ask(issue(), "Which stairwell?")), "head7", "2026-03-03T01:00:00.000Z");
    const calendar = { timeZone: "Asia/Shanghai", dayEndsAt: "18:00", exceptions: new Map() };
    const ours = { units: { respondUnit: "workingDays", settleUnit: "workingDays" }, calendar } as const;
    expect(asked.phase.status).toBe("waiting");
    expect(refusedFor(settle(asked, "x", 0))).toBe("issue.notOpen");
    const replied = then(asked, accepted(reply(asked, "The second", 0, { ...ours, now: "2026-03-05T01:00:00.000Z" })), "raiser");
    expect(replied.phase.status).toBe("open");
    expect(current(replied).settleBy).toBe("2026-03-20T10:00:00.000Z");
    expect(refusedFor(reply(issue(), "x", 0, { ...ours, now: later }))).toBe("issue.nothingAsked");
  });
  test("[IS9] me too counts each once", () => {
    const joined = then(issue(), accepted(join(issue(), "neighbour", 18)), "neighbour");
    expect(householdsOf(joined)).toBe(19);
    expect(refusedFor(join(joined, "neighbour", 1))).toBe("issue.alreadyJoined");
    expect(refusedFor(join(issue(), "raiser", 1))).toBe("issue.ownIssue");
    expect(refusedFor(join(issue({ phase: { status: "merged", into: "i2", closedAt: monday } }), "n", 1))).toBe("issue.notOpen");
  });
  test("[IS10] open tasks hold the end back", () => {
    expect(refusedFor(settle(issue(), "x", 1))).toBe("issue.workOpen");
    expect(refusedFor(decline(issue(), "x", 1))).toBe("issue.workOpen");
    expect(refusedFor(merge(issue(), issue({ id: "i2" }), "", 1))).toBe("issue.workOpen");
    expect(refusedFor(settle(issue(), "x", 0))).toBe("accepted");
  });
  test("[IS11] merging takes everybody along, each once", () => {
    const twin = issue({
      id: "i2",
      number: "2026-0150",
      raisedBy: "high",
      supports: [
        { personId: "raiser", households: 2, at: monday },
        { personId: "n", households: 3, at: monday },
      ],
    });
    const [, absorbed] = accepted(merge(twin, issue(), "the same", 0));
    expect(absorbed).toMatchObject({
      type: "issue.absorbed",
      id: "i1",
      supports: [
        { personId: "high", households: 1 },
        { personId: "n", households: 3 },
      ],
    });
    expect(refusedFor(merge(issue(), issue(), "", 0))).toBe("issue.mergeIntoWhat");
    expect(refusedFor(merge(issue(), answered("settled", { id: "i2" }), "", 0))).toBe("issue.mergeIntoOver");
  });
  test("[IS15] a new name keeps the deadlines, a new track has its own", () => {
    const anew = { respondBy: "2026-03-02T03:00:00.000Z", settleBy: "2026-03-03T01:00:00.000Z" };
    const renamed = accepted(classify(issue(), { title: "Pumps", category: "water", track: "hard" }, anew));
    expect(renamed).toMatchObject(clock);
    expect(accepted(classify(issue(), { title: "Pumps", category: "water", track: "urgent", text: "no water at all" }, anew))).toMatchObject(anew);
    expect(refusedFor(classify(issue(), { title: "No water upstairs", category: "water", track: "hard" }, anew))).toBe("issue.nothingChanged");
  });
  test("[IS17] another track says why, and the story keeps it; the same one has nothing to say", () => {
    const anew = { respondBy: "2026-03-02T03:00:00.000Z", settleBy: "2026-03-03T01:00:00.000Z" };
    const to = { title: "Pumps", category: "water" } as const;
    expect(classify(issue(), { ...to, track: "urgent" }, anew)).toMatchObject({ refusal: { code: "issue.whyTrack", field: "text" } });
    expect(accepted(classify(issue(), { ...to, track: "urgent", text: "no water at all" }, anew))).toMatchObject({
      words: { title: "Pumps", text: "no water at all" },
    });
    expect(accepted(classify(issue(), { ...to, track: "hard", text: "no reason needed" }, anew))).toMatchObject({ words: { title: "Pumps" } });
    expect(accepted(classify(issue(), { ...to, track: "hard", text: "no reason needed" }, anew))).not.toHaveProperty("words.text");
  });
});

describe("the end", () => {
  const content = { solved: true, content: "content", remark: "", why: null } as const;
  test("[IS12] solved closes it", () => {
    const closed = then(answered(), accepted(giveFeedback(answered(), content, clock)), "raiser");
    expect(closed.phase).toMatchObject({ status: "closed", feedback: { content: "content" } });
    expect(refusedFor(giveFeedback(issue(), content, clock))).toBe("issue.notAnswered");
  });
  test("[IS13] not solved reopens it where it was answered, with a fresh clock", () => {
    const home = answered("done", { stays: [stay({ ending: "escalated" }), stay({ bodyId: "council", came: "escalated", ending: "done" })] });
    const fresh = { respondBy: "2026-04-01T00:00:00.000Z", settleBy: "2026-05-01T00:00:00.000Z" };
    const again = then(home, accepted(giveFeedback(home, { ...content, solved: false, why: "cameBack" }, fresh)), "raiser");
    expect(again.phase.status).toBe("open");
    expect(current(again)).toMatchObject({ bodyId: "council", came: "reopened", ...fresh, acceptedAt: null });
  });
  test("[RT15] not solved says why, chosen or in words", () => {
    const no = { ...content, solved: false };
    expect(giveFeedback(answered(), no, clock)).toMatchObject({ refusal: { code: "feedback.whyMissing", field: "why" } });
    expect(accepted(giveFeedback(answered(), { ...no, why: "partly" }, clock))).toMatchObject({ type: "issue.reopened", why: "partly" });
    expect(accepted(giveFeedback(answered(), { ...no, remark: "Only one lamp" }, clock))).toMatchObject({ words: { remark: "Only one lamp" } });
  });
  test("[IS14] only a no is appealed, to the next level", () => {
    const no = answered("declined");
    expect(accepted(appeal(no, body(), "please", clock))).toMatchObject({ type: "issue.appealed", from: "b7", to: "council" });
    expect(refusedFor(appeal(answered("settled"), body(), "please", clock))).toBe("issue.notDeclined");
    expect(refusedFor(appeal(no, joint(), "please", clock))).toBe("issue.topLevel");
    expect(refusedFor(appeal(issue(), body(), "please", clock))).toBe("issue.notAnswered");
  });
});

describe("up and down", () => {
  const up = (state: Issue, holder = body(), to: ReturnType<typeof body> | null = council(), agenda = free, decisionId: string | null = null) =>
    escalate(state, holder, to, { text: "tried", decisionId }, clock, agenda);
  test("[ES1] an issue cannot skip the neighbourhood council", () => {
    expect(refusedFor(up(issue()))).toBe("accepted");
    expect(refusedFor(up(issue(), body(), joint()))).toBe("issue.levelSkipped");
    expect(refusedFor(up(issue(), body(), null))).toBe("issue.levelSkipped");
    expect(refusedFor(up(answered()))).toBe("issue.notOpen");
  });
  test("[ES2] the highest level has nowhere to go", () => expect(refusedFor(up(issue(), joint(), council()))).toBe("issue.topLevel"));
  test("[ES3] on a running agenda only a decision sends it on", () => {
    expect(refusedFor(up(atCouncil(), council(), joint(), { onRunningAgenda: true }))).toBe("issue.onAgenda");
    expect(refusedFor(up(atCouncil(), council(), joint(), { onRunningAgenda: true }, "d1"))).toBe("accepted");
    expect(refusedFor(remit(atCouncil(), council(), body(), "x", clock, { onRunningAgenda: true }))).toBe("issue.onAgenda");
  });
  test("[ES4] down goes one level, along the path it came", () => {
    expect(refusedFor(remit(atCouncil(), council(), body(), "x", clock, free))).toBe("accepted");
    expect(refusedFor(remit(atCouncil(), council(), body({ id: "b8" }), "x", clock, free))).toBe("issue.notItsPath");
    expect(refusedFor(remit(atCouncil(), council(), joint(), "x", clock, free))).toBe("issue.notBelow");
    expect(refusedFor(remit(issue(), body(), null, "x", clock, free))).toBe("issue.notBelow");
  });
  test("[ES5] each level keeps its own record", () => {
    const gone = then(issue(), accepted(up(issue())), "head7");
    expect(gone.stays).toHaveLength(2);
    expect(gone.stays[0]).toMatchObject({ bodyId: "b7", ending: "escalated", endedBy: "head7", endedAt: later, said: "tried", acceptedBy: "head7" });
    expect(gone.stays[1]).toMatchObject({ bodyId: "council", came: "escalated", brief: "tried", acceptedAt: null, ...clock });
  });
});

test("[IS16] one step is held while an issue runs, none when it is over", () => {
  const bodies = new Map([body(), council(), joint()].map((b) => [b.id, b]));
  const held = (state: Issue) => staircase(state, bodies, later, "Asia/Shanghai").map((s) => s.state);
  expect(held(issue())).toEqual(["held", "ahead", "ahead"]);
  expect(held(atCouncil())).toEqual(["passed", "held", "ahead"]);
  expect(held(answered())).toEqual(["done", "ahead", "ahead"]);
  const remitted = atCouncil({ stays: [...atCouncil().stays, stay({ came: "remitted" })] });
  expect(held(remitted)).toEqual(["held", "passed", "ahead"]);
});

test("[CK3] a level that let its deadline pass says the day it was due and the day the issue went up", () => {
  const bodies = new Map([body(), council(), joint()].map((b) => [b.id, b]));
  const due = "2026-03-06T10:00:00.000Z";
  const up = { ending: "overdue" as const, settleBy: due, endedAt: "2026-03-09T01:00:00.000Z" };
  const climbed = issue({ stays: [stay(up), stay({ bodyId: "council", came: "overdue", receivedAt: up.endedAt })] });
  const steps = staircase(climbed, bodies, "2026-03-09T02:00:00.000Z", "Asia/Shanghai");
  expect(steps.map((s) => s.fact)).toMatchObject([{ what: "overdue", at: up.endedAt, due }, { what: "overdueHere", at: up.endedAt, due: null }, {}]);
});

test("[CL4] a clock that is set back three days makes it the first day at a level", () => {
  const bodies = new Map([body(), council(), joint()].map((b) => [b.id, b]));
  const [held] = staircase(issue({ stays: [stay({ receivedAt: "2026-03-09T01:00:00.000Z" })] }), bodies, "2026-03-06T01:00:00.000Z", "Asia/Shanghai");
  expect(held?.days).toBe(1);
});
