// Minutes from their last word to their last signature: frozen by the real live server, signed, attacked, checked.
import { createHash, randomBytes } from "node:crypto";
import { cpSync } from "node:fs";
import { createServer, request } from "node:http";
import type { Duplex } from "node:stream";
import pino from "pino";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import WebSocket from "ws";
import * as Y from "yjs";
import { closeCodes } from "../../app/collab/close-codes";
import { readState } from "../../app/collab/read";
import { minutesField } from "../../app/collab/room";
import type { Command } from "../../app/commands/command";
import { recordDecision } from "../../app/commands/decision/record";
import { escalateIssue } from "../../app/commands/issue/escalate";
import { closeMeeting } from "../../app/commands/meeting/close";
import { takeSeat } from "../../app/commands/meeting/seat";
import { addToMinutes } from "../../app/commands/paper/addend";
import { finishPaper } from "../../app/commands/paper/finish";
import { mendTheRoll } from "../../app/commands/paper/mend-roll";
import { sendPaperBack } from "../../app/commands/paper/send-back";
import { signPaper } from "../../app/commands/paper/sign";
import { summariseMinutes } from "../../app/commands/paper/summarise";
import { withdrawPaper } from "../../app/commands/paper/withdraw";
import { makePerform } from "../../app/commands/perform.server";
import { castBallot } from "../../app/commands/vote/cast";
import { closeTheVote } from "../../app/commands/vote/close";
import { openTheVote } from "../../app/commands/vote/open";
import { loadMeeting, votesOf } from "../../app/data/meetings.server";
import { loadCommunity } from "../../app/data/organisation.server";
import { loadPaper, minutesOf, paperFile, papersOf } from "../../app/data/papers.server";
import { recordFileOf } from "../../app/data/record-file.server";
import { openStore } from "../../app/data/store.server";
import type { Paper } from "../../app/domain/paper";
import type { Action, Actor } from "../../app/domain/permission";
import type { Services, SignedIn } from "../../app/http/context";
import { readEnv } from "../../app/http/env.server";
import { draftOf } from "../../app/http/paper-draft.server";
import { copyOfPaper } from "../../app/http/papers.server";
import { passwordProblem } from "../../app/http/passwords.server";
import { check } from "../../app/papers/check";
import { open as openRecord } from "../../app/papers/seal";
import { forwardsOf, originOf, papersOn } from "../../app/views/forward";
import { home } from "../../app/views/home";
import { meetingPage } from "../../app/views/meeting-page";
import { minutesShape } from "../../app/views/minutes";
import { historyPage, stretchList } from "../../app/views/minutes-history";
import { maskFor, withoutNames } from "../../app/views/names";
import { paperPage, papersOfMeeting } from "../../app/views/paper-page";
import { roomPage } from "../../app/views/room";
import { serveLive } from "../../live";
import { done, idOf } from "../support/house";
import { type Client, synced, until } from "../support/live";
import { unzipped } from "../support/measure";
import { origin, type Sitting, say, sitting } from "../support/sitting";
import { folder, migrations } from "../support/store";

const frozen = async (s: Sitting, round = 1): Promise<Paper> => {
  const seen: Paper[] = [];
  const look = async () => {
    const paper = await s.minutes();
    if (paper?.status === "frozen" && paper.round === round) seen.push(paper);
    return seen.length > 0;
  };
  await expect.poll(look, { timeout: 5000 }).toBe(true);
  const [paper] = seen;
  if (!paper) throw new Error("not frozen");
  return paper;
};
const textOf = async (pieces: AsyncIterable<string>): Promise<string> => {
  let text = "";
  for await (const piece of pieces) text += piece;
  return text;
};
const docxText = async (bytes: Uint8Array): Promise<string> => unzipped(Buffer.from(bytes), "word/document.xml").replace(/<[^>]+>/g, "");
const signs = (s: Sitting, actor: Actor, paper: Paper, fingerprint = paper.fingerprint) =>
  s.perform(signPaper, actor, { paperId: paper.id, fingerprint, mark: { kind: "typed", text: actor.name } });

/** A whole meeting: minutes, a vote by name, a decision; closed. */
async function held(s: Sitting): Promise<Paper> {
  const page = await s.writer(s.recorder);
  await synced(page);
  const [first] = s.items;
  say(page.doc, first?.id ?? "", "The pumps are of 1997.");
  await until(() => page.saved() > 1, "it is saved");
  const voteId = idOf(
    await done(s.perform, openTheVote, s.chair, { meetingId: s.meetingId, itemId: first?.id, question: "Replace the pumps?", method: "rollCall" }),
    "vote.opened",
  );
  for (const [actor, choice] of [
    [s.chair, "for"],
    [s.recorder, "for"],
    [s.member, "abstained"],
  ] as const)
    await done(s.perform, castBallot, actor, { voteId, personId: actor.personId, choice });
  await done(s.perform, closeTheVote, s.chair, { voteId });
  await done(s.perform, recordDecision, s.chair, {
    meetingId: s.meetingId,
    itemId: first?.id,
    text: "Replace the pumps?",
    method: "rollCall",
    outcome: "adopted",
    voteId,
  });
  await done(s.perform, closeMeeting, s.chair, { meetingId: s.meetingId });
  return frozen(s);
}

describe("freezing and signing", () => {
  test("[PP1][PP3] the text is frozen when the meeting closes; the last signature adopts; the record checks", async () => {
    const s = await sitting();
    const paper = await held(s);
    expect(paper.signers).toEqual([s.chair, s.recorder, s.member].map((a) => a.personId));
    for (const actor of [s.chair, s.recorder]) expect((await signs(s, actor, paper)).ok).toBe(true);
    expect((await s.minutes())?.status).toBe("frozen");
    expect((await signs(s, s.member, paper)).ok).toBe(true);
    const adopted = await s.minutes();
    expect(adopted).toMatchObject({ status: "adopted", round: 1 });
    const file = await recordFileOf(s.store.read, adopted ?? paper, new Date().toISOString());
    expect(check(JSON.parse(JSON.stringify(file)))).toMatchObject({ ok: true });
    const record = openRecord(file);
    if (record.kind !== "minutes") throw new Error("not minutes");
    expect(JSON.stringify(record.items[0]?.nodes)).toContain("The pumps are of 1997.");
    expect(record.items[0]?.votes[0]).toMatchObject({
      status: "carried",
      method: "rollCall",
      ballots: [{ choice: "for" }, { choice: "for" }, { choice: "abstained" }],
    });
    expect(record.items[0]?.decisions[0]?.text).toEqual({ said: "Replace the pumps?" });
    expect(file.anchor).not.toBeNull();
    expect(s.errors).toEqual([]);
  });

  test("[PP2] whatever was promised to be saved before the close is in the frozen text", async () => {
    const s = await sitting();
    const page = await s.writer(s.recorder);
    await synced(page);
    let written = 0;
    let closed = false;
    const closing = done(s.perform, closeMeeting, s.chair, { meetingId: s.meetingId }).then(() => {
      closed = true;
    });
    // The recorder types on while the chair closes; each acknowledgement is remembered.
    const promised: number[] = [];
    while (!closed || written < 20) {
      say(page.doc, s.items[0]?.id ?? "", `line-${written++};`);
      promised.push(page.saved());
      await new Promise((next) => setTimeout(next, 2));
    }
    await closing;
    const paper = await frozen(s);
    const text = (await paperFile(s.store.read, paper)) ?? "";
    const kept = Array.from({ length: written }, (_, n) => text.includes(`line-${n};`));
    // What is kept is a beginning of what was written, and holds at least all that was acknowledged.
    const last = kept.lastIndexOf(true);
    expect(kept.slice(0, last + 1).every(Boolean)).toBe(true);
    expect(last + 1).toBeGreaterThanOrEqual(page.saved() - 2);
  });

  test("[PP4] a signature over anything else is refused; so is a second one, and one by who need not sign", async () => {
    const s = await sitting();
    const paper = await held(s);
    const code = async (outcome: Promise<Awaited<ReturnType<typeof signs>>>) => {
      const answer = await outcome;
      return answer.ok ? "accepted" : answer.refusal.code;
    };
    expect(await code(signs(s, s.chair, paper, "0".repeat(64)))).toBe("paper.otherText");
    expect(await code(signs(s, s.chair, paper))).toBe("accepted");
    expect(await code(signs(s, s.chair, paper))).toBe("paper.signedAlready");
    expect(await code(signs(s, s.head, paper))).toBe("forbidden");
    expect((await loadPaper(s.store.read, s.at.communityId, paper.id))?.signed).toEqual([s.chair.personId]);
  });

  test("[PP5] minutes that a signer sends back are mended, frozen anew, and the earlier signatures count for nothing", async () => {
    const s = await sitting();
    const paper = await held(s);
    expect((await signs(s, s.chair, paper)).ok).toBe(true);
    await done(s.perform, sendPaperBack, s.recorder, { paperId: paper.id, fingerprint: paper.fingerprint, reason: "1997, not 1979" });
    const page = await s.writer(s.recorder);
    await synced(page);
    const before = page.saved();
    say(page.doc, s.items[0]?.id ?? "", "Mended.");
    await until(() => page.saved() > before, "it is saved");
    await done(s.perform, finishPaper, s.recorder, { paperId: paper.id });
    expect(await page.closed).toBe(closeCodes.over);
    const again = await frozen(s, 2);
    expect(again.fingerprint).not.toBe(paper.fingerprint);
    expect(again.signed).toEqual([]);
    // Whoever signs what they saw in the first round is told to look again.
    const late = await s.perform(sendPaperBack, s.member, { paperId: paper.id, fingerprint: paper.fingerprint, reason: "of the first round" });
    expect(late.ok ? "accepted" : late.refusal.code).toBe("paper.otherText");
    const stale = await signs(s, s.member, paper);
    expect(stale.ok ? "accepted" : stale.refusal.code).toBe("paper.otherText");
    expect(await paperFile(s.store.read, again)).toContain("Mended.");
  });

  test("[PP15][PP16][HI5] sent back: the page shows what will be frozen, the roll is put right, and record and history tell it all", async () => {
    const s = await sitting();
    const paper = await held(s);
    const seen = { paperId: paper.id, locale: "en" as const };
    const community = await loadCommunity(s.store.read, s.at.communityId);
    if (!community) throw new Error("no community");
    const viewer = { actor: s.chair, community, now: s.now() };
    const services = { store: s.store, liveState: s.live.stateOf } as unknown as Services;
    const roll = { paperId: paper.id, personId: s.member.personId, presence: "absent", reason: "was at work" };
    const early = await s.perform(mendTheRoll, s.recorder, roll);
    expect(early.ok ? "accepted" : early.refusal.code).toBe("paper.notWriting");
    expect(await draftOf(services, viewer, seen)).toBeNull();

    await done(s.perform, sendPaperBack, s.recorder, { paperId: paper.id, fingerprint: paper.fingerprint, reason: "1997, not 1979" });
    const page = await s.writer(s.recorder);
    await synced(page);
    const before = page.saved();
    say(page.doc, s.items[0]?.id ?? "", "Mended.");
    await until(() => page.saved() > before, "it is saved");
    const votes = (await votesOf(s.store.read, s.at.communityId, s.meetingId))[0]?.counts;
    await done(s.perform, mendTheRoll, s.recorder, roll);
    const twice = await s.perform(mendTheRoll, s.recorder, roll);
    expect(twice.ok ? "accepted" : twice.refusal.code).toBe("meeting.rollSaysSo");
    const draft = await draftOf(services, viewer, seen);
    expect(JSON.stringify(draft?.sheet)).toContain("Mended.");
    const came = draft?.changes.map((line) => line.flatMap((c) => (c.how === "came" ? [c.text] : [])).join("")).join("\n") ?? "";
    expect(came).toContain("Mended.");
    expect(came).toContain("1997, not 1979");
    expect(JSON.stringify(draft?.sheet)).not.toContain(paper.fingerprint);

    await done(s.perform, finishPaper, s.recorder, { paperId: paper.id });
    const again = await frozen(s, 2);
    expect(again.signers).not.toContain(s.member.personId);
    const record = openRecord(await recordFileOf(s.store.read, again, new Date().toISOString()));
    if (record.kind !== "minutes") throw new Error("no minutes");
    expect(record.returned).toMatchObject([{ round: 1, reason: { said: "1997, not 1979" } }]);
    expect(record.rollMended).toMatchObject([{ was: "present", presence: "absent", reason: { said: "was at work" } }]);
    expect(record.people.find((p) => p.ref === record.rollMended?.[0]?.ref)).toMatchObject({ presence: "absent", arrivedAt: null });
    expect(record.items[0]?.votes[0]?.counts).toEqual(votes);
    // Of the count as it was, whatever the roll says now.
    expect(record.items[0]?.votes[0]?.turnout).toEqual({ entitled: 3, present: 3, represented: 0, silent: 0, notVoted: [] });
    const history = await historyPage(s.store.read, viewer, { meetingId: s.meetingId });
    if (!history) throw new Error("not readable");
    const { rows } = await stretchList(s.store.read, viewer, history, s.live.past, 1);
    expect(rows.map((row) => ("kind" in row ? row.kind : "written"))).toEqual(["frozen", "rollMended", "written", "sentBack", "frozen", "written"]);
  });

  test("[PP6] killed between the close and the freezing, the next start freezes", async () => {
    const s = await sitting();
    const page = await s.writer(s.recorder);
    await synced(page);
    say(page.doc, s.items[0]?.id ?? "", "Before the crash.");
    await until(() => page.saved() > 1, "it is saved");
    page.provider.destroy();
    await s.stop();
    // The chair closes while nobody serves the live documents.
    await done(s.perform, closeMeeting, s.chair, { meetingId: s.meetingId });
    expect(await s.minutes()).toBeNull();
    const server = createServer();
    const env = readEnv({ DATA_DIR: s.dir, ORIGIN: origin, LOG_LEVEL: "silent", NODE_ENV: "test" });
    const live = serveLive(server, { env, store: s.store, now: () => new Date().toISOString(), perform: s.perform, logger: pino({ level: "silent" }) });
    const paper = await frozen(s);
    expect(await paperFile(s.store.read, paper)).toContain("Before the crash.");
    await live.close();
  });

  test("[PP6] what could not be frozen is tried again within a minute, with nobody doing anything", async () => {
    const s = await sitting();
    await s.stop();
    await done(s.perform, closeMeeting, s.chair, { meetingId: s.meetingId });
    await s.store.caughtUp();
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    onTestFinished(() => void vi.useRealTimers());
    const env = readEnv({ DATA_DIR: s.dir, ORIGIN: origin, LOG_LEVEL: "silent", NODE_ENV: "test" });
    let full = true;
    const errors: string[] = [];
    const perform: typeof s.perform = (...what) => {
      if (full) throw new Error("the disk is full");
      return s.perform(...what);
    };
    const logger = pino({ level: "error" }, { write: (line: string) => void errors.push(line) });
    const live = serveLive(createServer(), { env, store: s.store, now: () => new Date().toISOString(), perform, logger });
    await until(() => errors.length > 0, "it was tried at the start");
    await s.store.caughtUp();
    full = false;
    expect(await s.minutes()).toBeNull();
    vi.advanceTimersByTime(60_000);
    await frozen(s);
    await live.close();
  });

  test("[PP6] [KI1] killed between the freezing and a signature: what was frozen and signed stands, and the rest is signed", async () => {
    const s = await sitting();
    const paper = await held(s);
    await done(s.perform, signPaper, s.chair, { paperId: paper.id, fingerprint: paper.fingerprint, mark: { kind: "typed", text: "Chair Wang" } });
    // What lies on the disk at this instant, as a killed process leaves it: nothing was closed.
    const dir = folder();
    cpSync(s.dir, dir, { recursive: true });
    const store = openStore(dir, migrations);
    const perform = makePerform(store);
    const after = await minutesOf(store.read, s.at.communityId, s.meetingId);
    expect(after).toMatchObject({ status: "frozen", fingerprint: paper.fingerprint, signed: [s.chair.personId] });
    const again = await perform(signPaper, s.chair, { paperId: paper.id, fingerprint: paper.fingerprint, mark: { kind: "typed", text: "Chair Wang" } });
    expect(again.ok ? "accepted" : again.refusal.code).toBe("paper.signedAlready");
    for (const actor of [s.recorder, s.member])
      await done(perform, signPaper, actor, { paperId: paper.id, fingerprint: paper.fingerprint, mark: { kind: "typed", text: actor.name } });
    const adopted = await minutesOf(store.read, s.at.communityId, s.meetingId);
    if (!adopted) throw new Error("no minutes");
    expect(check(JSON.parse(JSON.stringify(await recordFileOf(store.read, adopted, new Date().toISOString()))))).toMatchObject({ ok: true });
    await store.close();
  });

  test("[PP7] after adoption only an addendum says more, with its own date and signatures; a summary takes its number", async () => {
    const s = await sitting();
    const paper = await held(s);
    const early = await s.perform(addToMinutes, s.recorder, { paperId: paper.id, text: "too early" });
    expect(early.ok ? "accepted" : early.refusal.code).toBe("paper.notAdopted");
    for (const actor of [s.chair, s.recorder, s.member]) await signs(s, actor, paper);
    const addendum = idOf(await done(s.perform, addToMinutes, s.recorder, { paperId: paper.id, text: "The pumps are of 1996." }), "paper.frozen");
    const second = await loadPaper(s.store.read, s.at.communityId, addendum);
    if (!second) throw new Error("no addendum");
    for (const actor of [s.chair, s.recorder, s.member]) expect((await signs(s, actor, second)).ok).toBe(true);
    const parts = s.items.map((item) => ({ itemId: item.id, text: "Heard.", resolutions: "Replace the pumps." }));
    const drawn = () => s.perform(summariseMinutes, s.recorder, { paperId: paper.id, opening: "On this day.", parts });
    // Two draw up the summary at once: there is one, and the other is told.
    const outcomes = await Promise.all([drawn(), drawn()]);
    expect(outcomes.map((o) => (o.ok ? "accepted" : o.refusal.code)).sort()).toEqual(["accepted", "paper.summarisedAlready"]);
    const summaries = (await papersOf(s.store.read, s.at.communityId, s.meetingId)).filter((p) => p.kind === "summary");
    expect(summaries.map((p) => p.number)).toEqual([1]);
    const file = await recordFileOf(s.store.read, (await s.minutes()) ?? paper, new Date().toISOString());
    expect(check(JSON.parse(JSON.stringify(file)))).toMatchObject({ ok: true });
    expect(file.addenda).toHaveLength(1);
  });
});

test("[PP9] a paper is read only by who may see every issue in it, or signs it", async () => {
  const s = await sitting();
  const paper = await held(s);
  for (const actor of [s.chair, s.recorder, s.member]) await signs(s, actor, paper);
  const reader = await s.at.person("Neighbour", [[s.at.bodies.b8, "resident", "owners"]]);
  const community = await loadCommunity(s.store.read, s.at.communityId);
  if (!community) throw new Error("no community");
  const seen = async (actor: Actor) => {
    const viewer = { actor, community, now: new Date().toISOString() };
    const page = await paperPage(s.store.read, viewer, { paperId: paper.id, locale: "en" });
    const copy = await copyOfPaper({ store: s.store }, viewer, { paperId: paper.id, format: "md", masked: false, locale: "en" });
    return [page !== null, copy !== null, (await papersOfMeeting(s.store.read, viewer, s.meetingId)).length];
  };
  expect(await seen(reader)).toEqual([true, true, 1]);
  await s.store.write((tx) => tx.updateTable("Issue").set({ visibility: "handlers" }).execute());
  expect(await seen(reader)).toEqual([false, false, 0]);
  expect(await seen(s.member)).toEqual([true, true, 1]);
});

test("[PP11] a summary or an addendum is taken back before it is in force, and another takes its number", async () => {
  const s = await sitting();
  const paper = await held(s);
  for (const actor of [s.chair, s.recorder, s.member]) await signs(s, actor, paper);
  const paperNamed = async (id: string) => {
    const found = await loadPaper(s.store.read, s.at.communityId, id);
    if (!found) throw new Error("no paper");
    return found;
  };
  const community = await loadCommunity(s.store.read, s.at.communityId);
  if (!community) throw new Error("no community");
  const back = async (actor: Actor, of: Paper, print = of.fingerprint) => {
    const outcome = await s.perform(withdrawPaper, actor, { paperId: of.id, fingerprint: print, reason: "1996, not 1997" });
    return outcome.ok ? "accepted" : outcome.refusal.code;
  };
  const parts = s.items.map((item) => ({ itemId: item.id, text: "Heard." }));
  const drawn = async () =>
    paperNamed(idOf(await done(s.perform, summariseMinutes, s.recorder, { paperId: paper.id, opening: "On this day.", parts }), "paper.frozen"));
  const summary = await drawn();
  expect(await back(s.head, summary)).toBe("forbidden");
  expect(await back(s.chair, summary, "0".repeat(64))).toBe("paper.otherText");
  const viewer = { actor: s.chair, community, now: new Date().toISOString() };
  expect((await paperPage(s.store.read, viewer, { paperId: summary.id, locale: "en" }))?.can).toMatchObject({ sendBack: false, withdraw: true });
  expect(await back(s.chair, summary)).toBe("accepted");
  expect(await paperNamed(summary.id)).toMatchObject({ status: "withdrawn", reason: "1996, not 1997", signed: [], number: null });
  expect((await paperPage(s.store.read, viewer, { paperId: summary.id, locale: "en" }))?.can).toMatchObject({ sign: false, withdraw: false });
  expect((await signs(s, s.chair, summary)).ok).toBe(false);
  const again = await drawn();
  expect(again).toMatchObject({ status: "frozen", number: 1 });
  expect((await signs(s, s.chair, again)).ok).toBe(true);
  expect(await back(s.recorder, again)).toBe("paper.notFrozen");
  // An addendum that somebody signed already is taken back by another; minutes never are.
  const addendum = await paperNamed(
    idOf(await done(s.perform, addToMinutes, s.recorder, { paperId: paper.id, text: "The pumps are of 1996." }), "paper.frozen"),
  );
  expect((await signs(s, s.recorder, addendum)).ok).toBe(true);
  expect(await back(s.member, addendum)).toBe("accepted");
  expect(await back(s.chair, paper)).toBe("paper.notFrozen");
  const file = await recordFileOf(s.store.read, (await s.minutes()) ?? paper, new Date().toISOString());
  expect(file.addenda).toEqual([]);
});

test("[PP12] what was sent back is handed out to nobody until it is frozen anew", async () => {
  const s = await sitting();
  const paper = await held(s);
  const community = await loadCommunity(s.store.read, s.at.communityId);
  if (!community) throw new Error("no community");
  const viewer = { actor: s.chair, community, now: new Date().toISOString() };
  const copies = async () => {
    const found = [];
    for (const format of ["docx", "html", "md", "json"] as const)
      found.push((await copyOfPaper({ store: s.store }, viewer, { paperId: paper.id, format, masked: false, locale: "en" })) !== null);
    return [...found, (await paperPage(s.store.read, viewer, { paperId: paper.id, locale: "en" }))?.stands];
  };
  expect(await copies()).toEqual([true, true, true, true, true]);
  await done(s.perform, sendPaperBack, s.recorder, { paperId: paper.id, fingerprint: paper.fingerprint, reason: "1997, not 1979" });
  expect(await copies()).toEqual([false, false, false, false, false]);
  await done(s.perform, finishPaper, s.chair, { paperId: paper.id });
  await frozen(s, 2);
  expect(await copies()).toEqual([true, true, true, true, true]);
});

test("[PP13] a summary says what the minutes resolved, how, and until when it holds, whatever its writer sends", async () => {
  const s = await sitting();
  const paper = await held(s);
  for (const actor of [s.chair, s.recorder, s.member]) await signs(s, actor, paper);
  const parts = s.items.map((item) => ({ itemId: item.id, text: "Heard.", resolutions: "Everybody gets a thousand yuan." }));
  const id = idOf(await done(s.perform, summariseMinutes, s.recorder, { paperId: paper.id, opening: "On this day.", parts }), "paper.frozen");
  const summary = await loadPaper(s.store.read, s.at.communityId, id);
  const record = openRecord(await recordFileOf(s.store.read, summary ?? paper, new Date().toISOString()));
  if (record.kind !== "summary") throw new Error("no summary");
  expect(JSON.stringify(record)).not.toContain("thousand");
  const [first, second] = record.parts;
  expect(first?.resolutions).toHaveLength(1);
  const line = first?.resolutions[0]?.said ?? "";
  expect(line).toMatch(/^Replace the pumps\?.*2.*0.*1/s);
  // Decided by the urgent procedure: it says until when it holds.
  expect(line).toMatch(/20\d\d/);
  expect(second?.resolutions).toEqual([]);
});

test("whoever must sign is told at home which paper it is", async () => {
  const s = await sitting();
  const paper = await held(s);
  const community = await loadCommunity(s.store.read, s.at.communityId);
  if (!community) throw new Error("no community");
  const asked = async () =>
    (await home(s.store.read, { actor: s.chair, community, now: new Date().toISOString() })).items
      .filter((i) => i.href.startsWith("/papers/"))
      .map((i) => i.ask);
  expect(await asked()).toEqual(["signPaper"]);
  for (const actor of [s.chair, s.recorder, s.member]) await signs(s, actor, paper);
  await done(s.perform, addToMinutes, s.recorder, { paperId: paper.id, text: "The pumps are of 1996." });
  const parts = s.items.map((item) => ({ itemId: item.id, text: "Heard." }));
  await done(s.perform, summariseMinutes, s.recorder, { paperId: paper.id, opening: "On this day.", parts });
  expect((await asked()).sort()).toEqual(["signAddendum", "signSummary"]);
});

test("[PP14] a name typed as a mark is the signer's own", async () => {
  const s = await sitting();
  const paper = await held(s);
  const typed = async (text: string) => {
    const outcome = await s.perform(signPaper, s.member, { paperId: paper.id, fingerprint: paper.fingerprint, mark: { kind: "typed", text } });
    return outcome.ok ? "accepted" : `${outcome.refusal.code} ${outcome.refusal.field}`;
  };
  expect(await typed(s.chair.name)).toBe("paper.otherName mark");
  expect(await typed(` chair  wang `)).toBe("paper.otherName mark");
  expect(await typed("<b>x</b>")).toBe("paper.otherName mark");
  expect(await typed(` ${s.member.name.toUpperCase()} `)).toBe("accepted");
});

test("[PP10] whoever has no part in the meeting reads and takes its papers without names, whatever they ask for", async () => {
  const s = await sitting();
  const paper = await held(s);
  for (const actor of [s.chair, s.recorder, s.member]) await signs(s, actor, paper);
  const addendum = idOf(await done(s.perform, addToMinutes, s.recorder, { paperId: paper.id, text: "Chair Wang came late." }), "paper.frozen");
  const second = await loadPaper(s.store.read, s.at.communityId, addendum);
  if (!second) throw new Error("no addendum");
  for (const actor of [s.chair, s.recorder, s.member]) await signs(s, actor, second);
  const resident = await s.at.person("Neighbour", [[s.at.bodies.b8, "resident", "owners"]]);
  const colleague = await s.at.person("Colleague", [[s.at.bodies.council, "member", "owners"]]);
  const community = await loadCommunity(s.store.read, s.at.communityId);
  if (!community) throw new Error("no community");
  const taken = async (actor: Actor, paperId: string) => {
    const viewer = { actor, community, now: new Date().toISOString() };
    const page = await paperPage(s.store.read, viewer, { paperId, locale: "en" });
    const copies = [];
    for (const format of ["docx", "html", "md", "json"] as const) {
      const copy = await copyOfPaper({ store: s.store }, viewer, { paperId, format, masked: false, locale: "en" });
      const body = copy?.body ?? "";
      const text = body instanceof Uint8Array ? await docxText(body) : typeof body === "string" ? body : await textOf(body);
      copies.push({ title: copy?.title ?? "", text });
    }
    return { page: JSON.stringify(page), masked: page?.masked, copies };
  };
  for (const paperId of [paper.id, addendum]) {
    const theirs = await taken(resident, paperId);
    expect(theirs.masked).toBe(true);
    for (const text of [theirs.page, ...theirs.copies.map((c) => c.text)])
      for (const name of ["Chair Wang", "Recorder Li", "Member Zhao"]) expect(text).not.toContain(name);
    for (const { title } of theirs.copies) expect(title).toContain("(names withheld)");
    const record = JSON.parse(theirs.copies[3]?.text ?? "");
    expect(check(record)).toMatchObject({ ok: true });
    for (const actor of [colleague, s.member]) {
      const whole = await taken(actor, paperId);
      expect(whole.masked).toBe(false);
      for (const { title, text } of whole.copies) {
        expect(text).toContain("Chair Wang");
        expect(title).not.toContain("withheld");
      }
    }
  }
});

test("[ME14] whoever has no part in a meeting reads its page, its room and its minutes without names", async () => {
  const s = await sitting();
  await held(s);
  const resident = await s.at.person("Neighbour", [[s.at.bodies.b8, "resident", "owners"]]);
  const colleague = await s.at.person("Colleague", [[s.at.bodies.council, "member", "owners"]]);
  const community = await loadCommunity(s.store.read, s.at.communityId);
  if (!community) throw new Error("no community");
  const shown = async (actor: Actor) => {
    const viewer = { actor, community, now: new Date().toISOString() };
    const [page, room] = [
      await meetingPage(s.store.read, viewer, { meetingId: s.meetingId }),
      await roomPage(s.store.read, viewer, { meetingId: s.meetingId }),
    ];
    const written = [{ kind: "speech" as const, speaker: "Member Zhao", runs: ["Chair ", "Wang", " called 13812345678."].map((text) => ({ text })) }];
    const minutes = withoutNames({ id: s.meetingId, written }, await maskFor(s.store.read, viewer, s.meetingId));
    return { page: JSON.stringify(page), room: JSON.stringify(room), minutes, masked: page?.masked };
  };
  const theirs = await shown(resident);
  expect(theirs.masked).toBe(true);
  for (const text of [theirs.page, theirs.room, JSON.stringify(theirs.minutes)])
    for (const name of ["Chair Wang", "Recorder Li", "Member Zhao"]) expect(text).not.toContain(name);
  expect(theirs.page).toContain('"name":"C**"');
  expect(theirs.minutes.id).toBe(s.meetingId);
  expect(theirs.minutes.written[0]?.speaker).toBe("M**");
  expect(theirs.minutes.written[0]?.runs.map((r) => r.text).join("")).toBe("C** called 138****5678.");
  for (const actor of [s.member, colleague]) {
    const { page, masked } = await shown(actor);
    expect(masked).toBe(false);
    expect(page).toContain("Chair Wang");
  }
});

test("guessing a password at the signature is slowed down like a sign-in, for that person only", async () => {
  const s = await sitting();
  const services = { store: s.store, now: () => new Date().toISOString() };
  const tries = async (actor: Actor) => {
    const problem = await passwordProblem(services, { actor } as SignedIn, "a guess", "password");
    return problem?.code;
  };
  for (let n = 0; n < 5; n++) expect(await tries(s.chair)).toBe("password.wrong");
  expect(await tries(s.chair)).toBe("tooManyTries");
  expect(await tries(s.recorder)).toBe("password.wrong");
});

const digestOf = (s: Sitting): string =>
  createHash("sha256")
    .update(s.live.stateOf(s.room) ?? "")
    .digest("hex");

/** Everybody's page writes on after it was shown out, and knocks again and again with what it wrote. */
async function writesOn(s: Sitting, pages: readonly Client[]): Promise<void> {
  await Promise.all(
    pages.map(async ({ doc, provider }) => {
      for (let round = 0; round < 2; round++) {
        say(doc, s.items[0]?.id ?? "", "FORGED");
        const shut = new Promise<number>((resolve) => provider.on("connection-close", (event) => event && resolve(event.code)));
        provider.connect();
        expect(await shut).toBe(closeCodes.over);
      }
    }),
  );
}

/** A socket of a writer who hears nothing: shown out, it goes on sending. */
async function deaf(s: Sitting, actor: Actor) {
  const { hostname, port, pathname } = new URL(`${s.url}/${s.room}`);
  const handshake = { connection: "Upgrade", upgrade: "websocket", "sec-websocket-version": "13", "sec-websocket-key": randomBytes(16).toString("base64") };
  const asked = request({ hostname, port, path: pathname, headers: { ...handshake, cookie: await s.cookieOf(actor), origin } });
  const socket = await new Promise<Duplex>((resolve, reject) => {
    asked.on("upgrade", (_answer, stream) => resolve(stream)).on("error", reject);
    asked.end();
  });
  socket.on("error", () => {});
  socket.resume();
  onTestFinished(() => void socket.destroy());
  return (words: string) => {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, s.live.stateOf(s.room) ?? new Uint8Array());
    const before = Y.encodeStateVector(doc);
    say(doc, s.items[0]?.id ?? "", words);
    const update = Y.encodeStateAsUpdate(doc, before);
    if (update.length > 120) throw new Error("It does not fit a short frame.");
    // One binary message in a frame whose mask changes nothing: an update of the document.
    socket.write(Buffer.concat([Buffer.from([0x82, 0x80 | (update.length + 3), 0, 0, 0, 0, 0, 2, update.length]), update]));
  };
}

describe("adopted minutes", () => {
  test("[PP8] whoever had them open goes on writing through close, freezing and signatures, and changes not one byte", async () => {
    const s = await sitting();
    const guest = await s.at.person("Guest", [[s.at.bodies.water, "staff", "department"]]);
    await done(s.perform, takeSeat, s.chair, { meetingId: s.meetingId, personId: guest.personId, presence: "excused" });
    const pages = await Promise.all([s.chair, s.recorder, s.member, guest].map((actor) => s.writer(actor)));
    await Promise.all(pages.map(synced));
    const deafs = await Promise.all([s.chair, s.recorder, s.member].map((actor) => deaf(s, actor)));
    for (const [n, sends] of deafs.entries()) {
      sends(`Said in time ${n}.`);
      await until(() => pages.every(({ doc }) => doc.getXmlFragment(minutesField).toString().includes(`Said in time ${n}.`)), "everybody reads it");
    }
    const paper = await held(s);
    for (const sends of deafs) sends("FORGED");
    await s.live.settle(s.room);
    const [frozenAs, file] = [digestOf(s), await paperFile(s.store.read, paper)];
    await writesOn(s, pages);
    for (const sends of deafs) sends("FORGED");
    expect([digestOf(s), await paperFile(s.store.read, paper)]).toEqual([frozenAs, file]);
    for (const actor of [s.chair, s.recorder, s.member]) expect((await signs(s, actor, paper)).ok).toBe(true);
    expect((await s.minutes())?.status).toBe("adopted");
    await writesOn(s, pages);
    expect([digestOf(s), await paperFile(s.store.read, paper)]).toEqual([frozenAs, file]);
    expect([file?.includes("Said in time 2."), file?.includes("FORGED")]).toEqual([true, false]);
    expect(JSON.stringify(readState(s.live.stateOf(s.room), await minutesShape(s.store.read, s.at.communityId, s.meetingId)))).not.toContain("FORGED");
  });

  test("[PP8] nor do those who mended what a signer sent back, once it is finished and signed", async () => {
    const s = await sitting();
    const paper = await held(s);
    await done(s.perform, sendPaperBack, s.recorder, { paperId: paper.id, fingerprint: paper.fingerprint, reason: "1997, not 1979" });
    const pages = await Promise.all([s.chair, s.recorder, s.member].map((actor) => s.writer(actor)));
    await Promise.all(pages.map(synced));
    const [first] = pages;
    const before = first?.saved() ?? 0;
    if (first) say(first.doc, s.items[0]?.id ?? "", "Mended.");
    await until(() => (first?.saved() ?? 0) > before, "it is saved");
    await done(s.perform, finishPaper, s.recorder, { paperId: paper.id });
    const again = await frozen(s, 2);
    await s.live.settle(s.room);
    const [frozenAs, file] = [digestOf(s), await paperFile(s.store.read, again)];
    await writesOn(s, pages);
    for (const actor of [s.chair, s.recorder, s.member]) expect((await signs(s, actor, again)).ok).toBe(true);
    await writesOn(s, pages);
    expect([digestOf(s), await paperFile(s.store.read, again)]).toEqual([frozenAs, file]);
    expect([file?.includes("Mended."), file?.includes("FORGED")]).toEqual([true, false]);
  });

  const modules = import.meta.glob<Record<string, unknown>>("../../app/commands/*/*.ts", { eager: true });
  type AnyCommand = Command<{ version?: number | undefined }, unknown>;
  const commands = Object.values(modules)
    .flatMap((exports) => Object.values(exports))
    .filter((value): value is AnyCommand => typeof value === "object" && value !== null && "action" in value && "decide" in value);

  test("[PP8] not one byte changes, whatever command and whatever frame anybody sends", async () => {
    const s = await sitting();
    const paper = await held(s);
    for (const actor of [s.chair, s.recorder, s.member]) await signs(s, actor, paper);
    const meeting = await loadMeeting(s.store.read, s.at.communityId, s.meetingId);
    const all = async () => ({
      file: await paperFile(s.store.read, paper),
      signatures: await s.store.read.selectFrom("PaperSignature").selectAll().execute(),
      paper: await s.minutes(),
      minutes: digestOf(s),
    });
    const before = await all();
    const decision = await s.store.read.selectFrom("Decision").select("id").executeTakeFirst();
    const vote = await s.store.read.selectFrom("Vote").select("id").executeTakeFirst();
    const item = s.items[0]?.id;
    const anything = {
      meetingId: s.meetingId,
      paperId: paper.id,
      decisionId: decision?.id,
      voteId: vote?.id,
      itemId: item,
      personId: s.member.personId,
      fingerprint: paper.fingerprint,
      mark: { kind: "typed", text: "Forged" },
      sections: [],
      text: "changed",
      reason: "changed",
      opening: "changed",
      parts: [{ itemId: item, text: "x", resolutions: "y" }],
      question: "changed?",
      method: "consensus",
      outcome: "adopted",
      counts: {},
      choice: "against",
      presence: "absent",
      coming: "no",
      kind: "speak",
      code: "",
      order: s.items.map((i) => i.id),
      issue: meeting?.items[0]?.issueId,
      startsAt: new Date(Date.now() + 9e7).toISOString(),
      endsAt: new Date(Date.now() + 9.4e7).toISOString(),
      place: "Elsewhere",
    };
    const meddling = commands.filter(
      ({ action }) => /^(meeting|paper|decision|vote)\./.test(action) && !(["meeting.call", "paper.addend", "paper.summarise"] as Action[]).includes(action),
    );
    expect(meddling.length).toBeGreaterThan(25);
    const outsider = await s.at.person("Outsider", [[s.at.bodies.b8, "resident", "owners"]]);
    for (const actor of [s.chair, s.recorder, s.member, s.head, s.at.secretary, outsider])
      for (const command of meddling) {
        const outcome = await s.perform(command, actor, anything);
        expect(outcome.ok && outcome.value.events.length > 0 ? command.action : "nothing").toBe("nothing");
      }
    for (const actor of [s.chair, s.recorder, s.member, s.head, outsider]) {
      const socket = new WebSocket(`${s.url}/${s.room}`, { headers: { cookie: await s.cookieOf(actor), origin } });
      const closed = new Promise<number>((resolve) => {
        socket.on("close", resolve);
        socket.on("error", () => resolve(0));
      });
      const doc = new Y.Doc();
      doc.getXmlFragment(minutesField).insert(0, [new Y.XmlElement("agendaSection")]);
      const update = Y.encodeStateAsUpdate(doc);
      socket.on("open", () => {
        socket.send(Buffer.concat([Buffer.from([0, 2, update.length]), update]));
        socket.send(Buffer.concat([Buffer.from([0, 1, update.length]), update]));
        socket.send(Buffer.from([0, 0, 1, 0]));
      });
      expect(await closed).toBe(closeCodes.over);
    }
    expect(await all()).toEqual(before);
    // Nor by whoever gets at the database with our own code.
    await expect(s.store.write(async (tx) => void (await tx.updateTable("PaperFile").set({ file: "" }).execute()))).rejects.toThrow(/never changed/);
    await expect(s.store.write(async (tx) => void (await tx.deleteFrom("PaperSignature").execute()))).rejects.toThrow(/never removed/);
    expect(await all()).toEqual(before);
  });
});

test("[ES6] adopted minutes send an item on with what was decided; both sides find the minutes at the issue", async () => {
  const s = await sitting();
  const paper = await held(s);
  const community = await loadCommunity(s.store.read, s.at.communityId);
  if (!community) throw new Error("There is no community.");
  const viewer = (actor: Actor) => ({ actor, community, now: new Date().toISOString() });
  const { read } = s.store;
  expect(await forwardsOf(read, viewer(s.chair), paper.id)).toEqual([]);
  for (const actor of [s.chair, s.recorder, s.member]) expect((await signs(s, actor, paper)).ok).toBe(true);
  const forwards = await forwardsOf(read, viewer(s.chair), paper.id);
  expect(forwards.map(({ up, down }) => ({ up, down }))).toEqual([
    { up: "Joint meeting", down: true },
    { up: "Joint meeting", down: true },
  ]);
  expect(await forwardsOf(read, viewer(s.member), paper.id)).toEqual([]);
  const issueId = s.items[0]?.issueId ?? "";
  const origin = await originOf(read, viewer(s.chair), paper.id, issueId);
  expect(origin).toMatchObject({ paperId: paper.id, decisions: ["Replace the pumps?"] });
  expect(await originOf(read, viewer(s.chair), "nothing", issueId)).toBeNull();
  await done(s.perform, escalateIssue, s.chair, { number: forwards[0]?.number, to: s.at.bodies.joint, text: origin?.decisions.join() });
  expect((await forwardsOf(read, viewer(s.chair), paper.id)).map((f) => f.number)).toEqual([forwards[1]?.number]);
  const above = await s.at.person("Leader", [[s.at.bodies.joint, "linkedLeader", "department"]]);
  for (const actor of [above, s.head]) expect((await papersOn(read, viewer(actor), issueId)).map((p) => p.paperId)).toEqual([paper.id]);
});
