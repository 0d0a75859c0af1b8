// Five months of everyday matters at Baoyuan, each with its end: what the rates and the month's report are counted from.
import { giveIssueFeedback } from "../../../app/commands/issue/feedback";
import { lapseIssue } from "../../../app/commands/issue/lapse";
import { rateAnswer } from "../../../app/commands/issue/rate";
import type { WhyNot } from "../../../app/domain/follow-up";
import { clockActor } from "../../../app/domain/permission";
import type { Category } from "../../../app/domain/vocabulary";
import type { Deeds, Told } from "../deeds";

/** How a matter went: settled in the building unless it went up; the rest is told of the answer. */
type Turn = "plain" | "slow" | "up" | "again" | "silent" | "shared";
const turns: readonly Turn[] = ["slow", "plain", "up", "shared", "plain", "silent", "slow", "again", "plain", "up", "plain", "shared", "plain"];
const whys: readonly WhyNot[] = ["slow", "cameBack", "notTold", "partly"];
/** Buildings whose heads and stairwell representatives are in; building 7 has its own story. */
const buildings = [1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20] as const;
/** More comes from some than from others. */
const busy = [16, 4, 12, 16, 9, 4, 20] as const;

export function tellMonths(deeds: Deeds): void {
  const { house } = deeds;
  const { teller } = house;
  const { say } = teller;
  // The first a hundred and fifty days ago, the last three weeks: every one has come to its end.
  for (let n = 0; n < 64; n++) {
    const [zh, en, category, answerZh, answerEn] = matters[n % matters.length] ?? matters[0];
    const building = n % 3 === 2 ? (busy[n % busy.length] ?? 4) : (buildings[(n * 5) % buildings.length] ?? 1);
    const began = 152 - n * 2;
    const turn = turns[n % turns.length] ?? "plain";
    // They got quicker: in the first months every second slow one, later hardly any.
    const slow = turn === "slow" && (n < 26 || n % 13 === 0);
    const [raiser, head] = [`rep${building}`, `head${building}`];
    const friend = `rep${building === 1 ? 2 : building - 1 === 7 ? 6 : building - 1}`;
    const up = turn === "up";
    let issue: Told | null = null;
    const it = (): Told => {
      if (!issue) throw new Error("It was not raised yet.");
      return issue;
    };
    const answer = say(answerZh, answerEn);
    const after = (days: number, time: string, play: () => Promise<unknown>) =>
      teller.scene(began - days, time, async () => {
        await play();
      });
    teller.scene(
      began,
      "18:10",
      async () => {
        issue = await deeds.raise(raiser, { at: `b${building}`, what: say(zh, en), category, track: "minor" });
        if (turn === "shared") await deeds.join(friend, it(), 2);
      },
      true,
    );
    after(slow ? 6 : 1, "08:40", () => deeds.accept(head, it()));
    if (up) {
      after(4, "10:20", () => deeds.escalate(head, it(), "council", say("楼里没有钱，也没有工具。", "The building has neither money nor tools for it.")));
      after(n < 30 ? 11 : 6, "09:30", () => deeds.accept("branch", it()));
      after(13, "16:20", () => deeds.settle("branch", it(), answer));
    } else after(slow ? 9 : 3, "16:50", () => deeds.settle(head, it(), answer));
    const answered = up ? 13 : slow ? 9 : 3;
    if (turn === "again") {
      const no = { solved: "no", content: "discontent", why: "cameBack", remark: say("好了两天，又这样了。", "It was fine for two days; now it is back.") };
      after(answered + 2, "19:30", () => house.does(raiser, giveIssueFeedback, { number: it().number, ...no }));
      after(answered + 3, "08:30", () => deeds.accept(head, it()));
      after(answered + 6, "17:10", () => deeds.settle(head, it(), say("换了新的，这回修好了。", "Replaced with a new one; it holds now.")));
      after(answered + 8, "20:10", () => deeds.content(raiser, it(), "content"));
    } else if (turn === "silent" && began - answered > 35)
      after(answered + 34, "00:30", () => teller.do(lapseIssue, clockActor(house.communityId), { number: it().number }));
    else {
      const unhappy = slow || (up && n < 30);
      after(answered + 2, "20:20", () =>
        unhappy
          ? house.does(raiser, giveIssueFeedback, {
              number: it().number,
              solved: "yes",
              content: n % 4 === 0 ? "discontent" : "fair",
              why: whys[n % whys.length] ?? "slow",
              remark: "",
            })
          : deeds.content(raiser, it(), "content"),
      );
    }
    if (turn === "shared")
      after(answered + 1, "12:30", () =>
        house.does(friend, rateAnswer, {
          number: it().number,
          solved: n % 4 === 3 ? "no" : "yes",
          content: n % 4 === 3 ? "fair" : "content",
          why: n % 4 === 3 ? "partly" : null,
          remark: "",
        }),
      );
  }
}

type Matter = readonly [zh: string, en: string, category: Category, answerZh: string, answerEn: string];
const matters: readonly [Matter, ...Matter[]] = [
  ["楼道感应灯白天也亮着", "The landing lamp burns all day", "power", "换了感应头，12元。", "A new sensor, 12 yuan."],
  ["一楼门厅地砖翘起来绊人", "A loose tile in the hall makes people stumble", "structure", "重新铺了三块。", "Three tiles laid anew."],
  ["垃圾桶边上总有油水", "Greasy water around the bins", "cleaning", "每天冲一次，底下垫了托盘。", "Rinsed daily, with a tray below."],
  ["充电的电动车停在消防通道", "E-bikes charge in the fire lane", "fire", "划了线，挪到棚里了。", "A line is painted; they stand in the shed now."],
  ["顶楼水压忽高忽低", "The pressure on the top floor goes up and down", "water", "清了减压阀的滤网。", "The filter of the reducing valve is cleaned."],
  ["外来车占了楼下的车位", "Strangers park in front of the building", "parking", "门岗登记，限停半小时。", "Registered at the gate, half an hour at most."],
  ["雨水篦子堵了树叶", "Leaves clog the rain gully", "drains", "清了，雨季每周看一次。", "Cleared; looked at weekly in the rainy season."],
  ["楼上浇花滴到晒的被子", "Flower water drips on the bedding below", "neighbours", "两家说好了浇水的时间。", "The two families agreed on the hours."],
  ["单元门弹簧太紧，老人推不开", "The door spring is too strong for old people", "other", "调松了，加了扶手。", "Loosened, and a handle added."],
  ["楼道里堆着旧家具", "Old furniture in the stairwell", "fire", "物业帮着拉走了两车。", "The property company took away two loads."],
  ["污水井夜里冒泡有味", "The sewer pit bubbles and smells at night", "drains", "抽了一次，换了密封圈。", "Pumped out, with a new seal."],
  ["健身器材的螺丝松了", "Bolts of the exercise bars are loose", "structure", "拧紧了，贴了检查单。", "Tightened, with a checklist on it."],
  ["水表读数和邻居的弄混了", "Two water meters were mixed up", "water", "重新贴了门牌，多收的退了。", "Labelled anew; what was overpaid came back."],
  ["早上六点半就有人敲打装修", "Renovation hammers at half past six", "neighbours", "改成八点半以后。", "Not before half past eight now."],
  ["路灯杆底座露了电线", "Wires show at the foot of a lamp post", "power", "供电所当天封好了。", "The power company closed it the same day."],
  ["车棚顶漏雨", "The bicycle shed leaks", "structure", "补了两块板。", "Two panels replaced."],
  ["小广告贴满了单元门", "The entrance is covered with stickers", "cleaning", "铲干净，装了公告栏。", "Scraped off; there is a notice board now."],
  ["快递柜挡了轮椅坡道", "The parcel lockers block the wheelchair ramp", "other", "往东挪了两米。", "Moved two metres to the east."],
  ["晚上狗叫没人管", "A dog barks at night", "neighbours", "和主人说了，晚上牵回屋里。", "The owner takes it in at night."],
  ["门口减速带缺了一截", "Part of the speed bump is missing", "parking", "补上了，刷了黄漆。", "Mended and painted yellow."],
];
