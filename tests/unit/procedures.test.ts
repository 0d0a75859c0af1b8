// Every rule of every shipped procedure, from both sides of its threshold, in meetings that keep all its other rules.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readProcedure } from "../../app/data/procedures.server";
import { noticeBy } from "../../app/domain/agenda";
import { call, open } from "../../app/domain/calling";
import { nextDay } from "../../app/domain/clock";
import { pass, post } from "../../app/domain/course";
import { isLapsed, record } from "../../app/domain/decision";
import { evolveMeeting, type Meeting, type Seat } from "../../app/domain/meeting";
import { type Procedure, type Rule, type RuleKind, type Stage, sentence, termsOf } from "../../app/domain/procedure";
import { accept, type Outcome } from "../../app/domain/refusal";
import { quorumOf, represent, votersOn } from "../../app/domain/seats";
import { type Party, parties } from "../../app/domain/vocabulary";
import { cast, closeVote, evolveVote, openVote, type Vote } from "../../app/domain/vote";
import { accepted, atCouncil, by, clock, council, courseAt, decision, item, joint, meeting, refusedFor, seat } from "../support/given";

const dir = join(import.meta.dirname, "../../prisma/procedures");
const shipped = readdirSync(dir).map((file) => readProcedure(readFileSync(join(dir, file), "utf8"), file));
const timeZone = "Asia/Shanghai";
/** The day of all these meetings, in Shanghai: 8 hours before UTC. */
const day = "2026-03-26";
const startsAt = "2026-03-26T01:00:00.000Z";
const midnight = (of: string) => `${nextDay(of, -1)}T16:00:00.000Z`;
const before = (instant: string) => new Date(Date.parse(instant) - 1).toISOString();

type At = { procedure: Procedure; stage: Stage };
const onCourse = ({ procedure, stage }: At) => (procedure.course ? courseAt(procedure, procedure.stages.indexOf(stage)) : null);
const bodyFor = (at: At) => council({ kind: at.stage.bodies[0] ?? "council" });
const noQuorum = { numerator: 0, denominator: 1, parties: [] };

/** So many voters, those parties first that must be there; `present` of them are. */
function seats({ stage }: At, n: number, present = n): Seat[] {
  const wanted = stage.rules.flatMap((r) => (r.kind === "parties" ? r.parties : []));
  const party = (k: number): Party => wanted[k] ?? parties[k % parties.length] ?? "owners";
  return Array.from({ length: n }, (_, k) => seat(`p${k}`, { party: party(k), presence: k < present ? "present" : "absent" }));
}
const sitting = (at: At, over: Partial<Meeting> = {}): Meeting =>
  meeting({ terms: termsOf(at.procedure, at.stage), seats: seats(at, 7), items: [item("item1", "i1")], noticeBy: "9999", startsAt, quorum: noQuorum, ...over });
const recorded = (at: At, over: Partial<Parameters<typeof record>[0]> = {}, said: Partial<Parameters<typeof record>[1]> = {}, today = day) =>
  record(
    {
      meeting: sitting(at),
      body: bodyFor(at),
      upper: joint(),
      issue: atCouncil(),
      course: onCourse(at),
      itemId: "item1",
      earlier: [],
      clock,
      vote: null,
      votes: [],
      provisional: [],
      ...over,
    },
    { text: over.vote?.question ?? "so", method: methodOf(at), counts: counted(at, 7), outcome: "adopted", ...said },
    { id: "d1", today },
  );
/** A way of deciding the stage knows; by hands where it can be, with everybody for it. */
const methodOf = ({ stage }: At) => {
  const known = stage.rules.flatMap((r) => (r.kind === "methods" ? r.methods : []));
  return known.length === 0 || known.includes("showOfHands") ? ("showOfHands" as const) : ("consensus" as const);
};
function counted(at: At, n: number) {
  const counts: Record<string, { for: number; against: number; abstained: number }> = {};
  if (methodOf(at) !== "consensus") for (const s of seats(at, n)) counts[s.party] = { for: (counts[s.party]?.for ?? 0) + 1, against: 0, abstained: 0 };
  return counts;
}
const calling = (at: At, now: string, voters = 7) =>
  call(
    {
      body: bodyFor(at),
      docket: [{ issue: atCouncil(), course: onCourse(at), waits: false, onOtherAgenda: false }],
      members: seats(at, voters).map(({ personId, party }) => ({ personId, party, role: "member" as const })),
      position: 1,
      terms: termsOf(at.procedure, at.stage),
      timeZone,
      beside: [],
    },
    { startsAt, endsAt: "2026-03-26T03:00:00.000Z", place: "Hall", items: [{ id: "item1", issueId: "i1", minutes: 15, carried: 0 }] },
    { id: "m1", now },
  );
/** Refused with this code, quoting this rule and its source. */
function refusedBy(outcome: Outcome<unknown>, code: string, rule: Rule): void {
  expect(refusedFor(outcome)).toBe(code);
  if (outcome.ok) return;
  const { params } = outcome.refusal;
  expect(params).toMatchObject({
    ruleZh: `${rule.id} ${sentence(rule, "zh")}`,
    ruleEn: `${rule.id} ${sentence(rule, "en")}`,
    sourceZh: rule.source.zh,
    sourceEn: rule.source.en,
  });
}
/** The fewest of n that are the share, found by trying: with fractions written out, not with the function under test. */
function fewestOf(n: number, { numerator, denominator, strict }: { numerator: number; denominator: number; strict: boolean }): number {
  for (let k = 0; k <= n; k++) {
    const difference = BigInt(k) * BigInt(denominator) - BigInt(n) * BigInt(numerator);
    if (strict ? difference > 0n : difference >= 0n) return k;
  }
  return n + 1;
}
/** A vote by name in which the first `ayes` are for, the next `noes` against and the others abstain. */
function voted(meeting: Meeting, ayes: number, noes = 0): Vote {
  let vote = evolveVote(null, accepted(openVote({ meeting, votes: [] }, { itemId: "item1", question: "So?", method: "rollCall" }, { id: "v1" })), by);
  const here = meeting.seats.filter((s) => s.presence === "present");
  for (const [n, { personId }] of here.entries()) {
    const choice = n < ayes ? "for" : n < ayes + noes ? "against" : "abstained";
    for (const event of accepted(cast(vote, meeting, { personId, choice }, { actorId: personId, writes: false })))
      vote = evolveVote(vote, event, { ...by, actorId: personId });
  }
  return evolveVote(vote, accepted(closeVote(vote, { meeting }, {})), by);
}

type Proof<K extends RuleKind> = (rule: Extract<Rule, { kind: K }>, at: At) => void;
/** What shows that a rule holds, and that it asks for no more. A kind without a proof does not compile. */
const proofs: { [K in RuleKind]: Proof<K> } = {
  notice(rule, at) {
    const last = before(midnight(nextDay(day, 1 - rule.days)));
    const called = accepted(calling(at, last));
    refusedBy(calling(at, midnight(nextDay(day, 1 - rule.days))), "meeting.noticeTooShort", rule);
    if (rule.days === 0 || at.stage.rules.some((r) => r.kind === "advises")) return;
    // Opened from half an hour before the time people were told, and then everything can be decided; no earlier.
    const from = new Date(Date.parse(startsAt) - 30 * 60_000).toISOString();
    const opened = (now: string) => {
      const m = evolveMeeting(
        evolveMeeting(null, called, { ...by, at: last }),
        { type: "meeting.seated", id: "m1", bodyId: "council", personId: "p0", presence: "present", guest: null },
        by,
      );
      const outcome = open(m, { now, timeZone });
      return outcome.ok ? accept({ ...evolveMeeting(m, outcome.value, { ...by, at: now }), seats: seats(at, 7), quorum: noQuorum }) : outcome;
    };
    expect(refusedFor(recorded(at, { meeting: accepted(opened(from)) }))).toBe("accepted");
    refusedBy(opened(before(from)), "meeting.tooEarly", rule);
  },
  lateItems(rule, at) {
    const by = noticeBy(startsAt, termsOf(at.procedure, at.stage), timeZone);
    const added = (addedAt: string) => sitting(at, { noticeBy: by, items: [item("item1", "i1", { addedAt })] });
    expect(refusedFor(recorded(at, { meeting: added(before(by)) }))).toBe("accepted");
    refusedBy(recorded(at, { meeting: added(by) }), "decision.lateItem", rule);
    expect(refusedFor(recorded(at, { meeting: added(by) }, { outcome: "deferred" }))).toBe("accepted");
    refusedBy(openVote({ meeting: added(by), votes: [] }, { itemId: "item1", question: "So?", method: "rollCall" }, { id: "v" }), "decision.lateItem", rule);
  },
  quorum(rule, at) {
    for (let n = 5; n <= 13; n++) {
      const needed = fewestOf(n, rule.share);
      const put = (present: number) => recorded(at, { meeting: sitting(at, { seats: seats(at, n, present) }) }, { outcome: "deferred", counts: {} });
      expect(refusedFor(put(needed))).toBe("accepted");
      refusedBy(put(needed - 1), "meeting.noQuorumHeads", rule);
    }
  },
  parties(rule, at) {
    const terms = termsOf(at.procedure, at.stage);
    const all = seats(at, 7);
    expect(quorumOf(all, noQuorum, terms).missing).toEqual([]);
    for (const party of rule.parties) {
      const without = all.map((s) => (s.party === party ? { ...s, presence: "excused" as const } : s));
      expect(quorumOf(without, noQuorum, terms).missing).toContainEqual({ kind: "party", party });
      refusedBy(recorded(at, { meeting: sitting(at, { seats: without }) }, { outcome: "deferred" }), "meeting.noQuorumParty", rule);
    }
  },
  members(rule, at) {
    const early = "2026-01-02T00:00:00.000Z";
    for (let n = 1; n <= rule.most + 2; n++) {
      const fits = n >= rule.least && n <= rule.most && (!rule.odd || n % 2 === 1);
      if (fits) expect(refusedFor(calling(at, early, n))).toBe("accepted");
      else refusedBy(calling(at, early, n), "meeting.members", rule);
    }
  },
  pass(rule, at) {
    for (const n of [5, 6, 7, 9, 12])
      for (const absent of [0, 1, 2]) {
        const present = n - absent;
        const m = sitting(at, { seats: seats(at, n, present) });
        if (!quorumOf(m.seats, noQuorum, m.terms).met) continue;
        const noes = rule.base === "cast" ? 2 : 0;
        // Of the votes cast, so many for that with these against they are enough; else of those present, or of all.
        const needed =
          rule.base === "cast"
            ? (Array.from({ length: n }, (_, k) => k + 1).find((k) => k >= fewestOf(k + noes, rule.share)) ?? n + 1)
            : Math.max(1, fewestOf(rule.base === "all" ? n : present, rule.share));
        if (needed > present) continue;
        const enough = voted(m, needed, noes);
        const few = voted(m, needed - 1, noes);
        expect([enough.status, few.status]).toEqual(["carried", "lost"]);
        const stand = (vote: Vote, outcome: "adopted" | "rejected") => recorded(at, { meeting: m, vote }, { method: "rollCall", outcome, counts: {} });
        expect(refusedFor(stand(enough, "adopted"))).toBe("accepted");
        refusedBy(stand(few, "adopted"), "decision.notCarried", rule);
        expect(refusedFor(stand(few, "rejected"))).toBe("accepted");
        refusedBy(stand(enough, "rejected"), "decision.carriedAll", rule);
      }
  },
  methods(rule, at) {
    for (const method of ["consensus", "showOfHands", "rollCall", "chairsResolution"] as const) {
      const vote = method === "rollCall" ? { vote: voted(sitting(at), 7) } : {};
      const outcome = (m: Meeting) => recorded(at, { meeting: m, ...vote }, { method, counts: method === "showOfHands" ? everybodyFor(m) : {} });
      if (rule.methods.includes(method)) expect([method, refusedFor(outcome(sitting(at)))]).toEqual([method, "accepted"]);
      else refusedBy(outcome(sitting(at)), "decision.methodNotAllowed", rule);
    }
  },
  advises(rule, at) {
    for (const outcome of ["adopted", "rejected", "escalated"] as const) refusedBy(recorded(at, {}, { outcome }), "decision.advisesOnly", rule);
    expect(refusedFor(recorded(at, {}, { outcome: "deferred" }))).toBe("accepted");
  },
  proxies(rule, at) {
    const wanted = parties.find((p) => !at.stage.rules.some((r) => r.kind === "parties" && !r.parties.includes(p))) ?? "branch";
    const other = parties.find((p) => p !== wanted) ?? "owners";
    const away = (n: number): Seat => seat(`away${n}`, { party: wanted, presence: "excused" });
    let m = sitting(at, {
      seats: [seat("there", { party: wanted }), seat("stranger", { party: other }), ...Array.from({ length: rule.most + 1 }, (_, n) => away(n))],
    });
    const give = (n: number, to: string) => represent(m, `away${n}`, to);
    for (let n = 0; n < rule.most; n++) {
      if (rule.sameParty) refusedBy(give(n, "stranger"), "meeting.proxyOtherParty", rule);
      m = evolveMeeting(m, accepted(give(n, "there")), by);
    }
    refusedBy(give(rule.most, "there"), rule.most === 0 ? "meeting.proxiesForbidden" : "meeting.proxyMost", rule);
    // Whoever is represented counts as there, and their ballot is cast for them.
    expect(quorumOf(m.seats, m.quorum, { rules: [] }).present).toBe(2 + rule.most);
    expect(votersOn(m, "item1")).toHaveLength(2 + rule.most);
  },
  ratify(rule, at) {
    const [event] = accepted(recorded(at));
    const until = nextDay(day, rule.days);
    expect(event).toMatchObject({ type: "decision.recorded", ratifyBy: until });
    const [rejected] = accepted(recorded(at, {}, { outcome: "rejected", method: "consensus", counts: {} }));
    expect(rejected).toMatchObject({ ratifyBy: null });
    const urgent = decision({ id: "urgent", ratifyBy: until });
    const regular = { meeting: meeting({ items: [item("item1", "i1")] }), provisional: [urgent], body: council() };
    const said = { method: "consensus", counts: {} } as const;
    expect(accepted(recorded(at, regular, said, until))).toContainEqual(expect.objectContaining({ type: "decision.ratified", id: "urgent", byId: "d1" }));
    expect(accepted(recorded(at, regular, said, nextDay(until)))).toHaveLength(1);
    expect([isLapsed(urgent, until), isLapsed(urgent, nextDay(until))]).toEqual([false, true]);
  },
  post(rule, at) {
    if (at.stage.bodies.length > 0) return expect(at.stage.rules.some((r) => r.kind === "pass")).toBe(true);
    const here = courseAt(at.procedure, at.procedure.stages.indexOf(at.stage));
    const until = nextDay(day, rule.days);
    refusedBy(pass(here, atCouncil(), { today: day }), "course.notPosted", rule);
    refusedBy(post(here, atCouncil(), nextDay(until, -1), { today: day }), "course.postedTooShort", rule);
    expect(accepted(post(here, atCouncil(), null, { today: day }))).toMatchObject({ from: day, until });
    const posted = { ...here, posted: { from: day, until } };
    refusedBy(pass(posted, atCouncil(), { today: until }), "course.stillPosted", rule);
    expect(refusedFor(pass(posted, atCouncil(), { today: nextDay(until) }))).toBe("accepted");
  },
  sign(rule, at) {
    // Who signs is proven where minutes are signed; here, that it is one rule of a meeting that decides.
    expect(at.stage.bodies.length).toBeGreaterThan(0);
    expect(["chairAndRecorder", "everybodyPresent"]).toContain(rule.who);
  },
};
function everybodyFor({ seats }: Meeting) {
  const counts: Record<string, { for: number; against: number; abstained: number }> = {};
  for (const s of seats) counts[s.party] = { for: (counts[s.party]?.for ?? 0) + 1, against: 0, abstained: 0 };
  return counts;
}

describe("[PR1] [PR2] [PR3] [PR4] [PR5] [PR6] [PR7] [PR8] [PR9] [PR10] [PR12] [PR15] each shipped rule, from both sides", () => {
  for (const procedure of shipped)
    for (const stage of procedure.stages)
      for (const rule of stage.rules)
        test(`${procedure.code} ${rule.id}, ${rule.kind}`, () => (proofs[rule.kind] as Proof<RuleKind>)(rule as never, { procedure, stage }));
});

test("[PR15] every shipped rule is numbered in its place, a whole sentence in both languages, and cited", () => {
  expect(shipped.map((p) => p.code).sort()).toEqual(["experts", "fourParties", "fourTwo", "ownersCommittee", "threeLevel", "urgent"]);
  for (const { stages } of shipped)
    for (const [s, stage] of stages.entries())
      for (const [r, rule] of stage.rules.entries()) {
        expect(rule.id).toBe(`${s + 1}.${r + 1}`);
        for (const locale of ["zh", "en"] as const) {
          expect(sentence(rule, locale)).not.toMatch(/[{}]/);
          expect(rule.source[locale].length).toBeGreaterThan(4);
        }
      }
});
test("[PR15] every figure of a shipped rule that is not in its wording is said by it in words", () => {
  const silent: string[] = [];
  // No proxies at all is said in words: a figure would be one a community could change.
  for (const { code, stages } of shipped)
    for (const { rules } of stages)
      for (const rule of rules)
        for (const key of rule.kind === "proxies" && rule.most === 0 ? [] : (["days", "least", "most"] as const))
          if (key in rule && !(rule.text.zh.includes(`{${key}}`) && rule.text.en.includes(`{${key}}`))) silent.push(`${code} ${rule.id}: ${key}`);
  expect(silent).toEqual([]);
});
