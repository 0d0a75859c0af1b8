// The demonstration's story, told into a folder of its own by the very program that `npm run demo` runs.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readState } from "../../app/collab/read";
import { roomOf } from "../../app/collab/room";
import { aboutOf } from "../../app/data/about.server";
import { checkChain, eventsAfter } from "../../app/data/audit.server";
import { peopleIn } from "../../app/data/concerned.server";
import { openStore, type Store } from "../../app/data/store.server";
import { tellingsOf } from "../../app/domain/word";
import { minutesShape } from "../../app/views/minutes";
import { type UpdateLog, wholeOf } from "../../realtime/log";
import { openUpdateLog } from "../../realtime/sqlite-log";
import { migrations } from "../support/store";

const root = join(import.meta.dirname, "../..");
const dir = mkdtempSync(join(tmpdir(), "yishi-story-"));
let store: Store;
let log: UpdateLog;

beforeAll(() => {
  execFileSync(process.execPath, ["--import", "tsx", join(root, "prisma/seed/main.ts"), "--dir", dir], { cwd: root });
  store = openStore(dir, migrations);
  log = openUpdateLog(dir);
});
afterAll(async () => {
  await log.close();
  await store.close();
  rmSync(dir, { recursive: true, force: true });
});

const communityId = async (name: string): Promise<string> =>
  (await store.read.selectFrom("Community").select("id").where("name", "=", name).executeTakeFirstOrThrow()).id;
const issuesOf = async (name: string) =>
  store.read
    .selectFrom("Issue")
    .selectAll()
    .where("communityId", "=", await communityId(name))
    .orderBy("number")
    .execute();

describe.each([
  {
    baoyuan: "宝源社区",
    meiting: "梅庭社区",
    water: "二次供水改造：高层早晚没水",
    fire: "消防改造：消火栓、应急灯、清楼道",
    pipe: "5号楼一楼下水道堵了",
    piles: "充电桩放哪儿",
    canopy: "楼顶搭雨棚",
    lamp: "三楼楼道灯坏了",
    door: "单元门禁不灵",
    twin: "六楼早上没水，洗衣机进不了水",
    parking: "六个小区停车难",
  },
  {
    baoyuan: "Baoyuan community",
    meiting: "Meiting community",
    water: "Water retrofit: no water upstairs mornings and nights",
    fire: "Fire safety: hydrants, emergency lights, clear stairwells",
    pipe: "Clogged drain, ground floor of building 5",
    piles: "Where to put the charging piles",
    canopy: "A canopy on the roof",
    lamp: "Dead lamp on the third floor",
    door: "The entrance lock is faulty",
    twin: "No water on the 6th floor in the morning",
    parking: "Nowhere to park in six estates",
  },
])("the story of $baoyuan", (its) => {
  test("Baoyuan has 21 buildings, 520 households, 48 heads and stairwell representatives", async () => {
    const id = await communityId(its.baoyuan);
    const buildings = await store.read.selectFrom("Body").selectAll().where("communityId", "=", id).where("kind", "=", "building").execute();
    expect(buildings).toHaveLength(21);
    expect(buildings.reduce((sum, b) => sum + b.households, 0)).toBe(520);
    const posts = await store.read.selectFrom("Membership").select("id").where("communityId", "=", id).where("role", "in", ["head", "stairwell"]).execute();
    expect(posts).toHaveLength(48);
  });

  test("every chain holds", async () => {
    for (const name of [its.baoyuan, its.meiting]) expect(await checkChain(store.read, await communityId(name))).toMatchObject({ ok: true });
  });

  test("the cases stand as the facts say", async () => {
    const issues = await issuesOf(its.baoyuan);
    const titled = (start: string) => issues.find((i) => i.title.startsWith(start));
    expect(titled(its.water)).toMatchObject({ status: "doing", households: 38 });
    expect(titled(its.water)?.number).toMatch(/-0147$/);
    expect(titled(its.fire)?.status).toBe("open");
    expect(titled(its.pipe)).toMatchObject({ status: "closed", answerKind: "settled", content: "content" });
    expect(titled(its.piles)?.status).toBe("open");
    expect(titled(its.canopy)).toMatchObject({ status: "answered", answerKind: "declined" });
    expect(titled(its.lamp)).toMatchObject({ status: "answered", answerKind: "settled" });
    expect(titled(its.door)?.status).toBe("waiting");
    expect(titled(its.twin)).toMatchObject({ status: "merged", mergedIntoId: titled(its.water)?.id });
    const [parking] = await issuesOf(its.meiting);
    expect(parking).toMatchObject({ title: its.parking, status: "closed", content: "content" });
  });

  test("the water retrofit went through three levels, and two departments work on it", async () => {
    const id = await communityId(its.baoyuan);
    const water = (await issuesOf(its.baoyuan)).find((i) => i.title === its.water);
    const stays = await store.read
      .selectFrom("Stay")
      .innerJoin("Body", (join) => join.onRef("Body.communityId", "=", "Stay.communityId").onRef("Body.id", "=", "Stay.bodyId"))
      .select("Body.kind")
      .where("Stay.communityId", "=", id)
      .where("Stay.issueId", "=", water?.id ?? "")
      .orderBy("Stay.receivedAt")
      .execute();
    expect(stays.map((s) => s.kind)).toEqual(["building", "council", "jointMeeting"]);
    const tasks = await store.read
      .selectFrom("Task")
      .select("status")
      .where("communityId", "=", id)
      .where("issueId", "=", water?.id ?? "")
      .execute();
    expect(tasks.map((t) => t.status).sort()).toEqual(["accepted", "handedIn"]);
  });

  test("every closed meeting's minutes say something on each item", async () => {
    for (const name of [its.baoyuan, its.meiting]) {
      const id = await communityId(name);
      const meetings = await store.read.selectFrom("Meeting").select("id").where("communityId", "=", id).where("status", "=", "closed").execute();
      expect(meetings.length).toBeGreaterThan(1);
      for (const meeting of meetings) {
        const sections = readState(wholeOf(log.load(roomOf({ communityId: id, meetingId: meeting.id }))), await minutesShape(store.read, id, meeting.id));
        for (const section of sections) expect(section.nodes.map((n) => n.kind)).toEqual(expect.arrayContaining(["speech", "decision"]));
      }
    }
  });
});

test("everybody a stranger may step into exists, in both languages", async () => {
  const cast = JSON.parse(readFileSync(join(dir, "sign-ins.json"), "utf8")) as {
    password: string;
    people: { locale: string; community: string; communityId: string; personId: string; name: string; why: string }[];
  };
  expect(cast.people.filter((p) => p.locale === "en")).toHaveLength(cast.people.length / 2);
  for (const { personId, name, communityId: id, why } of cast.people) {
    const person = await store.read.selectFrom("Person").selectAll().where("communityId", "=", id).where("id", "=", personId).executeTakeFirst();
    expect(person?.name).toBe(name);
    expect(person?.passwordHash).toMatch(/^\$argon2id\$/);
    expect(why).not.toBe("");
  }
});

test("[WD1] every kind of happening that somebody needs to know of finds them, in every relation it is told to", async () => {
  const found = new Map<string, number>();
  const looked = new Set<string>();
  for (let after = 0; ; ) {
    const events = await eventsAfter(store.read, after, 500);
    const last = events.at(-1);
    if (!last) break;
    after = last.seq;
    for (const recorded of events) {
      const open = tellingsOf(recorded.event.type).filter(({ to }) => !found.get(`${recorded.event.type} ${to}`));
      if (open.length === 0) continue;
      const about = await aboutOf(store.read, recorded);
      for (const { to } of open) {
        // Nobody joined that one.
        if (to === "joined" && about.issue?.supports.length === 0) continue;
        const key = `${recorded.event.type} ${to}`;
        looked.add(key);
        found.set(key, (await peopleIn(store.read, to, about, recorded.at.slice(0, 10))).length);
      }
    }
  }
  const nobody = [...looked].filter((key) => !found.get(key) && !/ (group|itself)$/.test(key)).sort();
  expect(nobody).toEqual([]);
  expect(looked.size).toBeGreaterThan(30);
});
