// The past of minutes on the real live server: several writers, a restart, folding, sections brought back, and who may not.
import { expect, test } from "vitest";
import * as Y from "yjs";
import { readPast, type Stretch } from "../../app/collab/past";
import { readMinutes } from "../../app/collab/read";
import { minutesField } from "../../app/collab/room";
import { recordDecision } from "../../app/commands/decision/record";
import { closeMeeting } from "../../app/commands/meeting/close";
import { endMembership } from "../../app/commands/membership/end";
import { sendPaperBack } from "../../app/commands/paper/send-back";
import { loadCommunity, membershipsOf } from "../../app/data/organisation.server";
import { recordFileOf } from "../../app/data/record-file.server";
import type { Actor } from "../../app/domain/permission";
import type { Services } from "../../app/http/context";
import { bringBack } from "../../app/http/minutes-history.server";
import { comparisonPage, historyPage, latest, momentPage, stretchList, type Turn } from "../../app/views/minutes-history";
import { sheetOf } from "../../app/views/paper-page";
import type { Viewer } from "../../app/views/viewer";
import { liveElsewhere } from "../../realtime/elsewhere";
import { openLogReader } from "../../realtime/sqlite-log";
import { done } from "../support/house";
import { synced, until } from "../support/live";
import { type Sitting, say, sitting } from "../support/sitting";

const written = (rows: readonly (Stretch | Turn)[]): Stretch[] => rows.flatMap((row) => ("kind" in row ? [] : [row]));
const viewerOf = async (s: Sitting, actor: Actor): Promise<Viewer & { sessionHash: string }> => {
  const community = await loadCommunity(s.store.read, actor.communityId);
  if (!community) throw new Error("There is no community.");
  return { actor, community, now: new Date().toISOString(), sessionHash: "" };
};
const historyOf = async (s: Sitting, actor: Actor) => historyPage(s.store.read, await viewerOf(s, actor), { meetingId: s.meetingId });
const services = (s: Sitting, live = s.live) => ({ store: s.store, livePast: live.past, changeLive: live.changeAs }) as unknown as Services;
const textOf = (doc: Y.Doc, n = 0) =>
  readMinutes(doc)
    [n]?.nodes.map((node) => ("runs" in node ? node.runs.map((r) => r.text).join("") : node.kind))
    .join("|");
async function restores(s: Sitting, actor: Actor, at: number | null, itemId = s.items[0]?.id ?? "") {
  const history = await historyOf(s, actor);
  if (!history) throw new Error("Not theirs to read.");
  return bringBack(services(s), await viewerOf(s, actor), history, at, itemId);
}
/** Two people write, one spoils what the other wrote. @returns the moment before. */
async function spoilt(s: Sitting) {
  const [one, two] = [await s.writer(s.recorder), await s.writer(s.member)];
  await Promise.all([synced(one), synced(two)]);
  const itemId = s.items[0]?.id ?? "";
  say(one.doc, itemId, "The pumps are of 1997.");
  await until(() => textOf(two.doc)?.includes("1997") ?? false, "the other sees it");
  s.clock.ahead += 5;
  const at = Date.parse(s.now());
  s.clock.ahead += 5;
  const line = ((two.doc.getXmlFragment(minutesField).get(0) as Y.XmlElement).get(0) as Y.XmlElement).get(0) as Y.XmlText;
  line.delete(4, 18);
  line.insert(4, "doors are green.");
  await until(() => textOf(one.doc)?.includes("green") ?? false, "the one sees it spoilt");
  return { one, two, at, itemId };
}

test("[HI3] what is brought back is a new change of whoever presses, seen by open editors; what was undone stays in the history", async () => {
  const s = await sitting();
  const { one, two, at } = await spoilt(s);
  await done(s.perform, recordDecision, s.chair, { meetingId: s.meetingId, itemId: s.items[0]?.id, text: "All new.", method: "consensus", outcome: "adopted" });
  await until(() => textOf(one.doc)?.includes("decision") ?? false, "the decision has its block");
  expect(await restores(s, s.chair, at)).toBeNull();
  for (const page of [one, two]) await until(() => textOf(page.doc)?.startsWith("The pumps are of 1997.|") ?? false, "both see it brought back");
  expect(textOf(one.doc)?.match(/decision/g)).toHaveLength(1);
  const found = s.live.past.at(s.room, [at, latest], readPast);
  const parts = found[1]?.[0]?.blocks[0]?.parts ?? [];
  expect(parts.some((p) => p.by === s.chair.personId)).toBe(true);
  expect(parts.find((p) => p.text.startsWith("The "))?.by).toBe(s.recorder.personId);
  const history = await historyOf(s, s.member);
  if (!history) throw new Error("not readable");
  const list = await stretchList(s.store.read, await viewerOf(s, s.member), history, s.live.past, 1);
  expect(new Set(list.rows.map((r) => r.by))).toEqual(new Set([s.recorder.personId, s.member.personId, s.chair.personId]));
  // What went and came since shows both, and every moment in between can be opened.
  const undone = written(list.rows).find((r) => r.by === s.member.personId);
  const [then] = s.live.past.at(s.room, [undone?.to ?? 0], readPast);
  expect(then?.[0]?.blocks[0]?.parts.map((p) => p.text).join("")).toBe("The doors are green.");
  expect(await restores(s, s.chair, at)).toEqual({ code: "minutes.restoreSame", params: {} });
  expect(s.errors).toEqual([]);
});

test("[HI1] history is the same after a restart and after folding, and names of people who left stay", async () => {
  const s = await sitting();
  const { one, at, itemId } = await spoilt(s);
  for (let n = 0; n < 80; n++) {
    say(one.doc, itemId, `line ${n}`);
    await until(() => one.saved() > n, "it is saved");
  }
  await expect.poll(() => JSON.stringify(s.live.past.at(s.room, [latest], readPast))).toContain("line 79");
  const viewer = await viewerOf(s, s.chair);
  const read = async (live: Pick<Services, "livePast">["livePast"]) => {
    const history = await historyOf(s, s.chair);
    if (!history) throw new Error("not readable");
    const list = await stretchList(s.store.read, viewer, history, live, 1);
    return {
      // Folded, what one writer wrote within five seconds is one moment, its last.
      list: { ...list, rows: written(list.rows).map(({ from: _, ...rest }) => rest) },
      moment: await momentPage(s.store.read, viewer, history, live, at),
      changed: comparisonPage(viewer, history, live, at, latest).sections.map((section) => section.blocks.length),
    };
  };
  await s.live.settle(s.room);
  const before = await read(s.live.past);
  expect(before.moment.sections[0]?.blocks[0]?.parts).toEqual([{ text: "The pumps are of 1997.", by: s.recorder.personId }]);
  // Quiet for three seconds, a long tail is folded.
  const files = openLogReader(s.dir);
  await expect.poll(() => files.load(s.room).state !== null, { timeout: 20_000 }).toBe(true);
  files.close();
  expect(await read(s.live.past)).toEqual(before);
  one.provider.disconnect();
  await s.live.close();
  const [office] = await membershipsOf(s.store.read, s.at.communityId, { personId: s.recorder.personId });
  await done(s.perform, endMembership, s.at.secretary, { membershipId: office?.id });
  const again = await s.serve();
  const page = await s.writer(s.chair, again.url);
  await synced(page);
  const whole = again.live.stateOf(s.room);
  page.provider.destroy();
  expect(await read(again.live.past)).toEqual(before);
  expect(Object.values(before.list.writers).map((w) => w.name)).toContain("Recorder Li");
  await again.stop();
  // Beside a process that serves, the same is read from its files.
  const beside = liveElsewhere(s.dir);
  expect(await read(beside.past)).toEqual(before);
  expect(beside.stateOf(s.room)?.length).toBe(whole?.length);
  await beside.close();
});

test("[HI4] nobody brings anything back who may not write now: strangers, readers, after the close; forged moments and items", async () => {
  const s = await sitting();
  const { at, itemId } = await spoilt(s);
  const stranger = await s.at.person("Stranger", [[s.at.bodies.b8, "resident", "owners"]]);
  expect(await historyOf(s, stranger)).toBeNull();
  const reader = await s.at.person("Observer", [[s.at.bodies.council, "observer", "department"]]);
  expect((await historyOf(s, reader))?.canWrite).toBe(false);
  expect(await restores(s, reader, at)).toMatchObject({ code: "minutes.restoreNotNow" });
  for (const [moment, item] of [
    [null, itemId],
    [at, "nothing"],
    [at, ""],
  ] as const)
    expect(await restores(s, s.chair, moment, item)).toMatchObject({ code: "input.malformed" });
  const elsewhere = { ...services(s), changeLive: null };
  const history = await historyOf(s, s.chair);
  if (!history) throw new Error("not readable");
  expect(await bringBack(elsewhere, await viewerOf(s, s.chair), history, at, itemId)).toMatchObject({ code: "minutes.restoreElsewhere" });
  await done(s.perform, closeMeeting, s.chair, { meetingId: s.meetingId });
  expect(await restores(s, s.chair, at)).toMatchObject({ code: "minutes.restoreNotNow" });
  await expect.poll(async () => (await s.minutes())?.status).toBe("frozen");
  const state = s.live.stateOf(s.room);
  expect(await restores(s, s.chair, at)).toMatchObject({ code: "minutes.restoreNotNow" });
  expect(s.live.stateOf(s.room)).toEqual(state);
  // Frozen minutes' history stays readable; sent back for mending, it can be brought back again.
  expect((await historyOf(s, s.member))?.canWrite).toBe(false);
  expect((await historyOf(s, stranger))?.canWrite).toBeUndefined();
  const paper = await s.minutes();
  await done(s.perform, sendPaperBack, s.recorder, { paperId: paper?.id, fingerprint: paper?.fingerprint, reason: "The doors are wrong." });
  expect(await restores(s, s.recorder, at)).toBeNull();
  const doc = new Y.Doc();
  Y.applyUpdate(doc, s.live.stateOf(s.room) ?? new Uint8Array());
  expect(textOf(doc)).toContain("1997");
});

test("[HI4] what was brought back before the close is in what is frozen, however close the two come", async () => {
  const s = await sitting();
  const { at } = await spoilt(s);
  const [refusal] = await Promise.all([restores(s, s.chair, at), done(s.perform, closeMeeting, s.chair, { meetingId: s.meetingId })]);
  await expect.poll(async () => (await s.minutes())?.status).toBe("frozen");
  const doc = new Y.Doc();
  Y.applyUpdate(doc, s.live.stateOf(s.room) ?? new Uint8Array());
  const paper = await s.minutes();
  if (!paper) throw new Error("not frozen");
  const printed = JSON.stringify(sheetOf(await recordFileOf(s.store.read, paper, new Date().toISOString()), "en"));
  expect(printed.includes("1997")).toBe(refusal === null);
  expect(textOf(doc)?.includes("1997")).toBe(refusal === null);
});
