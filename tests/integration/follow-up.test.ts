// Asked, answered, not answered: through the commands and the clock.
import { pino } from "pino";
import { expect, test } from "vitest";
import { setFollowUp } from "../../app/commands/follow-up/set";
import { giveIssueFeedback } from "../../app/commands/issue/feedback";
import { joinIssue } from "../../app/commands/issue/join";
import { lapseIssue } from "../../app/commands/issue/lapse";
import { raiseIssue } from "../../app/commands/issue/raise";
import { rateAnswer } from "../../app/commands/issue/rate";
import { settleIssue } from "../../app/commands/issue/settle";
import { loadIssueByNumber } from "../../app/data/issues.server";
import { loadCommunity } from "../../app/data/organisation.server";
import { type Actor, clockActor } from "../../app/domain/permission";
import { ruleOfAsking } from "../../app/views/follow-up";
import { home } from "../../app/views/home";
import { issuePage } from "../../app/views/issue-page";
import type { Means } from "../../app/work/clockwork.server";
import { lapses } from "../../app/work/follow-up.server";
import { done, house } from "../support/house";
import { bothWays } from "../support/rebuild";
import { bench } from "../support/store";

async function place() {
  const on = bench();
  const at = await house(on);
  const raiser = await at.person("raiser", [[at.bodies.b7, "resident", "owners"]]);
  const neighbour = await at.person("neighbour", [[at.bodies.b7, "resident", "owners"]]);
  const head = await at.person("head", [[at.bodies.b7, "head", "owners"]]);
  const stranger = await at.person("stranger", [[at.bodies.b8, "head", "owners"]]);
  const means = { store: on.store, perform: on.perform, now: () => on.clock.now, logger: pino({ level: "silent" }) } as unknown as Means;
  const answered = async (): Promise<string> => {
    const [raised] = await done(on.perform, raiseIssue, raiser, {
      bodyId: at.bodies.b7,
      what: "No light",
      place: "",
      category: "power",
      track: "minor",
      visibility: "community",
    });
    const number = raised?.type === "issue.raised" ? raised.number : "";
    await done(on.perform, joinIssue, neighbour, { number });
    await done(on.perform, settleIssue, head, { number, text: "Mended" });
    return number;
  };
  const viewer = async (actor: Actor) => {
    const community = await loadCommunity(on.store.read, at.communityId);
    if (!community) throw new Error("No community.");
    return { actor, community, now: on.clock.now };
  };
  return { ...on, at, raiser, neighbour, head, stranger, means, answered, viewer };
}
const lapsed = async ({ store }: { store: Awaited<ReturnType<typeof place>>["store"] }) =>
  (await store.read.selectFrom("AuditEvent").select("subjectId").where("type", "=", "issue.lapsed").execute()).map((e) => e.subjectId);

test("[RT3] the clock closes what the raiser never spoke to, exactly once", async () => {
  const on = await place();
  const [first, second] = [await on.answered(), await on.answered()];
  on.clock.now = "2026-03-23T10:00:00.000Z";
  await lapses.run(on.means);
  expect(await lapsed(on)).toEqual([]);
  // One raiser speaks at the last moment.
  await done(on.perform, giveIssueFeedback, on.raiser, { number: second, solved: "yes", content: "fair" });
  on.clock.now = "2026-03-23T10:00:01.000Z";
  await Promise.all([lapses.run(on.means), lapses.run(on.means)]);
  await lapses.run(on.means);
  const issue = await loadIssueByNumber(on.store.read, on.at.communityId, first);
  expect(await lapsed(on)).toEqual([issue?.id]);
  expect(issue?.phase).toMatchObject({ status: "closed", feedback: null });
  expect(await issuePage(on.store.read, await on.viewer(on.raiser), { number: first })).toMatchObject({ feedback: null, followUp: { lapsed: true } });
  expect((await bothWays(on.store)).fromLog).toEqual((await bothWays(on.store)).fromTables);
});

test("[RT3] [CK14] one that fails does not keep the others from being closed; the next run closes the rest and nothing twice", async () => {
  const on = await place();
  const numbers = [await on.answered(), await on.answered(), await on.answered()];
  on.clock.now = "2026-04-30T10:00:00.000Z";
  let left = 2;
  const dying = {
    ...on.means,
    perform: (async (...args: Parameters<typeof on.perform>) => {
      if (--left === 0) throw new Error("killed");
      return on.perform(...args);
    }) as typeof on.perform,
  };
  await lapses.run(dying);
  expect(await lapsed(on)).toHaveLength(2);
  await lapses.run(on.means);
  expect(new Set(await lapsed(on)).size).toBe(numbers.length);
  expect(await lapsed(on)).toHaveLength(numbers.length);
});

test("[RT3] many at once are closed a few at a time, in one round", async () => {
  const on = await place();
  const numbers = await Promise.all(Array.from({ length: 70 }, () => on.answered()));
  on.clock.now = "2026-04-30T10:00:00.000Z";
  let [inside, most] = [0, 0];
  const perform = (async (...args: Parameters<typeof on.perform>) => {
    most = Math.max(most, ++inside);
    const outcome = await on.perform(...args);
    inside--;
    return outcome;
  }) as typeof on.perform;
  await lapses.run({ ...on.means, perform });
  expect(await lapsed(on)).toHaveLength(numbers.length);
  expect(most).toBe(32);
});

test("[RT3] nobody but the clock closes it so, and the days are the community's", async () => {
  const on = await place();
  const number = await on.answered();
  on.clock.now = "2026-04-30T10:00:00.000Z";
  for (const actor of [on.head, on.raiser, on.at.secretary])
    expect(await on.perform(lapseIssue, actor, { number })).toMatchObject({ ok: false, refusal: { code: "forbidden" } });
  await done(on.perform, setFollowUp, on.at.secretary, { askDays: 60, changeDays: 5 });
  expect(await on.perform(lapseIssue, clockActor(on.at.communityId), { number })).toMatchObject({ ok: false, refusal: { code: "feedback.stillAsked" } });
  await lapses.run(on.means);
  expect(await lapsed(on)).toEqual([]);
  expect(await on.perform(setFollowUp, on.at.secretary, { askDays: 0, changeDays: 5 })).toMatchObject({ ok: false, refusal: { field: "askDays" } });
  expect(await on.perform(setFollowUp, on.head, { askDays: 5, changeDays: 5 })).toMatchObject({ ok: false, refusal: { code: "forbidden" } });
  expect((await bothWays(on.store)).fromLog).toEqual((await bothWays(on.store)).fromTables);
});

test("[PF3] two secretaries who set the days at once do not write over each other, the first time neither", async () => {
  const on = await place();
  const other = await on.at.person("deputy", [[on.at.bodies.community, "secretary", "branch"]]);
  const set = (actor: Actor, version: number, askDays: number) => on.perform(setFollowUp, actor, { version, askDays, changeDays: 5 });
  const seen = async () => (await ruleOfAsking(on.store.read, await on.viewer(other))).version;
  for (const days of [20, 25]) {
    const before = await seen();
    expect((await set(on.at.secretary, before, days)).ok).toBe(true);
    expect(await set(other, before, 30)).toMatchObject({ ok: false, refusal: { code: "stale", params: { what: "followUp.set" } } });
    expect((await set(other, await seen(), 30)).ok).toBe(true);
  }
});

test("[RT1] who joined is asked at home, once; what they say is counted", async () => {
  const on = await place();
  const number = await on.answered();
  const asks = async () => (await home(on.store.read, await on.viewer(on.neighbour))).items.filter((i) => i.ask === "rateIssue").map((i) => i.href);
  expect(await asks()).toEqual([`/issues/${number}/rating`]);
  await done(on.perform, rateAnswer, on.neighbour, { number, solved: "no", content: "discontent", why: "partly", remark: "Only one lamp" });
  expect(await asks()).toEqual([]);
  await done(on.perform, rateAnswer, on.neighbour, { number, solved: "no", content: "fair", why: "cameBack", remark: "Dark again" });
  const seen = await issuePage(on.store.read, await on.viewer(on.head), { number });
  expect(seen?.followUp).toMatchObject({ neighbours: { asked: 1, spoke: 1, solved: 0, content: 0 } });
  expect(seen?.status).toBe("answered");
  expect(await on.perform(rateAnswer, on.stranger, { number, solved: "yes", content: "fair" })).toMatchObject({ ok: false, refusal: { code: "forbidden" } });
  expect(await on.perform(rateAnswer, on.neighbour, { number, solved: "yes", content: "fair", why: "<b>" })).toMatchObject({
    ok: false,
    refusal: { code: "input.choice.missing", field: "why" },
  });
});

test("[RT4] neighbours' words are read by those who handled it, without names", async () => {
  const on = await place();
  const number = await on.answered();
  await done(on.perform, rateAnswer, on.neighbour, { number, solved: "no", content: "fair", why: "cameBack", remark: "Dark again" });
  const wordsFor = async (actor: Actor) => (await issuePage(on.store.read, await on.viewer(actor), { number }))?.followUp.words;
  expect(await wordsFor(on.head)).toEqual([{ solved: false, content: "fair", why: "cameBack", remark: "Dark again" }]);
  for (const actor of [on.stranger, on.raiser]) expect(await wordsFor(actor)).toEqual([]);
  // Nor does the story tell them.
  expect(JSON.stringify((await issuePage(on.store.read, await on.viewer(on.stranger), { number }))?.story)).not.toContain("Dark again");
});
