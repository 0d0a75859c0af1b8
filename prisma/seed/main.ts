// Tells the demonstration's story: Baoyuan and Meiting, once in Chinese and once in English.
// tsx prisma/seed/main.ts --dir DIR
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import pino from "pino";
import { giveSupervisionOrder } from "../../app/commands/order/give";
import { makePerform } from "../../app/commands/perform.server";
import { loadActor } from "../../app/data/organisation.server";
import { openStore } from "../../app/data/store.server";
import { localDay, nextDay } from "../../app/domain/clock";
import type { Locale } from "../../app/domain/vocabulary";
import { readEnv } from "../../app/http/env.server";
import { hashPassword } from "../../app/http/passwords.server";
import { answeringDown, climbing } from "../../app/work/clocks.server";
import type { Means } from "../../app/work/clockwork.server";
import { openUpdateLog } from "../../realtime/sqlite-log";
import { Deeds } from "./deeds";
import { House } from "./house";
import { retrofitRaised, tellBaoyuan } from "./stories/baoyuan";
import { foundBaoyuan } from "./stories/baoyuan-house";
import { foundMeiting, tellMeiting } from "./stories/meiting";
import { Teller, timeZone } from "./teller";

type Cast = readonly (readonly [key: string, zh: string, en: string])[];
const baoyuanCast: Cast = [
  ["head7", "有4件事等着：一件逾期，一次会问能不能来，一份报告要核对。", "Four things wait: one overdue, one meeting to answer, one report to check."],
  ["home7", "提过事的住户：看它走到哪了，说一声解决了没有。", "A resident who raised things: see where they are, say whether they are solved."],
  ["branch", "主持议事厅：待议的排上会，开会，散会。", "Chairs the council: puts issues on agendas, opens and closes meetings."],
  ["recorder", "写会议记录：把议定的变成决议和任务。", "Writes the minutes: turns outcomes into decisions and tasks."],
  ["leader", "联席会议总召集人：把事交给部门，也会退回小区。", "Chief convener of the joint meeting: hands work to departments, or back down."],
  ["director", "主持联席会议的居委会主任。", "Residents’ committee director, who chairs the joint meeting."],
  ["housingman", "部门的人：有一项任务，还有3天。", "Department staff: one task, three days left."],
  ["waterman", "交了勘察报告，等核对。", "Handed in the survey and waits for the check."],
  ["manager", "物业经理：坐在议事厅里，也领任务。", "Property manager: sits in the council, takes tasks."],
  [
    "head3",
    "提过消防改造的楼栋长：办过的任务，说一声办好了没有。",
    "The building head who raised the fire safety: says whether a checked task is really done.",
  ],
  ["head5", "另一栋楼的楼栋长：下水道堵了，楼里当天办好。", "Another building’s head: a clogged drain, settled the same day."],
  ["rep7", "梯代表：挨户问，替邻居说“我家也是”。", "Stairwell representative: asks door to door, says “me too” for neighbours."],
  [
    "high7",
    "说过“我家也是”的邻居：有了答复，问这家解决了没有。",
    "A neighbour who said “me too”: there is an answer, and they are asked whether it is solved for them.",
  ],
  ["home9", "提的事被回绝了：看理由，不同意可以请上一级再看。", "Was told no: reads why, and may ask the next level."],
  ["secretary", "设置社区：机构、成员、请人进来的条子。", "Sets up the community: bodies, members, invitation slips."],
];
const meitingCast: Cast = [
  ["branch", "六个小区停车难：几次联席会议，最后办成。", "Parking in six estates: several joint meetings, and solved in the end."],
  ["chair1", "正在主持一次急事会：会场、电视都能看。", "Chairs an urgent meeting that sits right now: the room and its screen can be looked at."],
  ["head12", "正在这次急事会上，举着手。", "Sits in that urgent meeting, with a hand up."],
  ["head01", "最早提停车难的楼栋长。", "The building head who first raised the parking."],
];

const { dir } = parseArgs({ options: { dir: { type: "string" } } }).values;
if (!dir) throw new Error("Name the folder to tell the story in: --dir data/demo");

const password = "yishi-demo-2026";
const store = openStore(dir, join(import.meta.dirname, "../migrations"));
/** The story's clock: what was said is dated as it was told. */
let clock = (): string => today;
const log = openUpdateLog(dir, () => Date.parse(clock()));
const passwordHash = await hashPassword(password);
const today = new Date().toISOString();
const people: object[] = [];

for (const locale of ["zh-CN", "en"] as const) {
  await tellOne(locale, "baoyuan");
  await tellOne(locale, "meiting");
}
writeFileSync(join(dir, "sign-ins.json"), `${JSON.stringify({ password, people }, null, 1)}\n`);
await log.close();
await store.close();

/** What the clock would have done by today, had it been running: overdue issues climb, answers are to be acknowledged. */
async function theClockActs(): Promise<void> {
  const now = () => today;
  const means: Means = {
    env: readEnv({ DATA_DIR: dir, NODE_ENV: "production" }),
    store,
    now,
    perform: makePerform(store, now),
    logger: pino({ level: "silent" }),
  };
  for (const job of [climbing, answeringDown]) await job.run(means);
}

/** The linked leader asks about what climbed, today. */
async function theLeaderOrders(house: House, text: string): Promise<void> {
  const { communityId } = house;
  const climbed = await store.read
    .selectFrom("Stay")
    .innerJoin("Issue", (join) => join.onRef("Issue.communityId", "=", "Stay.communityId").onRef("Issue.id", "=", "Stay.issueId"))
    .select("Issue.number")
    .where("Stay.communityId", "=", communityId)
    .where("Stay.ending", "=", "overdue")
    .executeTakeFirst();
  const leader = await loadActor(store.read, communityId, house.personId("leader"), today);
  if (!climbed || !leader) throw new Error("Nothing climbed, or there is nobody to ask about it.");
  const dueOn = nextDay(localDay(today, timeZone), 5);
  const done = await makePerform(store, () => today)(giveSupervisionOrder, leader, { number: climbed.number, text, dueOn });
  if (!done.ok) throw new Error(`The order was refused: ${JSON.stringify(done.refusal)}`);
}

async function tellOne(locale: Locale, which: "baoyuan" | "meiting"): Promise<void> {
  const teller = new Teller(store, locale, today, which);
  clock = () => teller.now;
  const { say } = teller;
  const name = which === "baoyuan" ? say("宝源社区", "Baoyuan community") : say("梅庭社区", "Meiting community");
  const house = new House(teller, name, passwordHash);
  const deeds = new Deeds(house, log);
  // Scenes are laid out first: the number the retrofit gets depends on how many came before it.
  if (which === "baoyuan") tellBaoyuan(deeds);
  else tellMeiting(deeds);
  const before = teller.raisedBefore(teller.when(retrofitRaised, "08:10"));
  teller.begin(which === "baoyuan" ? 160 : 170);
  if (which === "baoyuan") await foundBaoyuan(house, 147 - before);
  else await foundMeiting(house, 12);
  await teller.play();
  await theClockActs();
  if (which === "baoyuan")
    await theLeaderOrders(
      house,
      say("锁要什么时候修好？夜里谁都能进，先派人看着。", "When will the lock be mended? Until then, have somebody look after the door at night."),
    );
  const { communityId } = house;
  const count = async (table: "Body" | "Issue" | "Meeting" | "AuditEvent") =>
    (await store.read.selectFrom(table).select("communityId").where("communityId", "=", communityId).execute()).length;
  console.log(
    `  ${name}: ${await count("Body")} bodies, ${house.people.size} people, ${await count("Issue")} issues, ${await count("Meeting")} meetings, ${await count("AuditEvent")} events`,
  );
  for (const [key, zh, en] of which === "baoyuan" ? baoyuanCast : meitingCast)
    people.push({
      locale,
      community: name,
      name: house.nameOf(key),
      post: "",
      body: "",
      personId: house.personId(key),
      communityId,
      why: say(zh, en),
    });
}
