// What happened at Baoyuan: the retrofit through all levels, and the small things that fill a building head's week.

import { askRaiser } from "../../../app/commands/issue/ask";
import { declineIssue } from "../../../app/commands/issue/decline";
import { mergeIssue } from "../../../app/commands/issue/merge";
import { remitIssue } from "../../../app/commands/issue/remit";
import { reportProgress } from "../../../app/commands/task/progress";
import type { Counts } from "../../../app/domain/count";
import type { Category } from "../../../app/domain/vocabulary";
import type { Deeds, Told } from "../deeds";
import { councilRoll, jointRoll } from "./baoyuan-house";
import { tellMonths } from "./baoyuan-months";
import { tellProjects } from "./baoyuan-projects";

const nine: Counts = {
  branch: { for: 1, against: 0, abstained: 0 },
  residents: { for: 2, against: 0, abstained: 0 },
  ownersCommittee: { for: 1, against: 0, abstained: 0 },
  owners: { for: 5, against: 0, abstained: 0 },
  property: { for: 0, against: 0, abstained: 1 },
};

/** Days ago on which the retrofit was raised: the ledger's number 0147 goes by it. */
export const retrofitRaised = 69;

export function tellBaoyuan(deeds: Deeds): void {
  const { house } = deeds;
  const { teller } = house;
  const { say } = teller;
  const place = say("居委会二楼", "Residents’ committee, 2nd floor");
  const told = new Map<string, Told>();
  const of = (key: string): Told => {
    const issue = told.get(key);
    if (!issue) throw new Error(`${key} was not raised yet.`);
    return issue;
  };
  const meetings = new Map<string, string>();
  const meeting = (key: string) => meetings.get(key) ?? "";
  const tasks = new Map<string, string>();
  const task = (key: string) => tasks.get(key) ?? "";
  const decisions = new Map<string, string>();

  // ── When they meet: the council every month, the joint meeting every quarter
  teller.scene(159, "10:00", async () => {
    await deeds.meets("branch", "council", { kind: "nth", nth: -1, weekday: "TH" }, { time: "19:00", minutes: 90, place });
    await deeds.meets(
      "director",
      "joint",
      { kind: "quarter", month: 3, nth: 2, weekday: "WE" },
      { time: "14:30", minutes: 120, place: say("社区三楼会议室", "Community hall, 3rd floor") },
    );
  });

  // ── The secondary water-supply retrofit
  teller.scene(
    retrofitRaised,
    "08:10",
    async () => {
      const what = say(
        "六楼往上，早上六点半到八点没水，晚上又没。老人拎着桶下楼接。",
        "From the sixth floor up there is no water from half past six to eight in the morning, and none again at night. Old people carry buckets downstairs.",
      );
      told.set("water", await deeds.raise("head7", { at: "b7", what, category: "water", track: "hard" }));
      await deeds.name("head7", of("water"), say("二次供水改造：高层早晚没水", "Water retrofit: no water upstairs mornings and nights"), "water", "hard");
    },
    true,
  );
  teller.scene(68, "19:30", async () => {
    await deeds.join("rep7", of("water"), 18);
    await deeds.note("rep7", of("water"), say("挨户问过：24户里，19户也是这样。", "Asked door to door: 19 of 24 households have the same."));
  });
  teller.scene(64, "10:00", async () => {
    await deeds.note(
      "head7",
      of("water"),
      say(
        "物业看过泵房：水泵还是1997年的，立管锈住了。只换一栋没有用。",
        "The property company looked at the pump room: the pump is from 1997, the risers are rusted. Replacing one building’s alone is no use.",
      ),
    );
  });
  teller.scene(63, "18:00", async () => {
    await deeds.join("rep6", of("water"), 11);
    await deeds.join("rep8", of("water"), 7);
  });
  teller.scene(62, "09:20", async () => {
    await deeds.escalate(
      "head7",
      of("water"),
      "council",
      say("楼里试过：清滤网、调阀门，两天后又没水。", "We tried: cleaned the filters, set the valves. Two days later, no water again."),
    );
  });

  // ── The fire-safety retrofit: partly solved, then sent down
  teller.scene(
    132,
    "10:00",
    async () => {
      const what = say(
        "楼道里消火栓没水，应急灯不亮，堆的东西把通道堵了一半。",
        "The hydrants in the stairwells are dry, the emergency lights are dead, and piled things block half of the way.",
      );
      told.set("fire", await deeds.raise("head3", { at: "b3", what, category: "fire", track: "hard" }));
      await deeds.name(
        "head3",
        of("fire"),
        say("消防改造：消火栓、应急灯、清楼道", "Fire safety: hydrants, emergency lights, clear stairwells"),
        "fire",
        "hard",
      );
    },
    true,
  );
  teller.scene(128, "09:00", async () => {
    await deeds.escalate(
      "head3",
      of("fire"),
      "council",
      say("楼里劝过三次，搬了又堆。消火栓不归楼里管。", "We asked three times; things are moved and come back. The hydrants are not ours to repair."),
    );
    meetings.set("c1", await deeds.call("branch", "council", { daysAgo: 107, from: "19:00", to: "20:30", place, issues: [of("fire")] }));
  });
  teller.scene(107, "19:02", async () => {
    await deeds.open("branch", meeting("c1"), councilRoll);
    await deeds.decide("recorder", meeting("c1"), of("fire"), {
      text: say(
        "消火栓和应急灯年久失修，小区管不了，请联席会议协调消防、街道。",
        "Hydrants and emergency lights are beyond the estate; the joint meeting is asked to bring in the fire brigade and the sub-district.",
      ),
      method: "consensus",
      outcome: "escalated",
    });
    await deeds.close("branch", meeting("c1"));
    await deeds.minutes(meeting("c1"), [
      {
        issue: of("fire"),
        lines: [
          ["head4", say("我们楼也一样，消火栓一拧，没水。", "The same in our building: you turn the hydrant and nothing comes.")],
          [
            "manager",
            say(
              "水泵房归市政管网，物业修不了。应急灯要换整条线路。",
              "The pump belongs to the city’s network; we cannot repair it. The lights need a new circuit.",
            ),
          ],
        ],
      },
    ]);
    await deeds.sign(meeting("c1"), "branch", ["branch", "recorder"]);
  });
  teller.scene(106, "09:30", async () => {
    meetings.set(
      "j1",
      await deeds.call("director", "joint", {
        daysAgo: 99,
        from: "14:30",
        to: "16:30",
        place: say("社区三楼会议室", "Community hall, 3rd floor"),
        issues: [of("fire")],
      }),
    );
  });
  teller.scene(99, "14:35", async () => {
    await deeds.open("director", meeting("j1"), jointRoll);
    const decision = await deeds.decide("recorder", meeting("j1"), of("fire"), {
      text: say(
        "消火栓由消防救援大队牵头修好，应急灯由街道办列入老旧小区改造。",
        "The fire brigade takes the lead on the hydrants; the sub-district puts the emergency lights into its old-estate works.",
      ),
      method: "consensus",
      outcome: "adopted",
    });
    decisions.set("fire", decision);
    tasks.set(
      "hydrants",
      await deeds.assign("leader", decision, {
        title: say("修好21栋的消火栓", "Repair the hydrants of all 21 buildings"),
        to: "fire",
        daysAgo: 60,
        proof: say("逐栋试水的记录", "A water test record for each building"),
      }),
    );
    tasks.set(
      "lights",
      await deeds.assign("leader", decision, {
        title: say("换应急灯", "Replace the emergency lights"),
        to: "office",
        daysAgo: -24,
        proof: say("验收单", "The acceptance sheet"),
        help: ["property"],
        steps: [
          say("数清每栋坏了几盏", "Count the dead lights of each building"),
          say("采购", "Buy the lights"),
          say("21栋逐栋换好", "Replace them, building by building"),
        ],
      }),
    );
    tasks.set(
      "monthly",
      await deeds.assign("leader", decision, {
        title: say("每月给消火栓试一次水", "Test the hydrants every month"),
        to: "property",
        daysAgo: -5,
        proof: say("试水记录", "The test record"),
        repeats: "monthly",
      }),
    );
    await deeds.close("director", meeting("j1"));
    await deeds.minutes(meeting("j1"), [
      {
        issue: of("fire"),
        lines: [
          [
            "leader",
            say(
              "消火栓是保命的，先修。应急灯排进计划，不许拖过年底。",
              "Hydrants save lives, so they come first. The lights go into the plan, and not beyond the end of the year.",
            ),
          ],
          [
            "fireman",
            say("我们两个月内逐栋试水，有一栋不出水就不算完。", "We test building by building within two months; as long as one is dry it is not done."),
          ],
        ],
      },
    ]);
    await deeds.sign(meeting("j1"), "director", ["director", "recorder"]);
  });
  teller.scene(97, "10:00", async () => {
    await deeds.take("fireman", task("hydrants"));
    await deeds.take("officer", task("lights"));
    await deeds.take("manager", task("monthly"));
  });
  teller.scene(63, "15:00", async () => {
    await deeds.handIn(
      "fireman",
      task("hydrants"),
      say("21栋全部出水，压力合格，记录已送社区。", "All 21 buildings have water at the right pressure; the records are with the community."),
    );
  });
  teller.scene(61, "10:30", async () => {
    await deeds.verify("director", task("hydrants"), say("抽了四栋，都出水。", "Tried four buildings; all have water."));
    await deeds.confirm("head3", task("hydrants"));
  });
  teller.scene(30, "15:00", async () => {
    await deeds.tick("officer", task("lights"), 2);
  });
  teller.scene(4, "10:20", async () => {
    await deeds.extension(
      "officer",
      task("lights"),
      -38,
      say("灯到齐了，可是年底前电工排不过来。", "The lights are here, but there are not enough electricians before the year ends."),
    );
  });
  teller.scene(20, "11:00", async () => {
    await house.does("officer", reportProgress, {
      taskId: task("lights"),
      text: say("灯已经采购，下个月进场。", "The lights are bought; work begins next month."),
    });
    await house.does("leader", remitIssue, {
      number: of("fire").number,
      to: house.bodyId("council"),
      text: say(
        "消火栓修好了。堆物要小区自己清：先清楼道，一个月内21栋清完。",
        "The hydrants work. Clearing the stairwells is the estate’s own: all 21 buildings within a month.",
      ),
    });
  });
  teller.scene(19, "09:00", async () => {
    await deeds.accept("branch", of("fire"));
  });

  // ── Charging piles, carried over twice
  const pilesAt = teller.dueIn("council", "hard", -2);
  teller.scene(
    pilesAt + 4,
    "20:10",
    async () => {
      const what = say(
        "充电桩放哪儿？车位不够，电也不够，大家吵了几回。",
        "Where should the charging piles go? There are too few spaces and not enough power; we have argued more than once.",
      );
      told.set("piles", await deeds.raise("head12", { at: "b12", what, category: "power", track: "hard" }));
      await deeds.name("head12", of("piles"), say("充电桩放哪儿", "Where to put the charging piles"), "power", "hard");
    },
    true,
  );
  teller.scene(pilesAt, "08:40", async () => {
    await deeds.escalate("head12", of("piles"), "council", say("楼里开过一次会，没谈拢。", "The building met once and could not agree."));
    await deeds.join("rep12", of("piles"), 4);
  });

  // ── The council's third and fourth meetings
  teller.scene(54, "09:00", async () => {
    meetings.set("c3", await deeds.call("branch", "council", { daysAgo: 47, from: "19:00", to: "20:30", place, issues: [of("water")], minutes: 30 }));
  });
  teller.scene(47, "19:01", async () => {
    await deeds.open("branch", meeting("c3"), councilRoll);
    await deeds.decide("recorder", meeting("c3"), of("water"), {
      text: say(
        "21栋泵房和立管一并改造，请联席会议协调水务、住建两个部门。",
        "Pump rooms and risers of all 21 buildings are to be replaced together; the joint meeting is asked to bring in the water and housing bureaus.",
      ),
      method: "showOfHands",
      outcome: "escalated",
      counts: nine,
    });
    await deeds.close("branch", meeting("c3"));
    await deeds.minutes(meeting("c3"), [
      {
        issue: of("water"),
        lines: [
          [
            "head7",
            say(
              "24户里19户早晚没水，六楼往上最重。清过滤网、调过阀门，两天后又没水。",
              "19 of 24 households have no water mornings and nights, worst from the sixth floor up. We cleaned filters and set valves; two days later, nothing again.",
            ),
          ],
          [
            "manager",
            say(
              "泵房水泵是1997年的，立管锈住了。21栋都一样，只换7号楼没有用。估算186万元。",
              "The pumps are from 1997 and the risers rusted. All 21 buildings are the same; replacing building 7 alone is no use. We estimate 1.86 million yuan.",
            ),
          ],
          ["owners", say("小公维金账上14.2万元，够修管子，不够换泵。", "The small maintenance fund holds 142,000 yuan: enough for pipes, not for pumps.")],
        ],
      },
    ]);
    const signed = await deeds.sign(meeting("c3"), "branch", ["branch", "recorder"]);
    await deeds.summarise(signed, "recorder", "branch", {
      opening: say(
        "宝源花园邻里议事厅在居委会二楼召开例会，党支部书记主持。会议应到12人，实到10人，符合表决人数。纪要如下：",
        "The neighbourhood council of Baoyuan held its regular meeting on the second floor of the residents’ committee, chaired by the Party branch secretary. Twelve were due and ten present, enough to decide. Summary of decisions:",
      ),
      parts: [
        {
          issue: of("water"),
          text: say(
            "会议听取了7号楼楼栋长的情况说明和物业的查勘意见。会议认为，泵房水泵和立管建于1997年，21栋情况相同，单栋更换不能解决。",
            "The meeting heard the head of building 7 and the property company’s survey. Pumps and risers are of 1997 and alike in all 21 buildings; replacing those of one does not help.",
          ),
        },
      ],
    });
  });
  // The ramp: the council settles it with the property company.
  teller.scene(
    40,
    "10:15",
    async () => {
      const what = say("北门坡道没有扶手，坐轮椅的上不来。", "The ramp at the north gate has no rail; wheelchairs cannot get up.");
      told.set("ramp", await deeds.raise("head16", { at: "b16", what, category: "structure", track: "hard", place: say("北门", "North gate") }));
      await deeds.name("head16", of("ramp"), say("北门坡道加扶手", "A rail for the ramp at the north gate"), "structure", "hard");
    },
    true,
  );
  teller.scene(38, "09:00", async () => {
    await deeds.escalate(
      "head16",
      of("ramp"),
      "council",
      say("坡道是全小区的，楼里量过，差18米扶手。", "The ramp belongs to the whole estate; we measured it, 18 metres of rail are missing."),
    );
    await deeds.join("rep16", of("ramp"), 6);
  });
  teller.scene(37, "09:00", async () => {
    meetings.set(
      "c3b",
      await deeds.call("branch", "council", { daysAgo: 31, from: "19:00", to: "20:00", place, issues: [of("piles"), of("ramp")], minutes: 30 }),
    );
  });
  teller.scene(31, "19:04", async () => {
    await deeds.open("branch", meeting("c3b"), councilRoll);
    await deeds.decide("recorder", meeting("c3b"), of("piles"), {
      text: say("先请供电所看看还能接多少。", "First the power company says how much more can be connected."),
      method: "consensus",
      outcome: "deferred",
    });
    const rail = await deeds.decide("recorder", meeting("c3b"), of("ramp"), {
      text: say(
        "北门坡道两侧加扶手，物业施工，钱从公共收益出，不超过6,000元。",
        "Rails on both sides of the north ramp, built by the property company, from common revenue, 6,000 yuan at most.",
      ),
      method: "showOfHands",
      outcome: "adopted",
      counts: {
        branch: { for: 1, against: 0, abstained: 0 },
        residents: { for: 2, against: 0, abstained: 0 },
        ownersCommittee: { for: 1, against: 0, abstained: 0 },
        owners: { for: 4, against: 0, abstained: 1 },
        property: { for: 1, against: 0, abstained: 0 },
      },
    });
    decisions.set("rail", rail);
    tasks.set(
      "rail",
      await deeds.assign("branch", rail, {
        title: say("装北门坡道扶手", "Put up the rails of the north ramp"),
        to: "property",
        daysAgo: -3,
        proof: say("完工照片和发票", "Photos of the work and the invoice"),
        help: ["committee"],
        steps: [say("量尺寸，下料", "Measure, and order the material"), say("装左边", "Put up the left rail"), say("装右边", "Put up the right rail")],
      }),
    );
    tasks.set(
      "path",
      await deeds.assign("branch", rail, {
        title: say("修坡道下面的人行道", "Mend the pavement below the ramp"),
        to: "property",
        daysAgo: -10,
        proof: say("修好的照片", "Photos of the mended pavement"),
      }),
    );
    await deeds.close("branch", meeting("c3b"));
    await deeds.minutes(meeting("c3b"), [
      { issue: of("piles"), lines: [["head12", say("地面放不下，地下没有电。", "There is no room above ground and no power below.")]] },
      {
        issue: of("ramp"),
        lines: [
          ["head16", say("两位坐轮椅的老人，出门要人抬。", "Two old people in wheelchairs have to be carried out.")],
          ["manager", say("材料加人工五千多，三个星期能装好。", "Material and labour are a little over 5,000 yuan; three weeks and it stands.")],
          ["owners", say("公共收益出得起，账上公开。", "Common revenue can pay that; the account is open to all.")],
        ],
      },
    ]);
    await deeds.sign(meeting("c3b"), "branch", ["branch", "recorder"]);
  });
  teller.scene(29, "09:00", async () => {
    await deeds.take("manager", task("rail"));
    await deeds.photo("manager", task("rail"), "before", ramp("before"));
    await deeds.tick("manager", task("rail"), 1);
  });
  // The money is the owners': their committee has its own meeting, with seven days' notice.
  teller.scene(29, "20:10", async () => {
    meetings.set(
      "o1",
      await deeds.call("owners", "committee", {
        daysAgo: 20,
        from: "19:30",
        to: "20:00",
        place: say("业委会办公室", "Owners’ committee office"),
        issues: [of("ramp")],
      }),
    );
  });
  teller.scene(20, "19:32", async () => {
    await deeds.open("owners", meeting("o1"), { present: ["owners", "deputy", "head16", "head18"], excused: ["head9"] });
    const paid = await deeds.decide("deputy", meeting("o1"), of("ramp"), {
      text: say(
        "同意坡道扶手从公共收益里付，不超过6,000元，发票公示。",
        "The rails may be paid from common revenue, 6,000 yuan at most; the invoice is posted.",
      ),
      method: "showOfHands",
      outcome: "adopted",
      counts: { ownersCommittee: { for: 3, against: 0, abstained: 1 } },
    });
    await deeds.assign("owners", paid, {
      title: say("把扶手的发票贴出来公示", "Post the invoice for the rails"),
      to: "@deputy",
      daysAgo: -6,
      proof: say("公示栏的照片", "A photo of the notice board"),
    });
    await deeds.close("owners", meeting("o1"));
    await deeds.minutes(meeting("o1"), [
      {
        issue: of("ramp"),
        lines: [
          ["owners", say("公共收益还有四万多，这笔花得起。", "There are more than 40,000 yuan of common revenue; we can pay this.")],
          ["head18", say("发票要贴出来，让大家看到。", "The invoice should be posted for all to see.")],
        ],
      },
    ]);
  });
  teller.scene(7, "17:00", async () => {
    await house.does("manager", reportProgress, {
      taskId: task("rail"),
      text: say("左边装好了，右边等料。", "The left side stands; material for the right is on its way."),
    });
    await deeds.tick("manager", task("rail"), 1);
    await deeds.photo("manager", task("rail"), "after", ramp("after"));
    await deeds.sendBack(
      "manager",
      task("path"),
      "notOurs",
      "office",
      say("人行道在红线外，是市政的路，物业不能动。", "The pavement lies outside the estate: it is the city’s, and we may not touch it."),
    );
  });
  teller.scene(24, "09:00", async () => {
    meetings.set("c4", await deeds.call("branch", "council", { daysAgo: 17, from: "19:00", to: "20:15", place, issues: [of("piles")] }));
  });
  teller.scene(17, "19:03", async () => {
    await deeds.open("branch", meeting("c4"), councilRoll);
    await deeds.decide("recorder", meeting("c4"), of("piles"), {
      text: say("供电所下周来，下次再议。", "The power company comes next week; next time."),
      method: "consensus",
      outcome: "deferred",
    });
    await deeds.close("branch", meeting("c4"));
    await deeds.minutes(meeting("c4"), [
      {
        issue: of("piles"),
        lines: [["manager", say("供电所说要先测负荷，约到下周三。", "The power company wants to measure the load first, next Wednesday.")]],
      },
    ]);
    // The recorder has not signed yet: it waits on their page.
    await deeds.sign(meeting("c4"), "branch", ["branch"]);
  });

  // ── The joint meeting assigns
  teller.scene(40, "10:00", async () => {
    await deeds.accept("director", of("water"));
    meetings.set(
      "j2",
      await deeds.call("director", "joint", {
        daysAgo: 25,
        from: "14:30",
        to: "16:30",
        place: say("社区三楼会议室", "Community hall, 3rd floor"),
        issues: [of("water")],
        minutes: 40,
      }),
    );
  });
  teller.scene(25, "14:32", async () => {
    await deeds.open("director", meeting("j2"), jointRoll);
    const decision = await deeds.decide("recorder", meeting("j2"), of("water"), {
      text: say(
        "宝源花园21栋的泵房和立管，列入今年的二次供水改造。泵房由部门出资，立管由小公维金和公共收益补足。",
        "The pump rooms and risers of Baoyuan’s 21 buildings join this year’s water-supply retrofit. The departments pay for the pump rooms; the small fund and common revenue cover the risers.",
      ),
      method: "consensus",
      outcome: "adopted",
    });
    decisions.set("water", decision);
    tasks.set(
      "survey",
      await deeds.assign("leader", decision, {
        title: say("勘察21栋的立管和泵房，出设计图", "Survey risers and pump rooms of 21 buildings; draw the plans"),
        to: "water",
        daysAgo: 4,
        proof: say("盖章的勘察报告", "The stamped survey report"),
      }),
    );
    tasks.set(
      "funds",
      await deeds.assign("leader", decision, {
        title: say("定下改造资金", "Settle the money for the retrofit"),
        to: "housing",
        daysAgo: -3,
        proof: say("批复文件", "The approval paper"),
      }),
    );
    await deeds.close("director", meeting("j2"));
    await deeds.minutes(meeting("j2"), [
      {
        issue: of("water"),
        lines: [
          [
            "branch",
            say(
              "议事厅议过，10人到会，9人同意。小区能出的，立管这一块我们认。",
              "The council deliberated: 10 present, 9 for. What the estate can pay, the risers, we take on.",
            ),
          ],
          ["waterman", say("先勘察，三个星期出图。泵房要全换。", "First the survey; plans in three weeks. The pump rooms must be replaced entirely.")],
          ["housingman", say("资金要报区财政，定下来我回话。", "The money goes to the district treasury; I will report when it is settled.")],
          [
            "leader",
            say(
              "泵房由部门出，立管由小区补。两个部门各领一项，按日子交。",
              "The departments pay for the pump rooms, the estate for the risers. Each department takes one task, by its date.",
            ),
          ],
        ],
      },
    ]);
    await deeds.sign(meeting("j2"), "director", ["director", "recorder"]);
  });
  teller.scene(24, "10:00", async () => {
    await deeds.take("waterman", task("survey"));
    await deeds.take("housingman", task("funds"));
  });
  teller.scene(5, "16:20", async () => {
    await deeds.handIn(
      "waterman",
      task("survey"),
      say(
        "21栋都看过了：立管84根要换，泵房6座。图纸和报告已盖章。",
        "All 21 buildings surveyed: 84 risers and 6 pump rooms to replace. Plans and report are stamped.",
      ),
    );
  });
  teller.scene(3, "11:10", async () => {
    await house.does("housingman", reportProgress, { taskId: task("funds"), text: say("方案报到区财政了", "The plan is with the district treasury") });
  });

  tellProjects(deeds, (key) => decisions.get(key) ?? "");
  tellDocket(deeds, told, of);
  tellBuildings(deeds, told, of);

  // ── The coming meeting
  teller.scene(2, "09:30", async () => {
    const id = await deeds.call("branch", "council", { daysAgo: -2, from: "19:00", to: "20:30", place, issues: [of("facade"), of("manhole")], minutes: 15 });
    for (const who of ["director", "recorder", "manager", "head4", "head16"]) await deeds.reply(who, id, true);
    await deeds.reply("deputy", id, false);
  });
}

/** What else waits on the council's docket. */
function tellDocket(deeds: Deeds, told: Map<string, Told>, of: (key: string) => Told): void {
  const { house } = deeds;
  const { teller } = house;
  const { say } = teller;
  const facadeAt = teller.dueIn("council", "urgent", -1);
  teller.scene(
    facadeAt,
    "08:20",
    async () => {
      told.set(
        "facade",
        await deeds.raise("home4", {
          at: "b4",
          what: say("4号楼外墙掉皮，昨天砸到一辆电动车。", "Plaster falls from the wall of building 4; yesterday it hit an e-bike."),
          category: "structure",
          track: "urgent",
        }),
      );
      await deeds.name("head4", of("facade"), say("4号楼外墙掉皮", "Plaster falling from building 4"), "structure", "urgent");
      await deeds.escalate(
        "head4",
        of("facade"),
        "council",
        say("拉了警戒线，贴了纸。要检测，楼里办不了。", "We taped it off and put up a sign. It needs a survey, which the building cannot do."),
      );
    },
    true,
  );
  teller.scene(facadeAt - 1 > 0 ? facadeAt - 1 : 1, "10:00", async () => {
    await deeds.note("branch", of("facade"), say("物业已约检测，等报告。", "The property company has booked a survey; we wait for the report."));
  });
  const manholeAt = teller.dueIn("council", "minor", 1);
  teller.scene(
    manholeAt + 1,
    "07:50",
    async () => {
      told.set(
        "manhole",
        await deeds.raise("rep4", {
          at: "b4",
          what: say("4号楼前窨井盖破了，晚上看不见，怕有人踩空。", "The manhole cover in front of building 4 is broken; at night nobody sees it."),
          category: "structure",
          track: "minor",
        }),
      );
      await deeds.name("head4", of("manhole"), say("4号楼前窨井盖破了", "Broken manhole cover at building 4"), "structure", "minor");
    },
    true,
  );
  teller.scene(manholeAt, "09:00", async () => {
    await deeds.escalate("head4", of("manhole"), "council", say("可以动用小公维金，要议事厅点头。", "The small fund could pay; the council has to agree."));
  });
  teller.scene(
    teller.dueIn("council", "hard", 3),
    "12:10",
    async () => {
      told.set(
        "vans",
        await deeds.raise("manager", {
          at: "council",
          what: say("南门快递车堵路，早晚高峰进出都难。", "Delivery vans block the south gate; mornings and evenings nobody gets through."),
          category: "parking",
          track: "hard",
          place: say("南门", "South gate"),
        }),
      );
      await deeds.name("branch", of("vans"), say("南门快递车堵路", "Delivery vans block the south gate"), "parking", "hard");
      await deeds.join("rep16", of("vans"), 10);
    },
    true,
  );
  const topAt = teller.dueIn("council", "minor", 8);
  teller.scene(
    topAt + 2,
    "21:00",
    async () => {
      told.set(
        "top5",
        await deeds.raise("home5", {
          at: "b5",
          what: say("5号楼顶层水压小，洗澡要等半天。", "The water pressure on the top floor of building 5 is low; a shower takes for ever."),
          category: "water",
          track: "minor",
        }),
      );
      await deeds.name("head5", of("top5"), say("5号楼顶层水压小", "Low water pressure at the top of building 5"), "water", "minor");
    },
    true,
  );
  teller.scene(topAt, "09:30", async () => {
    await deeds.escalate(
      "head5",
      of("top5"),
      "council",
      say("和7号楼的事像，请议事厅看看要不要一起办。", "It looks like building 7’s issue; the council may want to take them together."),
    );
    await deeds.accept("branch", of("top5"));
    await deeds.join("rep5", of("top5"), 2);
  });
  teller.scene(
    6,
    "20:40",
    async () => {
      told.set(
        "dance",
        await deeds.raise("director", {
          at: "council",
          what: say("广场舞音量太大，两边都来说过。", "The dancing in the square is too loud; both sides have come to us."),
          category: "neighbours",
          track: "hard",
          place: say("中心广场", "Central square"),
        }),
      );
      await house.does("branch", askRaiser, {
        number: of("dance").number,
        text: say("是哪几天、几点到几点？有没有人量过分贝？", "Which days, from when to when? Has anybody measured it?"),
      });
    },
    true,
  );
}

/** What buildings settle among themselves. */
function tellBuildings(deeds: Deeds, told: Map<string, Told>, of: (key: string) => Told): void {
  const { house } = deeds;
  const { teller } = house;
  const { say } = teller;

  // The clogged pipe: settled in the building with the small fund.
  teller.scene(
    34,
    "07:40",
    async () => {
      told.set(
        "pipe",
        await deeds.raise("home5", {
          at: "b5",
          what: say(
            "一楼下水道堵了，脏水往外冒，厨房没法用。",
            "The drain on the ground floor is clogged; dirty water comes up and the kitchen cannot be used.",
          ),
          category: "drains",
          track: "urgent",
          stairwell: 1,
        }),
      );
    },
    true,
  );
  teller.scene(34, "08:30", async () => {
    await deeds.name("head5", of("pipe"), say("5号楼一楼下水道堵了", "Clogged drain, ground floor of building 5"), "drains", "urgent");
    await deeds.note(
      "head5",
      of("pipe"),
      say("物业师傅来看过，总管里是菜叶和油。", "The property company’s plumber looked: leaves and grease in the main pipe."),
    );
  });
  teller.scene(34, "16:00", async () => {
    await deeds.settle(
      "head5",
      of("pipe"),
      say(
        "当天疏通了，换了一段弯头。花了380元，从小公维金出，收据贴在楼下。",
        "Cleared the same day and one bend replaced. It cost 380 yuan from the small maintenance fund; the receipt is posted downstairs.",
      ),
    );
  });
  teller.scene(33, "19:00", async () => {
    await deeds.content("home5", of("pipe"), "content", say("办得快。", "That was quick."));
  });

  // Building 12 let a deadline pass: the clock took it to the council.
  teller.scene(
    teller.dueIn("building", "minor", -1),
    "08:20",
    async () => {
      const gate = await deeds.raise("head12", {
        at: "b12",
        what: say("12号楼单元门合不上，夜里谁都能进。", "The entrance of building 12 does not close; at night anybody can walk in."),
        category: "other",
        track: "minor",
      });
      await deeds.name("head12", gate, say("12号楼单元门合不上", "The entrance of building 12 does not close"), "other", "minor");
    },
    true,
  );

  // Building 7 today.
  // Nobody took it on: a first word is overdue, the outcome is not yet.
  const drainAt = teller.dueIn("building", "minor", -1, "respondBy");
  teller.scene(
    drainAt,
    "08:00",
    async () => {
      told.set(
        "drain",
        await deeds.raise("high7", {
          at: "b7",
          what: say("3单元下水返味。一楼楼道里最重。", "The drains of stairwell 3 smell! It is worst in the ground-floor hall."),
          category: "drains",
          track: "minor",
          stairwell: 3,
        }),
      );
    },
    true,
  );
  teller.scene(
    0,
    "08:05",
    async () => {
      told.set(
        "ebikes",
        await deeds.raise("rep7", {
          at: "b7",
          what: say("有人在楼道里给电动车充电，线从窗户拉出来。", "E-bikes charged in the stairwell; the cable comes out of a window."),
          category: "fire",
          track: "minor",
          stairwell: 1,
        }),
      );
    },
    true,
  );
  teller.scene(
    4,
    "18:30",
    async () => {
      told.set(
        "door",
        await deeds.raise("home7", {
          at: "b7",
          what: say("单元门禁刷卡没反应，要拍好几下才开。", "The entrance does not react to the card; it takes several tries."),
          category: "other",
          track: "minor",
          stairwell: 2,
        }),
      );
      await deeds.name("head7", of("door"), say("单元门禁不灵", "The entrance lock is faulty"), "other", "minor");
      await house.does("head7", askRaiser, {
        number: of("door").number,
        text: say("是哪个单元的门？是卡的事还是门的事，别人的卡能开吗？", "Which stairwell? Is it the card or the door: do other cards work?"),
      });
    },
    true,
  );
  teller.scene(
    8,
    "19:40",
    async () => {
      told.set(
        "lamp",
        await deeds.raise("home7", {
          at: "b7",
          what: say("三楼楼道灯坏了，晚上摸黑。", "The lamp on the third-floor landing is dead; it is dark at night."),
          category: "power",
          track: "minor",
          stairwell: 2,
        }),
      );
      await deeds.name("head7", of("lamp"), say("三楼楼道灯坏了", "Dead lamp on the third floor"), "power", "minor");
    },
    true,
  );
  // A neighbour joined: when there is an answer, they are asked too.
  teller.scene(7, "20:10", async () => {
    await deeds.join("high7", of("lamp"));
  });
  teller.scene(2, "17:00", async () => {
    await deeds.settle("head7", of("lamp"), say("换了声控灯，18元，从小公维金出。", "A sound-controlled lamp is in; 18 yuan from the small fund."));
  });
  teller.scene(
    44,
    "07:30",
    async () => {
      told.set(
        "twin",
        await deeds.raise("high7", {
          at: "b7",
          what: say("六楼早上没水，洗衣机进不了水。", "No water on the 6th floor in the morning; the washing machine does not fill."),
          category: "water",
          track: "minor",
          stairwell: 2,
        }),
      );
    },
    true,
  );
  teller.scene(43, "09:00", async () => {
    await house.does("head7", mergeIssue, {
      number: of("twin").number,
      into: of("water").number,
      text: say("就是二次供水这件，一起办。", "This is the water retrofit; they go together."),
    });
  });
  teller.scene(
    15,
    "10:00",
    async () => {
      told.set(
        "canopy",
        await deeds.raise("home9", {
          at: "b9",
          what: say("想在楼顶自家上面搭个雨棚，省得漏雨。", "I want to build a canopy on the roof above my flat against the rain."),
          category: "structure",
          track: "minor",
        }),
      );
    },
    true,
  );
  teller.scene(9, "15:00", async () => {
    await deeds.name("head9", of("canopy"), say("楼顶搭雨棚", "A canopy on the roof"), "structure", "minor");
    await house.does("head9", declineIssue, {
      number: of("canopy").number,
      text: say(
        "楼顶是大家的，搭棚要全体业主同意，还有消防的规定。漏雨可以报修防水，我来联系物业。",
        "The roof belongs to everybody: a canopy needs all owners’ consent and fire clearance. The leak itself can be repaired; I will call the property company.",
      ),
    });
  });

  tellMonths(deeds);

  // Small things of the past weeks, so that lists look as they do in life.
  small.forEach(([zh, en, category, answerZh, answerEn], n) => {
    // Buildings 1 to 20: the head of building 21 has not come in yet.
    const building = ((n * 3) % 20) + 1;
    const daysAgo = 12 + n * 4;
    const key = `small${n}`;
    teller.scene(
      daysAgo,
      "18:20",
      async () => {
        told.set(key, await deeds.raise(`rep${building}`, { at: `b${building}`, what: say(zh, en), category, track: "minor" }));
      },
      true,
    );
    teller.scene(daysAgo - 1, "09:10", async () => {
      await deeds.accept(`head${building}`, of(key));
    });
    teller.scene(daysAgo - 3, "16:40", async () => {
      await deeds.settle(`head${building}`, of(key), say(answerZh, answerEn));
    });
    teller.scene(daysAgo - 4, "20:00", async () => {
      await deeds.content(`rep${building}`, of(key), n % 6 === 5 ? "fair" : "content");
    });
  });
}

const small: readonly (readonly [string, string, Category, string, string])[] = [
  ["二楼楼道窗户关不上，下雨进水", "Rain comes in at a landing window", "structure", "换了合页，8元。", "A new hinge, 8 yuan."],
  ["楼下垃圾桶满了两天没人收", "Bins not emptied for two days", "cleaning", "和保洁说好了，改成一天两次。", "The cleaners now come twice a day."],
  [
    "楼上半夜拖椅子，睡不着",
    "Chairs dragged upstairs at midnight",
    "neighbours",
    "两家坐下来谈了，装了脚垫。",
    "The two families talked; the chairs have felt pads now.",
  ],
  ["自行车棚的灯不亮", "The lamp in the bicycle shed is dead", "power", "换了灯泡。", "A new bulb is in."],
  [
    "门口台阶松了，老人差点摔",
    "Loose entrance step; an old man nearly fell",
    "structure",
    "物业抹了水泥，隔天就好。",
    "The property company cemented it the next day.",
  ],
  ["阳台漏水滴到楼下晾的衣服", "A balcony drips on the washing below", "neighbours", "楼上换了水管接头。", "The neighbour upstairs replaced a joint."],
  ["树枝伸到三楼窗户", "Branches reach a third-floor window", "cleaning", "绿化队修过了。", "The gardeners have cut them."],
  ["信箱锁坏了三个", "Three letter box locks are broken", "other", "统一换了新锁，每把6元。", "All have new locks, 6 yuan each."],
  ["楼道里有人抽烟", "Somebody smokes in the stairwell", "neighbours", "贴了纸，也当面说了。", "There is a sign, and we spoke with him."],
  ["水表井盖不见了", "Water meter pit has lost its cover", "water", "配了一个，上了链子。", "A new one is there, on a chain."],
  ["雨水管断了半截", "Half of the rain pipe has come off", "drains", "接好了，用小公维金45元。", "Repaired with 45 yuan from the small fund."],
  [
    "单元门口停了一辆没人骑的车",
    "Abandoned bicycle at the entrance",
    "parking",
    "贴条一周，没人认，拉走了。",
    "Tagged for a week, claimed by nobody, removed.",
  ],
  [
    "楼顶门锁锈死，检修上不去",
    "Roof door rusted shut; nobody can get up for repairs",
    "structure",
    "除锈换锁，钥匙在物业。",
    "New lock; the property company has the key.",
  ],
  ["一楼阳台下面有老鼠洞", "Rat hole below a ground-floor balcony", "cleaning", "堵上了，放了药，一周后再看。", "Closed, bait laid; we look again in a week."],
  ["对讲机只响不通", "Intercom rings, but no voice is heard", "power", "换了听筒。", "A new handset is in."],
  ["晾衣杆挡了别人的光", "Drying pole takes a neighbour’s light", "neighbours", "往里收了半米，两家都同意。", "Moved in by half a metre; both agree."],
  ["花坛边的砖掉了一排", "Bricks have come off the flower bed", "structure", "物业砌回去了。", "The property company laid them again."],
  ["楼道墙上都是小广告", "Stairwell walls covered with stickers", "cleaning", "铲了，刷了一遍白。", "Scraped off and painted white."],
  ["电表箱门关不上", "The meter box does not close", "power", "供电所换了门。", "The power company replaced the door."],
  ["下雨后门口积水", "Water stands at the entrance after rain", "drains", "通了地漏，垫了两块砖。", "The gully is cleared and two bricks laid."],
];

/** The ramp at the north gate as a photo would show it: without rails, and with the left one. */
function ramp(which: "before" | "after"): string {
  const posts = [110, 190, 270, 350, 430].map((x) => `<path d="M${x} ${395 - x * 0.28}v-90" stroke="#5b6770" stroke-width="9"/>`).join("");
  const rail = which === "after" ? `<g>${posts}<path d="M100 277 440 182" stroke="#5b6770" stroke-width="11" stroke-linecap="round"/></g>` : "";
  return `<svg xmlns="http://www.w3.org/2000/svg" width="800" height="600" viewBox="0 0 800 600">
<rect width="800" height="600" fill="#d9e2e6"/><rect x="430" y="60" width="370" height="260" fill="#c9b9a4"/><rect x="520" y="130" width="130" height="190" fill="#6e5b49"/>
<rect y="400" width="800" height="200" fill="#a9aca6"/><path d="M60 400 460 285H800v115z" fill="#8f938d"/>${rail}</svg>`;
}
