// Baoyuan's projects: the water retrofit ahead of its plan, the fire-safety retrofit behind, smoke alarms that were stopped.
import { openAProject } from "../../../app/commands/project/open";
import { planProject } from "../../../app/commands/project/plan";
import { receiveMoney } from "../../../app/commands/project/receive";
import { reportOnProject } from "../../../app/commands/project/report";
import { stopTheProject } from "../../../app/commands/project/stop";
import { loadProject } from "../../../app/data/projects.server";
import { localDay } from "../../../app/domain/clock";
import type { Source } from "../../../app/domain/project";
import type { Deeds } from "../deeds";
import { the, timeZone } from "../teller";

/** Days are told as days ago; negative ones are still to come. */
type Step = { title: string; from: number; to: number; weight: number; by: string };
type Plan = {
  name: string;
  by: string;
  person?: string;
  from: number;
  to: number;
  budget: string;
  funds: Partial<Record<Source, string>>;
  steps: readonly Step[];
};

export function tellProjects(deeds: Deeds, decision: (key: "fire" | "water" | "rail") => string): void {
  const { house } = deeds;
  const { teller } = house;
  const { say } = teller;
  const day = (daysAgo: number) => localDay(teller.when(daysAgo, "12:00"), timeZone);
  const projects = new Map<string, string>();
  const id = (key: string) => projects.get(key) ?? "";
  const planOf = ({ name, by, person, from, to, budget, funds, steps }: Plan, ids: readonly string[] = []) => ({
    name,
    responsibleId: house.bodyId(by),
    personId: person ? house.personId(person) : null,
    startsOn: day(from),
    endsOn: day(to),
    budget,
    funds,
    milestones: steps.map((s, n) => ({
      id: ids[n] ?? null,
      title: s.title,
      startsOn: day(s.from),
      endsOn: day(s.to),
      weight: s.weight,
      ownerId: house.bodyId(s.by),
    })),
  });
  const stepsOf = async (key: string) => (await loadProject(teller.store.read, house.communityId, id(key)))?.plan.milestones.map((m) => m.id) ?? [];
  const open = async (who: string, key: string, under: Parameters<typeof decision>[0], plan: Plan) => {
    projects.set(key, the(await house.does(who, openAProject, { decisionId: decision(under), ...planOf(plan) }), "project.opened").id);
  };
  const report = async (who: string, key: string, told: { on: number; percents: readonly number[]; spent: string; text: string }) => {
    const percents = (await stepsOf(key)).map((step, n) => ({ id: step, percent: told.percents[n] ?? 0 }));
    await house.does(who, reportOnProject, { projectId: id(key), day: day(told.on), percents, spent: told.spent, text: told.text });
  };
  const receive = (who: string, key: string, received: Partial<Record<Source, string>>) => house.does(who, receiveMoney, { projectId: id(key), received });

  // ── Fire safety: behind, its plan changed once
  const fire: Plan = {
    name: say("消防改造", "Fire-safety retrofit"),
    by: "fire",
    person: "fireman",
    from: 97,
    to: -20,
    budget: "420000",
    funds: { departments: "380000", commonRevenue: "40000" },
    steps: [
      { title: say("修好21栋消火栓", "Repair the hydrants of 21 buildings"), from: 97, to: 60, weight: 3, by: "fire" },
      { title: say("换应急灯", "Replace the emergency lights"), from: 90, to: 5, weight: 3, by: "office" },
      { title: say("清楼道堆物", "Clear the stairwells"), from: 50, to: 10, weight: 2, by: "property" },
      { title: say("逐栋复查", "Inspect every building"), from: -6, to: -20, weight: 2, by: "fire" },
    ],
  };
  teller.scene(98, "10:00", () => open("leader", "fire", "fire", fire));
  teller.scene(90, "11:00", async () => {
    await receive("recorder", "fire", { departments: "260000" });
  });
  teller.scene(78, "16:00", () =>
    report("fireman", "fire", {
      on: 78,
      percents: [45],
      spent: "86400",
      text: say("9栋出水了，3栋的阀门锈死，要换。", "Nine buildings have water; in three the valves are rusted and are replaced."),
    }),
  );
  teller.scene(62, "16:00", () =>
    report("fireman", "fire", {
      on: 62,
      percents: [100, 5],
      spent: "192750.50",
      text: say("21栋消火栓全部试过水，压力合格。", "The hydrants of all 21 buildings were tested; the pressure is right."),
    }),
  );
  teller.scene(21, "10:30", async () => {
    const later = fire.steps.map((s, n) => (n === 1 ? { ...s, to: -24 } : n === 3 ? { ...s, from: -30, to: -60 } : s));
    await house.does("leader", planProject, {
      projectId: id("fire"),
      ...planOf({ ...fire, to: -60, steps: later }, await stepsOf("fire")),
      reason: say(
        "应急灯第一次招标没有人投，重新采购，复查跟着往后推。",
        "Nobody bid for the lights the first time; they are bought anew, and the inspection moves with them.",
      ),
    });
  });
  teller.scene(9, "17:00", () =>
    report("fireman", "fire", {
      on: 9,
      percents: [100, 30, 40],
      spent: "238900",
      text: say(
        "灯到了货，装了6栋。楼道清了9栋，有4栋劝不动。",
        "The lights are here, six buildings have them. Nine stairwells are clear; in four, people will not listen.",
      ),
    }),
  );

  // ── Smoke alarms: stopped for a reason
  teller.scene(86, "10:00", () =>
    open("director", "alarms", "fire", {
      name: say("楼道独立烟感", "Smoke alarms in the stairwells"),
      by: "property",
      from: 85,
      to: 10,
      budget: "63000",
      funds: { smallFund: "63000" },
      steps: [
        { title: say("试装3栋", "Try them in three buildings"), from: 85, to: 65, weight: 1, by: "property" },
        { title: say("装其余18栋", "Fit the other 18"), from: 64, to: 10, weight: 6, by: "property" },
      ],
    }),
  );
  teller.scene(80, "09:30", async () => {
    await receive("recorder", "alarms", { smallFund: "9000" });
  });
  teller.scene(64, "17:30", () =>
    report("manager", "alarms", {
      on: 64,
      percents: [100],
      spent: "8640",
      text: say("3栋装好了，72个，试过都响。", "72 of them hang in three buildings; all of them sound."),
    }),
  );
  teller.scene(48, "10:00", async () => {
    await house.does("director", stopTheProject, {
      projectId: id("alarms"),
      text: say(
        "街道把烟感列进了明年的老旧小区改造，钱全由部门出。装好的3栋留着用，小公维金不再花。",
        "The sub-district has put smoke alarms into next year’s old-estate works and pays for all of them. The three buildings keep theirs; the small fund pays no more.",
      ),
    });
  });

  // ── The water retrofit: ahead
  teller.scene(24, "15:30", () =>
    open("leader", "water", "water", {
      name: say("二次供水改造", "Water-supply retrofit"),
      by: "water",
      person: "waterman",
      from: 24,
      to: -115,
      budget: "1860000",
      funds: { departments: "1240000", smallFund: "142000", commonRevenue: "300000" },
      steps: [
        { title: say("勘察、出图", "Survey and plans"), from: 24, to: 4, weight: 2, by: "water" },
        { title: say("定下资金", "Settle the money"), from: 24, to: -3, weight: 1, by: "housing" },
        { title: say("换泵房6座", "Replace six pump rooms"), from: -6, to: -70, weight: 4, by: "water" },
        { title: say("换立管84根", "Replace 84 risers"), from: -20, to: -115, weight: 3, by: "property" },
      ],
    }),
  );
  teller.scene(16, "11:00", async () => {
    await receive("recorder", "water", { smallFund: "142000" });
    await report("waterman", "water", {
      on: 16,
      percents: [55, 20],
      spent: "31200",
      text: say("看了11栋，泵房都拍了照。", "Eleven buildings are surveyed, all pump rooms photographed."),
    });
  });
  teller.scene(4, "16:40", async () => {
    await receive("recorder", "water", { smallFund: "142000", departments: "372000" });
    await report("waterman", "water", {
      on: 4,
      percents: [100, 60, 20],
      spent: "236480",
      text: say(
        "图纸盖章了。水泵提前订货，预付了两成，比计划早半个月到。资金方案在区财政。",
        "The plans are stamped. The pumps are ordered ahead with a fifth paid down, and come half a month early. The money is with the district treasury.",
      ),
    });
  });

  // ── The rails of the north ramp: small, and nearly there
  teller.scene(30, "09:40", () =>
    open("branch", "rail", "rail", {
      name: say("北门坡道扶手", "Rails of the north ramp"),
      by: "property",
      person: "manager",
      from: 29,
      to: -3,
      budget: "6000",
      funds: { commonRevenue: "6000" },
      steps: [
        { title: say("左边", "Left side"), from: 29, to: 9, weight: 1, by: "property" },
        { title: say("右边", "Right side"), from: 8, to: -3, weight: 1, by: "property" },
      ],
    }),
  );
  teller.scene(19, "10:00", async () => {
    await receive("manager", "rail", { commonRevenue: "6000" });
  });
  teller.scene(7, "17:10", () =>
    report("manager", "rail", {
      on: 7,
      percents: [100],
      spent: "3150.50",
      text: say("左边装好了，右边等料。", "The left side stands; material for the right is on its way."),
    }),
  );
  teller.scene(1, "17:20", () =>
    report("manager", "rail", {
      on: 1,
      percents: [100, 70],
      spent: "5420.50",
      text: say("右边立柱都立好了，差横杆。", "The posts of the right side stand; the rail itself is missing."),
    }),
  );
}
