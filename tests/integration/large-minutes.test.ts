// The largest meeting there is, on the way people take: written by several in the live document, frozen, signed, taken home.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { minutesField } from "../../app/collab/room";
import { closeMeeting } from "../../app/commands/meeting/close";
import { signPaper } from "../../app/commands/paper/sign";
import { loadCommunity } from "../../app/data/organisation.server";
import { copyOfPaper, type Format, streamed } from "../../app/http/papers.server";
import { keepPhoto } from "../../app/http/photos.server";
import { check } from "../../app/papers/check";
import { paperPage } from "../../app/views/paper-page";
import { done } from "../support/house";
import { type Client, synced, until } from "../support/live";
import { linesOf, pdfOf } from "../support/measure";
import { type Sitting, sitting } from "../support/sitting";

const [letters, pictures] = [100_000, 50];
const sentence = "会议认为这件事要先查勘再报价，".repeat(7).slice(0, 100);

/** A line, or a picture, at the end of an item's section. */
function add(doc: Y.Doc, itemId: string, node: Y.XmlElement): void {
  const root = doc.getXmlFragment(minutesField);
  const section = root.toArray().find((s): s is Y.XmlElement => s instanceof Y.XmlElement && s.getAttribute("itemId") === itemId);
  section?.insert(section.length, [node]);
}
function line(text: string): Y.XmlElement {
  const node = new Y.XmlElement("paragraph");
  node.insert(0, [new Y.XmlText(text)]);
  return node;
}
function picture(id: string, alt: string): Y.XmlElement {
  const node = new Y.XmlElement("image");
  node.setAttribute("src", `/files/${id}`);
  node.setAttribute("alt", alt);
  return node;
}

/** Fifty photos of their own, taken in as the editor's are. */
async function photos(s: Sitting): Promise<string[]> {
  mkdirSync(join(s.dir, "files"), { recursive: true });
  const community = await loadCommunity(s.store.read, s.at.communityId);
  if (!community) throw new Error("There is no community.");
  const who = { actor: s.recorder, community, sessionHash: "", now: new Date().toISOString() };
  const grain = Buffer.from(Array.from({ length: 256 * 192 * 3 }, (_, n) => (n * 2654435761) >>> 24));
  const base = await sharp(grain, { raw: { width: 256, height: 192, channels: 3 } })
    .resize(1600, 1200)
    .jpeg()
    .toBuffer();
  const ids: string[] = [];
  for (let n = 0; n < pictures; n++) {
    const bytes = await sharp(base).extract({ left: n, top: n, width: 1500, height: 1100 }).jpeg().toBuffer();
    const kept = await keepPhoto(s.store, who, new File([new Uint8Array(bytes)], `${n}.jpg`), s.meetingId);
    if (!kept.ok) throw new Error(kept.refusal.code);
    ids.push(kept.value.id);
  }
  return ids;
}

test("[PA8] [PP1] minutes of 100,000 characters with 50 pictures: written, frozen, signed, checked and printed", async () => {
  const s = await sitting();
  const times: string[] = [];
  const timed = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const begun = performance.now();
    const result = await work();
    times.push(`${name} ${((performance.now() - begun) / 1000).toFixed(1)} s`);
    return result;
  };
  const ids = await timed("50 photos taken in", () => photos(s));
  const writers = await Promise.all([s.recorder, s.chair].map((actor) => s.writer(actor)));
  const [recorder, chair] = writers as [Client, Client];
  await Promise.all(writers.map(synced));
  const [first, second] = s.items.map((item) => item.id) as [string, string];
  await timed("written by two and saved", async () => {
    for (let n = 0; n < letters / sentence.length; n++) {
      // Each in their own half, twenty lines to a picture.
      const [page, itemId] = n % 2 ? [recorder, first] : [chair, second];
      page.doc.transact(() => add(page.doc, itemId, line(sentence)));
      const photo = n % 20 === 0 ? ids[n / 20] : undefined;
      if (photo) page.doc.transact(() => add(page.doc, itemId, picture(photo, n === 0 ? "水泵房" : "")));
      if (n % 25 === 0) await new Promise((next) => setTimeout(next, 5));
    }
    const whole = (page: Client) =>
      [
        ...page.doc
          .getXmlFragment(minutesField)
          .toString()
          .matchAll(/<paragraph>会议/g),
      ].length;
    await until(() => writers.every((page) => whole(page) === letters / sentence.length), "everybody has everything", 60_000);
    await s.live.settle(s.room);
  });
  await timed("closed and frozen", async () => {
    await done(s.perform, closeMeeting, s.chair, { meetingId: s.meetingId });
    await expect.poll(async () => (await s.minutes())?.status, { timeout: 60_000 }).toBe("frozen");
  });
  const paper = await s.minutes();
  const community = await loadCommunity(s.store.read, s.at.communityId);
  if (!paper || !community) throw new Error("There are no minutes.");
  const viewer = { actor: s.chair, community, now: new Date().toISOString() };
  await timed("looked at", async () => expect(await paperPage(s.store.read, viewer, { paperId: paper.id, locale: "zh-CN" })).not.toBeNull());
  await timed("signed by three", async () => {
    for (const actor of [s.chair, s.recorder, s.member])
      await done(s.perform, signPaper, actor, { paperId: paper.id, fingerprint: paper.fingerprint, mark: { kind: "typed", text: actor.name } });
  });
  expect((await s.minutes())?.status).toBe("adopted");
  const copy = async (format: Format) => {
    const made = await copyOfPaper({ store: s.store }, viewer, { paperId: paper.id, format, masked: false, locale: "zh-CN" });
    if (!made) throw new Error("There is no copy.");
    return made.body;
  };
  const record = String(await timed("record", () => copy("json")));
  expect(await timed("checked", async () => check(JSON.parse(record)))).toMatchObject({ ok: true });
  const sealed = JSON.parse(record) as { words: Record<string, { text: string }> };
  expect(Object.values(sealed.words).filter(({ text }) => text === sentence)).toHaveLength(letters / sentence.length);
  expect(Object.values(sealed.words).some(({ text }) => text === "水泵房")).toBe(true);
  // The print view comes in pieces: its head at once, and no more in memory than is being read.
  const body = await copy("html");
  if (typeof body === "string" || body instanceof Uint8Array) throw new Error("It came whole.");
  let [head, bytes] = [0, 0];
  await timed("print view", async () => {
    const begun = performance.now();
    for await (const part of streamed(body) as unknown as AsyncIterable<Uint8Array>) {
      head ||= performance.now() - begun;
      bytes += part.length;
      expect(part.length).toBeLessThan(2 * 1024 * 1024);
    }
  });
  expect(head).toBeLessThan(1000);
  const word = await timed("docx", () => copy("docx"));
  if (!(word instanceof Uint8Array)) throw new Error("It is no file.");
  const pages = await timed("PDF by LibreOffice", async () => linesOf(pdfOf(Buffer.from(word), s.dir)).length);
  console.log(
    `${letters} characters, ${pictures} pictures: ${times.join(", ")}; ${pages} pages, print view ${(bytes / 1e6).toFixed(1)} MB, its head after ${head.toFixed(0)} ms.`,
  );
  expect(pages).toBeGreaterThan(60);
}, 300_000);
