import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import { changeBody } from "../../app/commands/body/change";
import { setBodyCadence } from "../../app/commands/body/set-cadence";
import { keepCommunityClocks } from "../../app/commands/community/keep-clocks";
import { setFollowUp } from "../../app/commands/follow-up/set";
import { classifyIssue } from "../../app/commands/issue/classify";
import { joinIssue } from "../../app/commands/issue/join";
import { noteOnIssue } from "../../app/commands/issue/note";
import { raiseIssue } from "../../app/commands/issue/raise";
import { settleIssue } from "../../app/commands/issue/settle";
import { changeMembership } from "../../app/commands/membership/change";
import { checkChain } from "../../app/data/audit.server";
import { loadIssueByNumber } from "../../app/data/issues.server";
import { standardClocks, standardLimits } from "../../app/domain/clock";
import { refusalWords } from "../../app/i18n/refusal-words";
import { wordsFor } from "../../app/i18n/t";
import { done, house } from "../support/house";
import { bothWays } from "../support/rebuild";
import { bench } from "../support/store";

const words = { what: "The pump is from 1997", place: "", category: "water", track: "hard", visibility: "community" } as const;

async function setting() {
  const on = bench();
  const at = await house(on);
  const head = await at.person("Head 7", [[at.bodies.b7, "head", "owners"]]);
  const neighbour = await at.person("Neighbour", [[at.bodies.b7, "resident", "owners"]]);
  const raise = async (over: object = {}) => {
    const [event] = await done(on.perform, raiseIssue, head, { bodyId: at.bodies.b7, ...words, ...over });
    if (event?.type !== "issue.raised") throw new Error("not raised");
    return event;
  };
  const events = async () => (await on.store.read.selectFrom("AuditEvent").selectAll().execute()).length;
  return { ...on, at, head, neighbour, raise, events };
}
const code = (outcome: Awaited<ReturnType<Awaited<ReturnType<typeof setting>>["perform"]>>) => (outcome.ok ? "accepted" : outcome.refusal.code);

describe("refusals", () => {
  test("[PF1] a refusal leaves no row, no event and draws no number", async () => {
    const { perform, head, at, events, raise } = await setting();
    const before = await events();
    expect(code(await perform(raiseIssue, head, { bodyId: at.bodies.b7, ...words, stairwell: 9 }))).toBe("issue.noSuchStairwell");
    expect(await events()).toBe(before);
    expect((await raise()).number).toBe("2026-0001");
    expect((await raise()).number).toBe("2026-0002");
  });
  test("[IS5] the number's year is the community's own", async () => {
    const { clock, raise } = await setting();
    clock.now = "2026-12-31T16:30:00.000Z";
    expect((await raise()).number).toBe("2027-0001");
  });
  test.each([
    ["what", ""],
    ["what", " \n "],
    ["what", "x".repeat(2001)],
    ["what", "a\u0000b"],
    ["what", "\u202egnol"],
    ["what", 7],
    ["what", undefined],
    ["place", "a\nb"],
    ["category", "gold"],
    ["track", "__proto__"],
    ["bodyId", "../../etc"],
    ["stairwell", "many"],
    ["visibility", ["community"]],
  ])("[PF4] %s of %j is refused by its name", async (field, value) => {
    const { perform, head, at, events } = await setting();
    const before = await events();
    const outcome = await perform(raiseIssue, head, { bodyId: at.bodies.b7, ...words, [field]: value });
    expect(outcome.ok ? "" : outcome.refusal.field).toBe(field);
    expect(outcome.ok ? "" : outcome.refusal.code).toMatch(/^input\./);
    expect(await events()).toBe(before);
  });
  test("[PF4] an input that is no object is refused", async () => {
    const { perform, head } = await setting();
    for (const input of [null, "x", 3, [], { __proto__: { what: "x" } }]) expect(code(await perform(raiseIssue, head, input))).toMatch(/^input\./);
  });
});

describe("the same press twice", () => {
  test("[PF2] counts once and is answered as the first time", async () => {
    const { perform, head, at, events } = await setting();
    const input = { bodyId: at.bodies.b7, ...words };
    const [one, two] = await Promise.all([0, 1].map(() => perform(raiseIssue, head, input, { requestId: "press-0001" })));
    const after = await events();
    const three = await perform(raiseIssue, head, input, { requestId: "press-0001" });
    expect([one, two, three].map((o) => (o?.ok ? o.value.events[0]?.id : "")).every((id, _n, all) => id && id === all[0])).toBe(true);
    expect(await events()).toBe(after);
    expect([one, two].filter((o) => o?.ok && !o.value.repeated)).toHaveLength(1);
  });
  test("[PF2] somebody else's request is not answered to me", async () => {
    const { perform, head, neighbour, at } = await setting();
    await perform(raiseIssue, head, { bodyId: at.bodies.b7, ...words }, { requestId: "press-0002" });
    expect(code(await perform(raiseIssue, neighbour, { bodyId: at.bodies.b7, ...words }, { requestId: "press-0002" }))).toBe("input.malformed");
  });
});

describe("what changed meanwhile", () => {
  test("[PF3] is named, with who did it", async () => {
    const { perform, head, at, raise } = await setting();
    const { number } = await raise();
    const other = await at.person("Stand-in", [[at.bodies.b7, "head", "owners"]]);
    await done(perform, classifyIssue, other, { number, title: "Old pump", category: "water", track: "hard" });
    const late = await perform(settleIssue, head, { number, version: 1, text: "fixed" });
    expect(late.ok ? null : late.refusal).toMatchObject({ code: "stale", params: { what: "issue.classified", by: other.personId } });
    expect(code(await perform(settleIssue, head, { number, version: 2, text: "fixed" }))).toBe("accepted");
  });
  test("[PF3] a neighbour's me too and one's own doing stop nobody", async () => {
    const { perform, head, neighbour, raise } = await setting();
    const { number } = await raise();
    await done(perform, joinIssue, neighbour, { number });
    await done(perform, noteOnIssue, head, { number, text: "looked" });
    expect(code(await perform(settleIssue, head, { number, version: 1, text: "fixed" }))).toBe("accepted");
  });
});

test("[PF5] [PE1] what another community has does not exist here", async () => {
  const on = await setting();
  const there = await house(on, "Meiting");
  const stranger = await there.person("Chair", [[there.bodies.council, "chair", "branch"]]);
  const { number, id } = await on.raise();
  expect(code(await on.perform(noteOnIssue, stranger, { number, text: "hello" }))).toBe("notFound");
  expect(code(await on.perform(raiseIssue, stranger, { bodyId: on.at.bodies.b7, ...words }))).toBe("notFound");
  expect(id).not.toBe("");
});

describe("the writer", () => {
  test("[WR1] two hundred at once share commits, each with its own answer", async () => {
    const { perform, head, at, store } = await setting();
    const outcomes = await Promise.all(
      Array.from({ length: 200 }, (_, n) => perform(raiseIssue, head, { bodyId: at.bodies.b7, ...words, stairwell: n % 4 === 3 ? 9 : 1 })),
    );
    const numbers = outcomes.flatMap((o) => (o.ok && o.value.events[0]?.type === "issue.raised" ? [o.value.events[0].number] : []));
    expect(new Set(numbers).size).toBe(150);
    expect(outcomes.filter((o) => !o.ok)).toHaveLength(50);
    expect((await store.read.selectFrom("Issue").select("id").execute()).length).toBe(150);
    expect(numbers.at(-1)).toBe("2026-0150");
  });
  test("[WR1] a job that throws undoes only itself", async () => {
    const { store, at } = await setting();
    const insert = (name: string, then: () => void) =>
      store.write(async (tx) => {
        await tx.insertInto("Counter").values({ communityId: at.communityId, name, value: 1 }).execute();
        then();
      });
    const results = await Promise.allSettled([
      insert("first", () => {}),
      insert("second", () => {
        throw new Error("no");
      }),
      insert("third", () => {}),
    ]);
    expect(results.map((r) => r.status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    const names = (await store.read.selectFrom("Counter").select("name").execute()).map((r) => r.name);
    expect(names.filter((n) => ["first", "second", "third"].includes(n))).toEqual(["first", "third"]);
  });
});

test("[WR1] loading sees what the command before it in the same group wrote", async () => {
  const { perform, head, raise, store, at } = await setting();
  const { number } = await raise();
  const [first, second] = await Promise.all([perform(settleIssue, head, { number, text: "one" }), perform(settleIssue, head, { number, text: "two" })]);
  expect([code(first), code(second)]).toEqual(["accepted", "issue.notOpen"]);
  expect((await loadIssueByNumber(store.read, at.communityId, number))?.phase).toMatchObject({ status: "answered", answer: { text: "one" } });
});

describe("a disk that refuses", () => {
  const row = (communityId: string, name: string) => ({ communityId, name, value: 1 });
  const statuses = (results: readonly PromiseSettledResult<unknown>[]) => results.map((r) => r.status);

  test("[WR1] a commit that fails is every answer of its group, and the next group is served", async () => {
    const { store, at } = await setting();
    const insert = (name: string) => store.write((tx) => tx.insertInto("Counter").values(row(at.communityId, name)).execute());
    await store.write(async (tx) => {
      await sql`CREATE TABLE Parent (id INTEGER PRIMARY KEY)`.execute(tx);
      await sql`CREATE TABLE Child (parent INTEGER REFERENCES Parent(id))`.execute(tx);
    });
    const told: string[] = [];
    const stop = store.follow((event) => told.push(event.event.type));
    // Checked at the commit only: the jobs themselves all succeed.
    const group = await Promise.allSettled([
      insert("before"),
      store.write(async (tx) => {
        await sql`PRAGMA defer_foreign_keys = ON`.execute(tx);
        await sql`INSERT INTO Child VALUES (1)`.execute(tx);
      }),
      insert("after"),
    ]);
    expect(statuses(group)).toEqual(["rejected", "rejected", "rejected"]);
    expect(statuses(await Promise.allSettled([insert("next")]))).toEqual(["fulfilled"]);
    const names = (await store.read.selectFrom("Counter").select("name").where("value", "=", 1).execute()).map((r) => r.name);
    expect(names.filter((n) => ["before", "after", "next"].includes(n))).toEqual(["next"]);
    await store.caughtUp();
    stop();
    expect(told).toEqual([]);
  });

  test("[WR1] a job that ends the whole transaction takes its group along, and nobody is told otherwise", async () => {
    const { store, at } = await setting();
    // What a full disk does in the middle of a job: SQLite rolls back everything, not only the savepoint.
    await store.write((tx) =>
      sql`CREATE TRIGGER Full BEFORE INSERT ON Counter WHEN NEW.name = 'full' BEGIN SELECT RAISE(ROLLBACK, 'disk full'); END`.execute(tx),
    );
    const insert = (name: string) => store.write((tx) => tx.insertInto("Counter").values(row(at.communityId, name)).execute());
    const jobs = ["one", "full", "two", "three"];
    const group = await Promise.allSettled(jobs.map(insert));
    const names = new Set((await store.read.selectFrom("Counter").select("name").execute()).map((r) => r.name));
    const kept = jobs.map((name) => (names.has(name) ? "fulfilled" : "rejected"));
    expect(statuses(group)).toEqual(kept);
    expect(kept.slice(0, 2)).toEqual(["rejected", "rejected"]);
    expect(statuses(await Promise.allSettled([insert("later")]))).toEqual(["fulfilled"]);
  });

  test("[WR1] [PF1] a database that may grow no more refuses, keeps what it has, and goes on when there is room", async () => {
    const { store, perform, head, at, raise } = await setting();
    const { number } = await raise();
    await store.write(async (tx) => {
      const { rows } = await sql<{ page_count: number }>`PRAGMA page_count`.execute(tx);
      await sql.raw(`PRAGMA max_page_count = ${rows[0]?.page_count ?? 1}`).execute(tx);
    });
    const long = { bodyId: at.bodies.b7, ...words, what: "很长的话。".repeat(400) };
    const tries = await Promise.allSettled(Array.from({ length: 40 }, () => perform(raiseIssue, head, long)));
    const refused = tries.filter((t) => t.status === "rejected").length;
    expect(refused).toBeGreaterThan(0);
    const saved = await store.read.selectFrom("Issue").select("id").execute();
    expect(saved).toHaveLength(1 + tries.length - refused);
    expect(await checkChain(store.read, at.communityId)).toMatchObject({ ok: true });
    await store.write((tx) => sql`PRAGMA max_page_count = 1000000`.execute(tx));
    expect(code(await perform(settleIssue, head, { number, text: "fixed" }))).toBe("accepted");
    const { fromLog, fromTables } = await bothWays(store);
    expect(fromLog).toEqual(fromTables);
  });
});

test("[PF6] a form of the house that saves all it shows is stopped by one's own later change in another window, and saves once that was seen", async () => {
  const { perform, at, head, store, clock } = await setting();
  const bodyId = at.bodies.council;
  const body = { bodyId, name: "Council", kind: "council", escalatesToId: at.bodies.joint, quorum: { numerator: 1, denominator: 2, parties: [] } };
  const cadence = { rule: "FREQ=MONTHLY;BYDAY=-1TH", startsOn: "2026-03-01", time: "19:00", minutes: 60, place: "Hall", onDayOff: "move" };
  const office = { membershipId: head.posts[0]?.membershipId, role: "head", party: "owners", startsOn: "2026-03-01", endsOn: null };
  const clocks = { rules: { 0: standardClocks("building", "minor") }, limits: standardLimits };
  const versionOf = async (table: "Body" | "Membership", id = "") =>
    (await store.read.selectFrom(table).select("version").where("id", "=", id).executeTakeFirstOrThrow()).version;
  const house = async () => (await store.read.selectFrom("Community").select("version").where("id", "=", at.communityId).executeTakeFirstOrThrow()).version;
  const forms = [
    ["body.changed", async () => versionOf("Body", bodyId), changeBody, { ...body, name: "The council" }, { ...body, estate: "Baoyuan" }],
    ["body.cadenceSet", async () => versionOf("Body", bodyId), setBodyCadence, { bodyId, cadence }, { bodyId, cadence: { ...cadence, place: "Yard" } }],
    ["membership.changed", async () => versionOf("Membership", office.membershipId), changeMembership, { ...office, endsOn: "2027-03-01" }, office],
    ["community.clocksKept", house, keepCommunityClocks, clocks, { ...clocks, limits: { ...standardLimits, extensions: 5 } }],
    ["followUp.set", async () => 0, setFollowUp, { askDays: 20, changeDays: 10 }, { askDays: 21, changeDays: 10 }],
  ] as const;
  for (const [what, seenVersion, command, first, old] of forms) {
    const send = (input: object, version: number) =>
      (perform as (...with_: unknown[]) => ReturnType<typeof perform>)(command, at.secretary, { ...input, version });
    const version = await seenVersion();
    expect(await send(first, version), what).not.toHaveProperty("refusal");
    const stopped = await send(old, version);
    expect(stopped, what).toMatchObject({ ok: false, refusal: { code: "stale", params: { own: 1, what } } });
    if (stopped.ok) continue;
    for (const locale of ["zh-CN", "en"] as const) {
      const words = wordsFor(locale, "Asia/Shanghai", clock.now);
      expect(refusalWords(stopped.refusal, words).what).not.toContain(words.t("change.other"));
    }
    expect(await send(old, Number(stopped.refusal.params.version)), what).toMatchObject({ ok: true });
  }
  // When a body meets contradicts nothing about what it is, in one's own other window either.
  const version = await versionOf("Body", bodyId);
  await done(perform, setBodyCadence, at.secretary, { bodyId, cadence: null, version });
  await done(perform, changeBody, at.secretary, { ...body, version });
});
