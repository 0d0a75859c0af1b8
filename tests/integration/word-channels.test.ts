// Where words reach somebody: asked once, replaced without a loss, stopped at once, quiet by night, and pressing all the same.
import { createECDH, randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { closeWordChannel } from "../../app/commands/channel/close";
import { confirmWordChannel } from "../../app/commands/channel/confirm";
import { openWordChannel } from "../../app/commands/channel/open";
import { tryWordChannel } from "../../app/commands/channel/try";
import { escalateIssue } from "../../app/commands/issue/escalate";
import { settleIssue } from "../../app/commands/issue/settle";
import { resendLetter } from "../../app/commands/letter/resend";
import { preferWords } from "../../app/commands/word/prefer";
import { channelsOf, loadChannel } from "../../app/data/channels.server";
import { saveLetter } from "../../app/data/letters.server";
import type { Actor } from "../../app/domain/permission";
import { silenced, usual } from "../../app/domain/word";
import { deadLetterPage } from "../../app/views/word-setup";
import { done, idOf } from "../support/house";
import { type Door, door, mailbox, pass, postOffice } from "../support/post";
import { letters, viewerOf, type World, world } from "../support/word";

const open = async (w: World, actor: Actor, to: string) =>
  idOf(await done(w.on.perform, openWordChannel, actor, { bodyId: null, address: { kind: "mail", to } }), "channel.opened");
/** Something of the resident's is answered: news that goes to their mailbox at once. */
async function answered(w: World, what: string): Promise<string> {
  const { number } = await w.raise(w.resident, what);
  await done(w.on.perform, settleIssue, w.head, { number, text: "Done." });
  return number;
}
async function reader(w: World): Promise<string> {
  const channelId = await mailbox(w.on, w.resident, "old@example.cn");
  await done(w.on.perform, preferWords, w.resident, { preference: usual });
  await w.office.round();
  return channelId;
}
const mailsTo = (w: World, to: string) => w.post.mails.filter((m) => m.to === to);

describe("a mailbox", () => {
  test("[WD2] that nobody has said yes in is sent no trial, and nobody has a third one asked in a day", async () => {
    const w = await world();
    const first = await open(w, w.resident, "a@example.cn");
    expect(await w.on.perform(tryWordChannel, w.resident, { channelId: first })).toMatchObject({ ok: false, refusal: { code: "channel.unconfirmed" } });
    await open(w, w.resident, "b@example.cn");
    const third = { bodyId: null, address: { kind: "mail", to: "c@example.cn" } };
    expect(await w.on.perform(openWordChannel, w.resident, third)).toMatchObject({ ok: false, refusal: { code: "channel.questions", field: "to" } });
    for (let n = 0; n < 3; n++) await w.office.round();
    expect(w.post.mails.map((m) => m.to).sort()).toEqual(["b@example.cn"]);
    pass(w.on, 24 * 60 + 1);
    expect((await w.on.perform(openWordChannel, w.resident, third)).ok).toBe(true);
  });

  test("[WD15] is replaced when somebody says yes in the new one; until then the old one is told, and what waits there comes along", async () => {
    const w = await world();
    const old = await reader(w);
    const next = await open(w, w.resident, "new@example.cn");
    await answered(w, "First");
    await w.office.round();
    expect(mailsTo(w, "old@example.cn")).toHaveLength(1);
    // One letter that could not be sent, and one word that waits behind it.
    await w.post.stop();
    const second = await answered(w, "Second");
    await w.office.round();
    const third = await answered(w, "Third");
    await w.office.round();
    const [failed] = (await letters(w)).filter((l) => l.status === "failed");
    await done(w.on.perform, confirmWordChannel, w.resident, { channelId: next });
    expect((await loadChannel(w.on.store.read, w.at.communityId, old))?.closedAt).toBe(w.on.clock.now);
    await w.post.start();
    for (let n = 0; n < 4; n++) {
      pass(w.on, 3);
      await w.office.round();
    }
    const came = mailsTo(w, "new@example.cn").filter((m) => !m.text?.includes("This mailbox is mine"));
    expect(came.map((m) => [second, third].map((number) => m.text?.includes(number)))).toEqual([
      [true, false],
      [false, true],
    ]);
    expect(came[0]?.messageId).toContain(failed?.id);
    expect(mailsTo(w, "old@example.cn")).toHaveLength(1);
  });

  test("[WD9] that was stopped is not sent to again: the secretary is told so and the letter stays", async () => {
    const w = await world();
    const channelId = await reader(w);
    w.post.answer.refuse = { code: 550, text: "No such mailbox" };
    await answered(w, "First");
    await w.office.round();
    const [dead] = (await letters(w)).filter((l) => l.status === "dead");
    await done(w.on.perform, closeWordChannel, w.resident, { channelId });
    expect(await w.on.perform(resendLetter, w.at.secretary, { letterId: dead?.id })).toMatchObject({ ok: false, refusal: { code: "channel.closed" } });
    expect(await deadLetterPage(w.on.store.read, await viewerOf(w, w.at.secretary))).toMatchObject([{ id: dead?.id, closed: true }]);
  });
});

describe("what somebody wants to hear", () => {
  test("[WD5] never means never, for the daily letter that waits and for one that is tried again", async () => {
    const w = await world();
    await reader(w);
    await done(w.on.perform, preferWords, w.resident, { preference: { ...usual, modes: { ...usual.modes, mail: { ...usual.modes.mail, mine: "digest" } } } });
    await answered(w, "For the daily letter");
    await w.office.round();
    await done(w.on.perform, preferWords, w.resident, { preference: usual });
    await w.post.stop();
    await answered(w, "To be tried again");
    await w.office.round();
    expect((await letters(w)).some((l) => l.status === "failed")).toBe(true);
    await done(w.on.perform, preferWords, w.resident, { preference: silenced(usual, "mail") });
    await w.post.start();
    const before = w.post.mails.length;
    for (let n = 0; n < 30; n++) {
      pass(w.on, 60);
      await w.office.round();
    }
    expect(w.post.mails).toHaveLength(before);
    expect((await letters(w)).every((l) => l.status === "sent" || l.status === "dropped")).toBe(true);
  });

  test("[WD5] nothing leaves in the quiet hours: not what waited over a restart, nor what a dead process left, nor what is sent again", async () => {
    const w = await world();
    await reader(w);
    const before = w.post.mails.length;
    const night = "2026-03-03T15:40:00.000Z"; // 23:40 there
    const morning = "2026-03-03T23:00:00.000Z";
    // Laid down at 21:58 while nobody carries letters.
    w.on.clock.now = "2026-03-03T13:58:00.000Z";
    await answered(w, "One");
    await w.post.stop();
    await w.office.round();
    const [letter] = (await letters(w)).filter((l) => l.status === "failed");
    if (!letter) throw new Error("No letter.");
    await w.post.start();
    const { communityId } = w.at;
    const states = [
      { status: "planned", tries: 0, firstAt: null, nextAt: "2026-03-03T13:58:00.000Z" },
      { status: "sending", tries: 1, firstAt: "2026-03-03T13:58:00.000Z", nextAt: "2026-03-03T13:59:00.000Z" },
      { status: "dead", tries: 5, firstAt: "2026-03-03T13:58:00.000Z", nextAt: "2026-03-03T13:59:00.000Z" },
    ] as const;
    for (const [n, state] of states.entries()) {
      w.on.clock.now = night;
      await w.on.store.write((tx) => saveLetter(tx, { ...letter, ...state, communityId, status: state.status }));
      if (state.status === "dead") await done(w.on.perform, resendLetter, w.at.secretary, { letterId: letter.id });
      // A process that has just begun.
      const office = postOffice(w.on, { smtp: w.post.url });
      for (let m = 0; m < 3; m++) {
        await office.round();
        pass(w.on, 30);
      }
      expect([state.status, w.post.mails.length]).toEqual([state.status, before + n]);
      w.on.clock.now = morning;
      await office.round();
      expect([state.status, w.post.mails.length]).toEqual([state.status, before + n + 1]);
    }
  });

  test("[WD5] an urgent issue comes at once, by night and past a letter that waits, but not where nothing is wanted", async () => {
    const w = await world();
    await mailbox(w.on, w.chair, "chair@example.cn");
    await mailbox(w.on, w.head, "head@example.cn");
    await done(w.on.perform, preferWords, w.head, { preference: { ...usual, modes: { ...usual.modes, mail: { ...usual.modes.mail, desk: "never" } } } });
    await done(w.on.perform, preferWords, w.chair, { preference: { ...usual, modes: { ...usual.modes, mail: { ...usual.modes.mail, desk: "now" } } } });
    await w.office.round();
    const before = w.post.mails.length;
    const up = async (what: string, track: "hard" | "urgent") => {
      const { number } = await w.raise(w.resident, what, { track });
      await done(w.on.perform, escalateIssue, w.head, { number, to: w.at.bodies.council, text: "tried" });
      return number;
    };
    w.on.clock.now = "2026-03-03T13:58:00.000Z";
    await w.post.stop();
    const calm = await up("Calm", "hard");
    await w.office.round();
    await w.post.start();
    w.on.clock.now = "2026-03-03T15:40:00.000Z";
    const urgent = await up("Burst pipe", "urgent");
    await w.office.round();
    const came = w.post.mails.slice(before);
    expect(came.map((m) => m.to)).toEqual(["chair@example.cn"]);
    expect(came[0]?.text).toContain(urgent);
    expect(came[0]?.text).not.toContain(calm);
  });
});

describe("a browser", () => {
  const subscribe = async (w: World, there: Door, actor: Actor) => {
    const pair = createECDH("prime256v1");
    const keys = { p256dh: pair.generateKeys().toString("base64url"), auth: randomBytes(16).toString("base64url") };
    const address = { kind: "push", endpoint: `${there.origin}/push/abc`, ...keys };
    return idOf(await done(w.on.perform, openWordChannel, actor, { bodyId: null, address, testOrigin: there.origin }), "channel.opened");
  };
  test("[WD15] that asks again is told once, and not for whoever used it before", async () => {
    const there = await door();
    there.answer = (_r, response) => response.writeHead(201).end();
    const w = await world({ doors: there.origin });
    await done(w.on.perform, preferWords, w.head, { preference: usual });
    await done(w.on.perform, preferWords, w.resident, { preference: usual });
    await subscribe(w, there, w.head);
    const again = await subscribe(w, there, w.resident);
    const last = await subscribe(w, there, w.resident);
    const running = async (actor: Actor) => (await channelsOf(w.on.store.read, w.at.communityId, { personId: actor.personId })).map((c) => c.id);
    expect(await running(w.head)).toEqual([]);
    expect(await running(w.resident)).toEqual([last]);
    expect((await loadChannel(w.on.store.read, w.at.communityId, again))?.closedAt).not.toBeNull();
    await answered(w, "Something");
    await w.office.round();
    expect(there.knocks).toHaveLength(1);
  });
  test("[WD6] with a key that is none is given up at once", async () => {
    const there = await door();
    const w = await world({ doors: there.origin });
    await done(w.on.perform, preferWords, w.resident, { preference: usual });
    const address = { kind: "push", endpoint: `${there.origin}/push/abc`, p256dh: "A".repeat(87), auth: "B".repeat(22) };
    await done(w.on.perform, openWordChannel, w.resident, { bodyId: null, address, testOrigin: there.origin });
    await answered(w, "Something");
    await w.office.round();
    expect(there.knocks).toEqual([]);
    expect(await letters(w)).toMatchObject([{ status: "dead", fault: "refused", tries: 1 }]);
  });
});
