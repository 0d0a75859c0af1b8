// Papers handed in for a meeting, however hostile; and the blocks of votes, comings and goings and papers, frozen.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { readState } from "../../app/collab/read";
import { minutesField } from "../../app/collab/room";
import { closeMeeting } from "../../app/commands/meeting/close";
import { goToItem } from "../../app/commands/meeting/floor";
import { giveAHandout, takeAHandout } from "../../app/commands/meeting/handout";
import { takeSeat } from "../../app/commands/meeting/seat";
import { castBallot } from "../../app/commands/vote/cast";
import { closeTheVote } from "../../app/commands/vote/close";
import { openTheVote } from "../../app/commands/vote/open";
import { insertAttachment } from "../../app/data/attachments.server";
import { eventsSince } from "../../app/data/audit.server";
import { loadMeeting } from "../../app/data/meetings.server";
import { loadCommunity } from "../../app/data/organisation.server";
import { recordFileOf } from "../../app/data/record-file.server";
import type { Actor } from "../../app/domain/permission";
import { fileAnswer } from "../../app/http/files.server";
import { dropHandout, handoutBytes, handoutFile, handoutHeaders, keepHandout, shownName } from "../../app/http/handouts.server";
import { keepPhoto, photoBytes, photoLimits, put } from "../../app/http/photos.server";
import { open } from "../../app/papers/seal";
import { minutesShape } from "../../app/views/minutes";
import { sheetOf } from "../../app/views/paper-page";
import { seeHandout } from "../../app/views/photo";
import type { Means } from "../../app/work/clockwork.server";
import { filesSwept } from "../../app/work/files.server";
import { done, idOf } from "../support/house";
import { synced, until } from "../support/live";
import { bothWays } from "../support/rebuild";
import { type Sitting, sitting } from "../support/sitting";
import { folder } from "../support/store";

const pdf = (words = "survey") => Buffer.from(`%PDF-1.7\n${words}\ntrailer\n%%EOF\n`);
const file = (bytes: Buffer, name = "水泵评估.pdf", type = "application/pdf") => new File([new Uint8Array(bytes)], name, { type });
const files = (s: Sitting) => readdirSync(join(s.dir, "files"));
async function give(s: Sitting, bytes: Buffer, itemId: string | null, by = s.recorder) {
  const kept = await keepHandout(s.dir, file(bytes), "");
  if (!kept.ok) throw new Error(kept.refusal.code);
  await done(s.perform, giveAHandout, by, { ...kept.value, meetingId: s.meetingId, itemId });
  return kept.value;
}
const snapshot = async () => {
  const jpeg = await sharp({ create: { width: 20, height: 15, channels: 3, background: "#345" } })
    .jpeg()
    .toBuffer();
  return file(jpeg, "pump.jpg", "image/jpeg");
};
const signedIn = async (s: Sitting) => {
  const community = await loadCommunity(s.store.read, s.at.communityId);
  if (!community) throw new Error("There is no community.");
  return { actor: s.recorder, community, sessionHash: "", now: new Date().toISOString() };
};
const sees = async (s: Sitting, actor: Actor, id: string) => {
  const community = await loadCommunity(s.store.read, actor.communityId);
  if (!community) throw new Error("There is no community.");
  return seeHandout(s.store.read, { actor, community, now: new Date().toISOString() }, s.meetingId, id);
};

test("[AT2] what is neither PDF nor photo is refused by its name, and nothing of it stays on the disk", async () => {
  const dir = folder();
  const refused = async (given: File | string | null) => {
    const kept = await keepHandout(dir, given, "");
    return kept.ok ? "kept" : [kept.refusal.code, kept.refusal.field, kept.refusal.params.name];
  };
  expect(await refused(null)).toEqual(["handout.missing", "file", undefined]);
  expect(await refused("a text")).toEqual(["handout.missing", "file", undefined]);
  expect(await refused(file(Buffer.alloc(0)))).toEqual(["handout.missing", "file", undefined]);
  for (const bytes of ["MZ\x90 a program", "<svg onload=alert(1)>", "<html>%PDF-1.7 %%EOF", "%PDF-1.7 that never ends", " %PDF-1.7\n%%EOF"])
    expect(await refused(file(Buffer.from(bytes)))).toEqual(["handout.notOurs", "file", "水泵评估.pdf"]);
  expect(await refused(file(Buffer.alloc(60 * 1024 * 1024), "big.pdf"))).toEqual(["handout.tooLarge", "file", "big.pdf"]);
  const long = Buffer.alloc(handoutBytes + 1, 32);
  pdf().copy(long);
  expect(await refused(file(long, "big.pdf"))).toEqual(["handout.tooLarge", "file", "big.pdf"]);
  // A header in front, an end behind, and a script between: it is kept, and never runs.
  expect(readdirSync(dir)).toEqual([]);
});

test("[AT2] doctored names become one plain line, and a photo is what its bytes are", async () => {
  for (const [given, shown] of [
    ["../../etc/passwd", "passwd"],
    ["C:\\secret\\a.pdf", "a.pdf"],
    ["inv\u202Efdp.exe", "invfdp.exe"],
    ["two\r\nSet-Cookie: x=1.pdf", "twoSet-Cookie: x=1.pdf"],
    ["长".repeat(300), "长".repeat(100)],
    ["\u0000\u200b", ""],
  ] as const)
    expect(shownName(given)).toBe(shown);
  const s = await sitting();
  const png = await sharp({ create: { width: 40, height: 30, channels: 3, background: "#123" } })
    .withExif({ IFD0: { Copyright: "Li, 7-301" } })
    .png()
    .toBuffer();
  const kept = await keepHandout(s.dir, file(png, 'report"; drop.pdf'), "");
  if (!kept.ok) throw new Error(kept.refusal.code);
  expect(kept.value.type).toBe("image/webp");
  expect((await handoutFile(s.dir, kept.value)).includes("7-301")).toBe(false);
  for (const name of ['a"\r\nX: y.pdf', "会议材料's (1).pdf", "😀"]) {
    const headers = handoutHeaders({ ...kept.value, type: "application/pdf", name });
    expect(() => new Headers(headers)).not.toThrow();
    expect(headers["Content-Disposition"]).toMatch(/^attachment; filename/);
    expect([headers["Content-Security-Policy"], headers["X-Content-Type-Options"]]).toEqual(["sandbox; default-src 'none'", "nosniff"]);
  }
});

test("[AT1] a paper is an event with digest, size and type, its name among the words; the log gives it back", async () => {
  const s = await sitting();
  const kept = await give(s, pdf(), s.items[0]?.id ?? "");
  expect(kept.digest).toBe(createHash("sha256").update(pdf()).digest("hex"));
  const [last] = (await eventsSince(s.store.read, s.at.communityId, "meeting", s.meetingId, 0)).slice(-1);
  expect(last?.event).toMatchObject({ type: "meeting.handoutGiven", digest: kept.digest, bytes: kept.bytes, media: "application/pdf" });
  const row = await s.store.read.selectFrom("AuditEvent").select("data").orderBy("seq", "desc").executeTakeFirst();
  expect(row?.data).not.toContain("水泵");
  const { fromLog, fromTables } = await bothWays(s.store);
  expect(fromLog).toEqual(fromTables);
  // In session it stays; twice the same is one.
  expect(await s.perform(takeAHandout, s.chair, { meetingId: s.meetingId, handoutId: kept.handoutId })).toMatchObject({
    refusal: { code: "meeting.notCalled" },
  });
  const again = await keepHandout(s.dir, file(pdf()), "");
  if (!again.ok) throw new Error("not kept");
  const twice = await s.perform(giveAHandout, s.chair, { ...again.value, meetingId: s.meetingId, itemId: s.items[0]?.id });
  expect(twice).toMatchObject({ ok: false, refusal: { code: "handout.thereAlready" } });
  await dropHandout(s.dir, again.value);
  expect(files(s)).toEqual([`${kept.handoutId}.pdf`]);
  expect(await s.perform(giveAHandout, s.member, { ...again.value, meetingId: s.meetingId })).toMatchObject({ refusal: { code: "forbidden" } });
});

test("[AT3] a paper is read by whoever may see the meeting and the issue, and by nobody of another community", async () => {
  const s = await sitting();
  const kept = await give(s, pdf(), s.items[0]?.id ?? "");
  expect(await sees(s, s.member, kept.handoutId)).toMatchObject({ digest: kept.digest });
  const issueId = s.items[0]?.issueId ?? "";
  await s.store.write((tx) => tx.updateTable("Issue").set({ visibility: "handlers" }).where("id", "=", issueId).execute());
  const far = await s.at.person("Resident", [[s.at.bodies.b8, "resident", "owners"]]);
  expect(await sees(s, far, kept.handoutId)).toBeNull();
  expect(await sees(s, s.member, kept.handoutId)).not.toBeNull();
  expect(await sees(s, s.member, "nothing")).toBeNull();
  expect(await sees(s, { ...s.member, posts: [] }, kept.handoutId)).toBeNull();
});

test("[BL3] votes, comings and goings and papers stand in the live minutes, in the frozen record and on the sheet", async () => {
  const s = await sitting();
  const [first, second] = s.items.map((i) => i.id);
  const room = await s.writer(s.recorder);
  const kept = await give(s, pdf(), first ?? "");
  const whole = await give(s, pdf("for all"), null);
  const voteId = idOf(
    await done(s.perform, openTheVote, s.chair, { meetingId: s.meetingId, itemId: first, question: "Replace?", method: "rollCall" }),
    "vote.opened",
  );
  await done(s.perform, castBallot, s.chair, { voteId, personId: s.chair.personId, choice: "for" });
  await done(s.perform, closeTheVote, s.chair, { voteId });
  await done(s.perform, goToItem, s.chair, { meetingId: s.meetingId, itemId: second });
  const guest = await s.at.person("Guest Sun", [[s.at.bodies.water, "staff", "department"]]);
  await done(s.perform, takeSeat, s.chair, { meetingId: s.meetingId, personId: guest.personId, presence: "present" });
  const kinds = async () =>
    readState(s.live.stateOf(s.room), await minutesShape(s.store.read, s.at.communityId, s.meetingId)).map((section) => section.nodes.map((n) => n.kind));
  await expect.poll(kinds).toEqual([
    ["attachment", "vote", "paragraph"],
    ["attendance", "paragraph"],
  ]);
  // The document itself has them, not only what is read from it.
  await expect.poll(() => room.doc.getXmlFragment("minutes").toString()).toContain("<attendance");
  await done(s.perform, closeMeeting, s.chair, { meetingId: s.meetingId });
  await expect.poll(async () => (await s.minutes())?.status).toBe("frozen");
  const paper = await s.minutes();
  if (!paper) throw new Error("not frozen");
  const record = open(await recordFileOf(s.store.read, paper, new Date().toISOString()));
  if (record.kind !== "minutes") throw new Error("not minutes");
  expect(record.items[0]?.nodes.slice(0, 2)).toEqual([
    { kind: "attachment", attachmentId: kept.handoutId },
    { kind: "vote", voteId },
  ]);
  const ref = record.people.find((p) => p.name.said === "Guest Sun")?.ref;
  const meeting = await loadMeeting(s.store.read, s.at.communityId, s.meetingId);
  const at = meeting?.seats.find((seat) => seat.personId === guest.personId)?.arrivedAt;
  expect(record.items[1]?.nodes[0]).toEqual({ kind: "attendance", ref, presence: "present", at });
  expect(record.attachments.map(({ itemId, digest }) => ({ itemId, digest }))).toEqual([
    { itemId: first, digest: kept.digest },
    { itemId: null, digest: whole.digest },
  ]);
  const sheet = JSON.stringify(sheetOf(await recordFileOf(s.store.read, paper, new Date().toISOString()), "en"));
  for (const words of ["Guest Sun", "Replace?", "水泵评估.pdf"]) expect(sheet).toContain(words);
  expect(s.errors).toEqual([]);
});

test("[AT4] a file nobody points at is gone after a day, looked for at the start and daily; what is pointed at stays, and what is not ours", async () => {
  const s = await sitting();
  const [first, second] = s.items;
  const mine = await give(s, pdf("of the first"), first?.id ?? "");
  const other = await give(s, pdf("of the second"), second?.id ?? "");
  const photo = await keepPhoto(s.store, await signedIn(s), await snapshot(), s.meetingId);
  if (!photo.ok) throw new Error(photo.refusal.code);
  const lost = await keepHandout(s.dir, file(pdf("killed before its row")), "");
  if (!lost.ok) throw new Error(lost.refusal.code);
  // What a process leaves that was killed in the middle of writing, and what somebody else put there.
  for (const name of [`${mine.handoutId}.pdf.0123456789abcdef`, "notes.txt"]) writeFileSync(join(s.dir, "files", name), "x");
  // An item goes, and its paper with it: the log alone says so.
  await s.store.write((tx) =>
    tx
      .updateTable("Meeting")
      .set({ handouts: JSON.stringify([{ id: other.handoutId }]) })
      .execute(),
  );
  const kept = [`${other.handoutId}.pdf`, `${photo.value.id}.small.webp`, `${photo.value.id}.webp`, "notes.txt"].sort();
  const gone = [`${mine.handoutId}.pdf`, `${mine.handoutId}.pdf.0123456789abcdef`, `${lost.value.handoutId}.pdf`];
  const day = 86_400_000;
  let now = Date.now() + day / 2;
  const job = filesSwept(() => now);
  const logger = { info: () => {} };
  const run = () => job.run({ store: s.store, logger } as unknown as Means);
  await run();
  expect(files(s).sort()).toEqual([...kept, ...gone].sort());
  now += day - 1;
  await run();
  expect(files(s)).toHaveLength(7);
  now += 1;
  await run();
  expect(files(s).sort()).toEqual(kept);
});

test("[AT4] what cannot be written whole leaves nothing behind", async () => {
  const dir = folder();
  mkdirSync(join(dir, "there"));
  await expect(put(join(dir, "there"), Buffer.from("x"))).rejects.toThrow();
  expect(readdirSync(dir)).toEqual(["there"]);
});

test("[AT5] photos of minutes stand in their order, no more than they hold, and none comes after the close", async () => {
  const s = await sitting();
  const who = await signedIn(s);
  const keep = async () => {
    const kept = await keepPhoto(s.store, who, await snapshot(), s.meetingId);
    return kept.ok ? kept.value : kept.refusal.code;
  };
  const [first, second] = [await keep(), await keep()];
  if (typeof first === "string" || typeof second === "string") throw new Error("Refused.");
  expect([first.position, second.position]).toEqual([0, 1]);
  // Only the second stands in the text.
  const page = await s.writer(s.recorder);
  await synced(page);
  const section = page.doc.getXmlFragment(minutesField).get(0) as Y.XmlElement;
  const image = new Y.XmlElement("image");
  image.setAttribute("src", `/files/${second.id}`);
  const before = page.saved();
  section.insert(0, [image]);
  await until(() => page.saved() > before, "it is saved");
  const rows = Array.from({ length: photoLimits.minutes - 2 }, (_, n) => ({ ...first, id: `more${n}`, position: n + 2 }));
  await s.store.write(async (tx) => {
    for (const row of rows) await insertAttachment(tx, row);
  });
  expect(await keep()).toBe("photo.tooMany");
  await s.store.write((tx) => tx.deleteFrom("Attachment").where("id", "like", "more%").execute());
  // Begun before the close, ready after it.
  const late = await snapshot();
  await done(s.perform, closeMeeting, s.chair, { meetingId: s.meetingId });
  const kept = await keepPhoto(s.store, who, late, s.meetingId);
  expect(kept.ok ? "kept" : kept.refusal.code).toBe("photo.minutesOver");
  expect(files(s).sort()).toEqual([first, second].flatMap(({ id }) => [`${id}.small.webp`, `${id}.webp`]).sort());
  await expect.poll(async () => (await s.minutes())?.status).toBe("frozen");
  const paper = await s.minutes();
  if (!paper) throw new Error("not frozen");
  const record = open(await recordFileOf(s.store.read, paper, new Date().toISOString()));
  if (record.kind !== "minutes") throw new Error("not minutes");
  expect(record.attachments.map(({ id }) => id)).toEqual([second.id]);
});

test("[AT6] a file that is not there any more is not there, and no fault of ours", async () => {
  const request = new Request("https://yishi.example/files/x");
  const headers = { ETag: '"tag"' };
  const thrown = async (read: () => Promise<Buffer>) =>
    fileAnswer(request, headers, read).then(
      ({ status }) => status,
      (error) => (error instanceof Response ? error.status : String(error)),
    );
  expect(await thrown(() => photoBytes(folder(), "lost", false))).toBe(404);
  expect(await thrown(() => handoutFile(folder(), { handoutId: "lost", type: "application/pdf" }))).toBe(404);
  expect(await thrown(() => Promise.reject(new Error("the disk")))).toBe("Error: the disk");
  expect(await thrown(async () => Buffer.from("x"))).toBe(200);
  const again = new Request(request, { headers: { "If-None-Match": '"tag"' } });
  expect((await fileAnswer(again, headers, () => photoBytes(folder(), "lost", false))).status).toBe(304);
});
