// Word to everyone: from an event in the log to what a real mail server, robots and browsers' services were given.
import pino from "pino";
import { describe, expect, test } from "vitest";
import { openWordChannel } from "../../app/commands/channel/open";
import { escalateIssue } from "../../app/commands/issue/escalate";
import { noteOnIssue } from "../../app/commands/issue/note";
import { settleIssue } from "../../app/commands/issue/settle";
import { dropLetter } from "../../app/commands/letter/drop";
import { resendLetter } from "../../app/commands/letter/resend";
import { moveMeeting } from "../../app/commands/meeting/move";
import { endMembership } from "../../app/commands/membership/end";
import { preferWords } from "../../app/commands/word/prefer";
import { loadIssueByNumber } from "../../app/data/issues.server";
import { loadMeeting } from "../../app/data/meetings.server";
import { loadCommunity } from "../../app/data/organisation.server";
import { loadPreference } from "../../app/data/preferences.server";
import type { Actor } from "../../app/domain/permission";
import { few, usual } from "../../app/domain/word";
import { home } from "../../app/views/home";
import { deadLetterPage, preferencePage } from "../../app/views/word-setup";
import type { Means } from "../../app/work/clockwork.server";
import { planWords } from "../../app/work/word/plan.server";
import { remindPeople } from "../../app/work/word/remind.server";
import { done } from "../support/house";
import { type Mailed, mailbox, pass } from "../support/post";
import { bothWays } from "../support/rebuild";
import { button, councilCalled, letters, memberInvited, tokens, told, viewerOf, type World, wordsOf, world } from "../support/word";

describe("who is told", () => {
  test("[WD1] of an event, everybody it concerns and nobody else, with the reason; nobody of what they did themselves", async () => {
    const w = await world();
    const { number } = await w.raise(w.resident, "The lift stands still");
    await done(w.on.perform, escalateIssue, w.head, { number, to: w.at.bodies.council, text: "tried" });
    await w.office.round();
    const said = async (actor: Actor) => (await wordsOf(w, actor.personId)).map((word) => `${word.type} ${word.why} ${word.urgency}`);
    expect(await said(w.head)).toEqual(["issue.raised desk owed"]);
    expect(await said(w.resident)).toEqual(["issue.escalated raiser news"]);
    expect(await said(w.chair)).toEqual(["issue.escalated desk owed"]);
    expect(await said(w.at.secretary)).toEqual([]);
  });
});

describe("by mail", () => {
  test("[WD2] a mailbox gets one question first, and everything else only after somebody there said yes", async () => {
    const w = await world();
    await done(w.on.perform, openWordChannel, w.resident, { bodyId: null, address: { kind: "mail", to: "resident@example.cn" } });
    await done(w.on.perform, preferWords, w.resident, { preference: usual });
    const answer = async (what: string) => {
      const { number } = await w.raise(w.resident, what);
      await done(w.on.perform, settleIssue, w.head, { number, text: "Done." });
      for (let n = 0; n < 2; n++) await w.office.round();
    };
    await answer("Something");
    expect(w.post.mails.map((m) => m.to)).toEqual(["resident@example.cn"]);
    expect(w.post.mails[0]?.text).toContain("This mailbox is mine: https://yishi.example.cn/letter/");
    expect(w.post.mails[0]?.text).not.toContain("Something");
    expect((await button(w, tokens(w.post.mails[0], "This mailbox is mine")).press()).data.done).toBe(true);
    // What happened before is not sent afterwards; what happens from now on is.
    await answer("Another thing");
    expect(w.post.mails).toHaveLength(2);
    expect(w.post.mails[1]?.text).toContain("Another thing");
    expect(w.post.mails[1]?.text).not.toContain("Something");
  });

  test("[WD3] an event reaches a real mail server once, however often the jobs run", async () => {
    const w = await world();
    await mailbox(w.on, w.head, "head@example.cn");
    const { number } = await w.raise(w.head, "The lift stands still");
    await done(w.on.perform, escalateIssue, w.head, { number, to: w.at.bodies.council, text: "tried" });
    await done(w.on.perform, settleIssue, w.chair, { number, text: "The lift runs again since noon." });
    for (let n = 0; n < 3; n++) await w.office.round();
    expect(w.post.mails).toHaveLength(1);
    const [mail] = w.post.mails;
    expect(mail?.subject).toContain(number);
    expect(mail?.text).toContain("The lift runs again since noon.");
    expect(mail?.html).toContain("It is solved");
    expect(mail?.messageId).toMatch(/^<letter-[0-9a-z]{16}@yishi\.example\.cn>$/);
  });
});

async function answered(w: World): Promise<{ number: string; mail: Mailed | undefined }> {
  await mailbox(w.on, w.resident, "resident@example.cn");
  await done(w.on.perform, preferWords, w.resident, { preference: usual });
  const { number } = await w.raise(w.resident, "The lift stands still");
  await done(w.on.perform, settleIssue, w.head, { number, text: "It runs again." });
  await w.office.round();
  return { number, mail: w.post.mails.at(-1) };
}
const statusOf = async (w: World, number: string) => (await loadIssueByNumber(w.on.store.read, w.at.communityId, number))?.phase.status;

describe("a button in a mail", () => {
  test("[WD7] does nothing when it is looked at, acts once when it is pressed, and says so the second time", async () => {
    const w = await world();
    const { number, mail } = await answered(w);
    const it = button(w, tokens(mail, "It is solved"));
    for (let n = 0; n < 3; n++) expect((await it.look()).data.letter).toMatchObject({ state: "open", act: "solved", name: "Resident" });
    expect(await statusOf(w, number)).toBe("answered");
    const pressed = await it.press();
    expect(pressed.data).toMatchObject({ done: true, next: `/issues/${number}` });
    // Said by the press itself: looked up again, the button is used, and the page would be a 410.
    expect(pressed.init?.status).toBe(200);
    expect(await statusOf(w, number)).toBe("closed");
    expect((await it.look()).data.letter).toMatchObject({ state: "used", act: "solved" });
    const again = await it.press();
    expect([again.data.done, again.init?.status]).toEqual([false, 410]);
    const said = await w.on.store.read.selectFrom("AuditEvent").select(["actorId"]).where("type", "=", "issue.closed").execute();
    expect(said.map((e) => e.actorId)).toEqual([w.resident.personId]);
  });
  test("[RT15] asks how content they are, and of who says it is not solved why; what was typed is kept", async () => {
    const w = await world();
    const { number, mail } = await answered(w);
    const yes = await button(w, tokens(mail, "It is solved")).press("remark=Thanks");
    expect(yes).toMatchObject({ init: { status: 400 }, data: { refusal: { field: "content" }, values: { remark: "Thanks" } } });
    const it = button(w, tokens(mail, "Not solved"));
    expect(await it.press("content=fair")).toMatchObject({
      init: { status: 422 },
      data: { refusal: { code: "feedback.whyMissing", field: "why" }, values: { content: "fair" } },
    });
    expect(await statusOf(w, number)).toBe("answered");
    expect((await it.press("content=fair&why=cameBack")).data.done).toBe(true);
    const again = await loadIssueByNumber(w.on.store.read, w.at.communityId, number);
    expect(again?.ratings).toMatchObject([{ solved: false, content: "fair", why: "cameBack" }]);
  });
  test("[WD7] pressed twice at the same moment acts once", async () => {
    const w = await world();
    const { mail } = await answered(w);
    const it = button(w, tokens(mail, "Not solved"));
    const both = await Promise.all([it.press("content=discontent&remark=Still+broken"), it.press("content=discontent&remark=Still+broken")]);
    expect(both.every((one) => one.data.done)).toBe(true);
    expect(await w.on.store.read.selectFrom("AuditEvent").select("seq").where("type", "=", "issue.reopened").execute()).toHaveLength(1);
  });
  test("[WD7] late, altered, or by somebody else who is signed in, does nothing and says why", async () => {
    const w = await world();
    const { number, mail } = await answered(w);
    const token = tokens(mail, "It is solved");
    expect((await button(w, token, w.head).press()).init?.status).toBe(403);
    expect((await button(w, token, w.head).look()).data.letter).toEqual({ state: "other", name: "Head of 7" });
    expect((await button(w, token, w.resident).look()).data.letter.state).toBe("open");
    const parts = token.split(".");
    const forged = [
      token.replace(".solved.", ".unsolved."),
      [...parts.slice(0, 3), (Number.parseInt(parts[3] ?? "", 36) + 1).toString(36), parts[4]].join("."),
      [parts[0], "0".repeat(16), ...parts.slice(2)].join("."),
      token.slice(0, -1),
      `${token}x`,
      `${token.slice(0, -1)}${token.endsWith("A") ? "B" : "A"}`,
      "",
      "nothing",
    ];
    for (const one of forged) expect((await button(w, one).press()).init?.status, one).toBe(404);
    // As long as the raiser is asked: until the end of the fifteenth working day after the answer.
    w.on.clock.now = "2026-03-23T09:59:59.000Z";
    expect((await button(w, token, w.resident).look()).data.letter.state).toBe("open");
    w.on.clock.now = "2026-03-23T10:00:01.000Z";
    const late = button(w, token);
    expect((await late.look()).data.letter.state).toBe("late");
    expect((await late.press()).init?.status).toBe(410);
    expect(await statusOf(w, number)).toBe("answered");
  });
  test("[WD7] that comes too late for the matter does nothing, and says so", async () => {
    const w = await world();
    const { number, mail } = await answered(w);
    const no = button(w, tokens(mail, "Not solved"));
    expect((await button(w, tokens(mail, "It is solved")).press()).data.done).toBe(true);
    expect((await no.look()).data.letter.state).toBe("changed");
    expect((await no.press("content=discontent&remark=No")).init?.status).toBe(410);
    expect(await statusOf(w, number)).toBe("closed");
  });
  test("[WD7] of a meeting that was moved, or of an answer there is a newer one to, does nothing and says that it has changed", async () => {
    const w = await world();
    const { member, meetingId } = await memberInvited(w);
    const old = button(w, tokens(w.post.mails.at(-1), "I will come"));
    expect((await old.look()).data.letter.state).toBe("open");
    pass(w.on, 5);
    await done(w.on.perform, moveMeeting, w.chair, { meetingId, startsAt: "2026-03-27T11:00:00.000Z", endsAt: "2026-03-27T12:00:00.000Z", place: "Hall" });
    await w.office.round();
    expect((await old.press()).init?.status).toBe(410);
    const seat = async () => (await loadMeeting(w.on.store.read, w.at.communityId, meetingId))?.seats.find((s) => s.personId === member.personId)?.reply;
    expect(await seat()).toBe("none");
    expect((await button(w, tokens(w.post.mails.at(-1), "I will come")).press()).data.done).toBe(true);
    expect(await seat()).toBe("yes");
  });
  test("[WD7] of an answer there is a newer one to does nothing", async () => {
    const w = await world();
    const { number, mail } = await answered(w);
    const no = button(w, tokens(mail, "Not solved"));
    const yes = button(w, tokens(mail, "It is solved"));
    expect((await no.press("content=discontent&remark=Still+broken")).data.done).toBe(true);
    pass(w.on, 5);
    await done(w.on.perform, settleIssue, w.head, { number, text: "And now it runs." });
    expect((await yes.look()).data.letter.state).toBe("changed");
    expect((await yes.press()).init?.status).toBe(410);
    expect(await statusOf(w, number)).toBe("answered");
  });
  test("[WD7] of a letter that is sent again after weeks works from then on", async () => {
    const w = await world();
    await mailbox(w.on, w.resident, "resident@example.cn");
    await done(w.on.perform, preferWords, w.resident, { preference: usual });
    await w.office.round();
    w.post.answer.refuse = { code: 550, text: "No" };
    const { number } = await w.raise(w.resident, "The lift stands still");
    await done(w.on.perform, settleIssue, w.head, { number, text: "It runs again." });
    await w.office.round();
    const [dead] = (await letters(w)).filter((l) => l.status === "dead");
    w.post.answer.refuse = null;
    pass(w.on, 15 * 24 * 60);
    await done(w.on.perform, resendLetter, w.at.secretary, { letterId: dead?.id });
    await w.office.round();
    expect((await button(w, tokens(w.post.mails.at(-1), "It is solved")).press()).data.done).toBe(true);
  });
  test("[WD7][WD18][WD19] that stops the mails stops them again after they were turned on again", async () => {
    const w = await world();
    const { mail } = await answered(w);
    const it = button(w, tokens(mail, "Stop these mails"));
    const wanted = async () => (await loadPreference(w.on.store.read, w.at.communityId, w.resident.personId))?.modes.mail.mine;
    const page = async () => preferencePage(w.on.store.read, await viewerOf(w, w.resident));
    expect((await page()).silent).toBe(false);
    expect((await it.press()).data.done).toBe(true);
    expect((await it.look()).data.letter.state).toBe("used");
    expect(await wanted()).toBe("never");
    const { again, silent, reached } = await page();
    expect(silent).toBe(true);
    expect([reached, (await preferencePage(w.on.store.read, await viewerOf(w, w.chair))).reached]).toEqual([["mail"], []]);
    await done(w.on.perform, preferWords, w.resident, { preference: again });
    expect([(await page()).silent, await wanted()]).toEqual([false, "now"]);
    expect((await it.look()).data).toMatchObject({ written: { locale: "en" } });
    const mine = {
      ...usual,
      locale: "zh-CN" as const,
      modes: { ...usual.modes, mail: { ...usual.modes.mail, desk: "now" as const, reminder: "now" as const } },
    };
    await done(w.on.perform, preferWords, w.resident, { preference: mine });
    expect((await it.look()).data.letter.state).toBe("open");
    expect((await it.press()).data.done).toBe(true);
    expect(await wanted()).toBe("never");
    // A mail's page is in the mail's language, whatever the browser asks for.
    expect((await it.look()).data).toMatchObject({ written: { locale: "zh-CN" } });
    // What was chosen before the stop comes back, not what people begin with.
    expect((await page()).again.modes.mail).toEqual(mine.modes.mail);
  });
  test("[WD7] stops the mails at one press from a mail program, twice if it likes", async () => {
    const w = await world();
    const { mail } = await answered(w);
    const header = mail?.headers.find((h) => h.key === "list-unsubscribe")?.value ?? "";
    expect(mail?.headers.find((h) => h.key === "list-unsubscribe-post")?.value).toBe("List-Unsubscribe=One-Click");
    const it = button(w, /letter\/([^>]+)>/.exec(header)?.[1] ?? "");
    for (let n = 0; n < 2; n++)
      expect(await it.press("List-Unsubscribe=One-Click")).toMatchObject({ init: { status: 200 }, data: { done: true, next: "/account/word" } });
    const before = w.post.mails.length;
    const { number } = await w.raise(w.resident, "Another thing");
    await done(w.on.perform, settleIssue, w.head, { number, text: "Done." });
    await w.office.round();
    expect(w.post.mails).toHaveLength(before);
    expect((await wordsOf(w, w.resident.personId)).at(-1)).toMatchObject({ type: "issue.answered", channelId: "product" });
  });
});

describe("when it cannot be delivered", () => {
  test("[WD6] a mail server that is down for a day gets every mail once when it is back, under the same id", async () => {
    const w = await world();
    await mailbox(w.on, w.resident, "resident@example.cn");
    await w.office.round();
    await w.post.stop();
    const before = w.post.mails.length;
    await done(w.on.perform, preferWords, w.resident, { preference: usual });
    const { number } = await w.raise(w.resident, "The lift stands still");
    await done(w.on.perform, settleIssue, w.head, { number, text: "It runs again." });
    const ids = new Set<string>();
    for (let hours = 0; hours < 24; hours += 0.5) {
      await w.office.round();
      for (const { id, status } of await letters(w)) if (status === "failed") ids.add(id);
      pass(w.on, 30);
    }
    expect(ids.size).toBe(1);
    await w.post.start();
    for (let n = 0; n < 30; n++) {
      await w.office.round();
      pass(w.on, 30);
    }
    const came = w.post.mails.slice(before).filter((m) => m.subject?.includes(number));
    expect(came).toHaveLength(1);
    expect(came[0]?.messageId).toBe(`<letter-${[...ids][0]}@yishi.example.cn>`);
  });
  test("[WD6][WD9] what cannot be delivered is given up with its reason, sent again by the secretary, or dropped", async () => {
    const w = await world();
    await mailbox(w.on, w.resident, "resident@example.cn");
    await w.office.round();
    w.post.answer.refuse = { code: 550, text: "No such mailbox" };
    await done(w.on.perform, preferWords, w.resident, { preference: usual });
    const { number } = await w.raise(w.resident, "The lift stands still");
    await done(w.on.perform, settleIssue, w.head, { number, text: "It runs again." });
    await w.office.round();
    const [dead] = (await letters(w)).filter((l) => l.status === "dead");
    expect(dead).toMatchObject({ fault: "refused", detail: "SMTP 550", tries: 1 });
    const community = await loadCommunity(w.on.store.read, w.at.communityId);
    if (!community) throw new Error("No community.");
    const page = async () => deadLetterPage(w.on.store.read, { actor: w.at.secretary, community, now: w.on.clock.now });
    expect(await page()).toMatchObject([{ to: "Resident", kind: "mail", words: 1, fault: "refused" }]);
    const waits = async (actor: Actor) =>
      (await home(w.on.store.read, { actor, community, now: w.on.clock.now })).items.filter((item) => item.ask === "deadLetters");
    expect(await waits(w.at.secretary)).toMatchObject([{ href: "/setup/word", detail: "1" }]);
    expect([...(await waits(w.chair)), ...(await waits(w.resident))]).toEqual([]);
    const said = JSON.stringify(await page());
    expect(said).not.toContain("lift");
    expect(said).not.toContain("resident@");
    expect((await w.on.perform(resendLetter, w.resident, { letterId: dead?.id })).ok).toBe(false);
    w.post.answer.refuse = null;
    await done(w.on.perform, resendLetter, w.at.secretary, { letterId: dead?.id });
    await w.office.round();
    expect(w.post.mails.at(-1)?.messageId).toBe(`<letter-${dead?.id}@yishi.example.cn>`);
    expect([await page(), await waits(w.at.secretary)]).toEqual([[], []]);
    expect((await w.on.perform(dropLetter, w.at.secretary, { letterId: dead?.id })).ok).toBe(false);
  });
  test("[WD1] somebody who was deleted before it left is sent nothing, and whoever lost their office nothing that was for it", async () => {
    const w = await world();
    const worker = await w.at.person("Worker", [[w.at.bodies.council, "member", "owners"]]);
    const leader = await w.at.person("Leader", [[w.at.bodies.council, "linkedLeader", "department"]]);
    const deputy = await w.at.person("Deputy", [[w.at.bodies.b7, "linkedLeader", "owners"]]);
    await mailbox(w.on, worker, "worker@example.cn");
    await mailbox(w.on, deputy, "deputy@example.cn");
    await mailbox(w.on, w.chair, "chair@example.cn");
    await w.office.round();
    const before = w.post.mails.length;
    await w.post.stop();
    const { meetingId, number } = await councilCalled(w, { by: leader, what: "Pipe burst", visibility: "handlers" });
    // Both were told of the meeting, and the letters that say so could not be sent.
    for (const who of [worker, w.chair]) expect(await told(w, who)).toContain("meeting.called invited");
    expect((await letters(w)).filter((l) => l.status === "failed")).toHaveLength(2);
    await w.on.store.write((tx) => tx.updateTable("Person").set({ removedAt: w.on.clock.now }).where("id", "=", worker.personId).execute());
    expect(await told(w, deputy)).toContain("issue.escalated deskBefore");
    for (const who of [w.chair, deputy]) await done(w.on.perform, endMembership, w.at.secretary, { membershipId: who.posts[0]?.membershipId });
    await w.post.start();
    for (let n = 0; n < 30; n++) {
      pass(w.on, 60);
      await w.office.round();
    }
    const after = w.post.mails.slice(before);
    expect(after.filter((m) => m.to === "worker@example.cn")).toEqual([]);
    // The one who lost the office keeps their seat in that meeting, which everybody may see; but what came to the desk they have left is
    // theirs no more, and a confidential matter least of all.
    const chairs = after.filter((m) => m.to === "chair@example.cn").map((m) => m.text);
    expect(chairs.join()).toContain(meetingId);
    expect(chairs.join()).not.toContain(number);
    expect(chairs.join()).not.toContain("Pipe burst");
    // Nor may who passed it on see it any longer, though nothing was asked of them.
    const deputys = after.filter((m) => m.to === "deputy@example.cn").map((m) => m.text);
    expect(deputys.join()).toContain("Your office in Building 7 has ended.");
    expect(deputys.join()).not.toContain(number);
    expect((await letters(w)).filter((l) => l.status === "failed" || l.status === "sending")).toEqual([]);
  });
  test("[WD6] a clock that jumps a day ahead and back again neither loses nor doubles anything", async () => {
    const w = await world();
    pass(w.on, 5 * 24 * 60);
    await mailbox(w.on, w.chair, "chair@example.cn");
    await w.office.round();
    const before = w.post.mails.length;
    const { number } = await w.raise(w.head, "One");
    await done(w.on.perform, escalateIssue, w.head, { number, to: w.at.bodies.council, text: "tried" });
    await w.post.stop();
    pass(w.on, 24 * 60);
    await w.office.round();
    const other = await w.raise(w.head, "Two");
    await done(w.on.perform, escalateIssue, w.head, { number: other.number, to: w.at.bodies.council, text: "tried" });
    await w.office.round();
    pass(w.on, -3 * 24 * 60);
    await w.post.start();
    for (let n = 0; n < 20; n++) {
      await w.office.round();
      pass(w.on, 240);
    }
    // A letter is one, whether it came once or twice.
    const by = new Map(w.post.mails.slice(before).map((m) => [m.messageId, m.text ?? ""]));
    for (const one of [number, other.number]) expect([...by.values()].filter((text) => text.includes(`${one} `)).length, one).toBe(1);
    const rows = await w.on.store.read.selectFrom("Word").select(["cause", "personId", "channelId"]).execute();
    expect(new Set(rows.map((r) => `${r.cause} ${r.personId} ${r.channelId}`)).size).toBe(rows.length);
    expect((await letters(w)).every((l) => l.status === "sent")).toBe(true);
  });
});

describe("when", () => {
  test("[WD5] what happens in the night comes in the morning, all in one mail; what is for the daily letter comes at its hour", async () => {
    const w = await world();
    await mailbox(w.on, w.resident, "resident@example.cn");
    await done(w.on.perform, preferWords, w.resident, { preference: { ...usual, digestAt: "18:00" } });
    await w.office.round();
    const before = w.post.mails.length;
    w.on.clock.now = "2026-03-03T15:00:00.000Z";
    const numbers = [(await w.raise(w.resident, "First")).number, (await w.raise(w.resident, "Second")).number];
    for (const number of numbers) await done(w.on.perform, escalateIssue, w.head, { number, to: w.at.bodies.council, text: "tried" });
    await w.office.round();
    pass(w.on, 7 * 60 + 59);
    await w.office.round();
    expect(w.post.mails).toHaveLength(before);
    pass(w.on, 1);
    await w.office.round();
    expect(w.post.mails).toHaveLength(before + 1);
    for (const number of numbers) expect(w.post.mails.at(-1)?.text).toContain(number);
    // A new office of one's own is told at once, a note in the daily letter.
    await done(w.on.perform, noteOnIssue, w.chair, { number: numbers[0], text: "Looked at it." });
    await done(w.on.perform, preferWords, w.resident, {
      preference: { ...usual, digestAt: "18:00", modes: { ...usual.modes, mail: { ...usual.modes.mail, mine: "digest" } } },
    });
    await done(w.on.perform, noteOnIssue, w.chair, { number: numbers[1], text: "And at this." });
    await w.office.round();
    expect(w.post.mails).toHaveLength(before + 1);
    w.on.clock.now = "2026-03-04T10:00:00.000Z";
    await w.office.round();
    expect(w.post.mails).toHaveLength(before + 2);
  });
  test("[WD8] of one matter nobody is reminded twice in a day, nor of more than twenty; ten thousand are looked at in bounded rounds", async () => {
    const w = await world();
    for (let n = 0; n < 620; n++) await w.raise(w.resident, `Thing ${n}`, { track: "urgent" });
    await w.office.round();
    const reminded = async (of = w.head.personId) =>
      (
        await w.on.store.read
          .selectFrom("Word")
          .select(["cause", "at"])
          .where("personId", "=", of)
          .where("type", "like", "reminder.%")
          .where("channelId", "=", "product")
          .execute()
      ).map((r) => r.cause);
    w.on.clock.now = "2026-03-03T00:00:00.000Z";
    let rounds = 0;
    const cursor = () => w.on.store.read.selectFrom("WordCursor").selectAll().where("name", "=", `remind/${w.at.communityId}`).executeTakeFirst();
    while ((await cursor())?.day !== "2026-03-03" || (await cursor())?.seq !== 1) {
      await w.office.round();
      if (++rounds > 5) throw new Error("It does not end.");
    }
    expect(rounds).toBe(2);
    expect(await reminded()).toHaveLength(20);
    for (let n = 0; n < 20; n++) {
      pass(w.on, 45);
      await w.office.round();
    }
    expect(await reminded()).toHaveLength(20);
    // A clock that jumps back over midnight and comes again reminds of nothing twice.
    pass(w.on, -26 * 60);
    for (let n = 0; n < 30; n++) {
      pass(w.on, 60);
      await w.office.round();
    }
    const causes = await reminded();
    expect(new Set(causes).size).toBe(causes.length);
    const perDay = new Map<string, number>();
    for (const cause of causes) perDay.set(cause.slice(0, 11), (perDay.get(cause.slice(0, 11)) ?? 0) + 1);
    expect(Math.max(...perDay.values())).toBe(20);
  });
  test("[WD8] tomorrow's meeting is spoken of to whoever did not say no, with buttons; a paper unsigned the day after", async () => {
    const w = await world();
    const { member, meetingId } = await memberInvited(w);
    w.on.clock.now = "2026-03-24T23:00:00.000Z";
    await w.office.round();
    w.on.clock.now = "2026-03-25T00:00:00.000Z";
    await w.office.round();
    const mail = w.post.mails.at(-1);
    expect(mail?.subject).toContain("Council");
    const it = button(w, tokens(mail, "I will come"));
    expect((await it.look()).data.letter.state).toBe("open");
    expect((await it.press()).data.done).toBe(true);
    expect((await loadMeeting(w.on.store.read, w.at.communityId, meetingId))?.seats.find((s) => s.personId === member.personId)?.reply).toBe("yes");
  });
});

test("[WD7] of a reminder of a meeting that was moved since does nothing", async () => {
  const w = await world();
  const { meetingId } = await memberInvited(w);
  for (const at of ["2026-03-24T23:00:00.000Z", "2026-03-25T00:00:00.000Z"]) {
    w.on.clock.now = at;
    await w.office.round();
  }
  const it = button(w, tokens(w.post.mails.at(-1), "I will come"));
  expect((await it.look()).data.letter).toMatchObject({ state: "open", item: { type: "reminder.meeting" } });
  pass(w.on, 5);
  // To an hour of the same day: the reminder would still be of tomorrow.
  await done(w.on.perform, moveMeeting, w.chair, { meetingId, startsAt: "2026-03-26T12:00:00.000Z", endsAt: "2026-03-26T13:00:00.000Z", place: "Hall" });
  expect((await it.look()).data.letter.state).toBe("changed");
});

/** Means whose reader fails the first so many times that it is asked for channels. */
const sick = (w: World, times: number): Means => {
  let failed = 0;
  const read = new Proxy(w.on.store.read, {
    get(db, name, self) {
      if (name !== "selectFrom") return Reflect.get(db, name, self);
      return (table: string) => {
        if (table === "Channel" && failed++ < times) throw new Error("database is locked");
        return db.selectFrom(table as "Channel");
      };
    },
  });
  return { ...w.office.means, logger: pino({ level: "silent" }), store: { ...w.on.store, read } };
};

test("[WD16] a matter nobody could be reminded of at first is spoken of in a later round of the same day", async () => {
  const w = await world();
  const { number } = await w.raise(w.resident, "Burst pipe", { track: "urgent" });
  await w.office.round();
  w.on.clock.now = "2026-03-03T00:00:00.000Z";
  const job = remindPeople();
  const means = sick(w, 1);
  const reminded = async () => (await told(w, w.head)).filter((one) => one.startsWith("reminder."));
  await job.run(means);
  expect([number, await reminded()]).toEqual([number, []]);
  for (let n = 0; n < 2; n++) await job.run(means);
  expect([number, await reminded()]).toEqual([number, ["reminder.issueLate desk"]]);
});

test("[WD16] an event nobody could be told of at first is told in a later round, in order, and passed over after the third", async () => {
  const w = await world();
  const job = planWords();
  await w.raise(w.resident, "First");
  await w.raise(w.resident, "Second");
  const means = sick(w, 1);
  const ofIssues = async () => (await wordsOf(w, w.head.personId)).map((word) => word.type);
  await job.run(means);
  expect(await ofIssues()).toEqual([]);
  await job.run(means);
  expect(await ofIssues()).toEqual(["issue.raised", "issue.raised"]);
  // What fails for good holds up the others for three rounds and no longer.
  await w.raise(w.resident, "Third");
  await w.raise(w.resident, "Fourth");
  const stubborn = sick(w, 3);
  for (let n = 0; n < 3; n++) await job.run(stubborn);
  expect(await ofIssues()).toHaveLength(3);
});

test("[AU3] the log alone rebuilds what people wish and which channels there are", async () => {
  const w = await world();
  await mailbox(w.on, w.resident, "resident@example.cn");
  await mailbox(w.on, w.resident, "other@example.cn");
  await done(w.on.perform, preferWords, w.resident, { preference: usual });
  await done(w.on.perform, preferWords, w.resident, { preference: few });
  const { fromLog, fromTables } = await bothWays(w.on.store);
  expect(Object.keys(fromTables).filter((key) => /\/(word|channel)\//.test(key))).toHaveLength(3);
  expect(fromLog).toEqual(fromTables);
});
