// Meiting: six old estates whose cars outgrew the parking, and how they settled it together.
import type { Deeds, Told } from "../deeds";
import type { House } from "../house";

const estates = [
  ["梅庭一区", "Meiting East"],
  ["梅庭二区", "Meiting West"],
  ["梅苑", "Plum Garden"],
  ["梅园里", "Plum Lane"],
  ["北梅新村", "North Plum"],
  ["梅香苑", "Plum Court"],
] as const;

export async function foundMeiting(house: House, firstNumber: number): Promise<void> {
  const { say } = house.teller;
  await house.found(firstNumber);
  await house.body("joint", say("联席会议", "Joint meeting"), "jointMeeting", null, {
    quorum: { numerator: 1, denominator: 2, parties: ["branch", "residents", "ownersCommittee", "property"] },
  });
  for (const [n, [zh, en]] of estates.entries()) {
    await house.body(`c${n}`, say("邻里议事厅", "Neighbourhood council"), "council", "joint", {
      estate: say(zh, en),
      quorum: { numerator: 1, denominator: 2, parties: [] },
    });
    for (const b of [1, 2])
      await house.body(`c${n}b${b}`, say(`${b}号楼`, `Building ${b}`), "building", `c${n}`, { estate: say(zh, en), stairwells: 2, households: 36 });
  }
  await house.body("office", say("街道办", "Sub-district office"), "department", null, { party: "department" });
  await house.body("traffic", say("交警大队", "Traffic police"), "department", null, { party: "department" });
  await house.person("director", say("居委会主任", "Residents’ committee director"), [["joint", "member", "residents"]]);
  await house.person("recorder", say("居委会委员", "Residents’ committee member"), [["joint", "recorder", "residents"]]);
  await house.person("branch", say("社区党委书记", "Community Party secretary"), [["joint", "chair", "branch"]]);
  await house.person("officer", say("街道办干事", "Sub-district officer"), [
    ["office", "staff", "department"],
    ["joint", "observer", "department"],
  ]);
  await house.person("police", say("交警中队长", "Traffic police lead"), [
    ["traffic", "staff", "department"],
    ["joint", "observer", "department"],
  ]);
  for (const [n, [zh, en]] of estates.entries()) {
    await house.person(`chair${n}`, say(`${zh}党支部书记`, `${en} branch secretary`), [
      [`c${n}`, "chair", "branch"],
      ["joint", "member", "branch"],
    ]);
    await house.person(`owners${n}`, say(`${zh}业委会主任`, `${en} owners’ director`), [
      [`c${n}`, "member", "ownersCommittee"],
      ["joint", "member", "ownersCommittee"],
    ]);
    await house.person(`manager${n}`, say(`${zh}物业经理`, `${en} property manager`), [
      [`c${n}`, "member", "property"],
      ["joint", "member", "property"],
    ]);
    for (const b of [1, 2])
      await house.person(`head${n}${b}`, say(`${zh}${b}号楼楼栋长`, `${en} building ${b} head`), [
        [`c${n}b${b}`, "head", "owners"],
        [`c${n}`, "member", "owners"],
      ]);
  }
}

export function tellMeiting(deeds: Deeds): void {
  const { teller } = deeds.house;
  const { say } = teller;
  let parking: Told = { number: "", id: "", title: "" };
  let meeting = "";
  const tasks: string[] = [];
  const everyone = ["branch", "director", "recorder", ...estates.flatMap((_, n) => [`chair${n}`, `owners${n}`, `manager${n}`]), "officer", "police"];
  const hall = say("梅庭社区礼堂", "Meiting community hall");

  teller.scene(
    150,
    "19:30",
    async () => {
      parking = await deeds.raise("head01", {
        at: "c0b1",
        what: say(
          "车越来越多，晚上八点以后没地方停，消防通道都占了，救护车进不来。",
          "There are more and more cars. After eight in the evening there is nowhere to park; the fire lane is full and an ambulance could not get in.",
        ),
        category: "parking",
        track: "hard",
      });
      await deeds.name("head01", parking, say("六个小区停车难", "Nowhere to park in six estates"), "parking", "hard");
    },
    true,
  );
  teller.scene(146, "09:00", async () => {
    await deeds.join("head11", parking, 30);
    await deeds.join("head22", parking, 22);
    await deeds.escalate(
      "head01",
      parking,
      "c0",
      say("楼下画过线、排过号，还是差四十多个车位。", "We painted lines and drew numbers; more than forty spaces are still missing."),
    );
  });
  teller.scene(140, "20:00", async () => {
    await deeds.note("chair0", parking, say("六个小区都一样，光靠一个小区没有地方。", "All six estates have the same trouble; one alone has no room."));
    await deeds.escalate(
      "chair0",
      parking,
      "joint",
      say(
        "小区里面挖不出车位，周围的环路晚上是空的，请几个小区一起商量。",
        "No space can be found inside, but the ring road around us is empty at night; the estates should talk together.",
      ),
    );
  });
  teller.scene(135, "09:00", async () => {
    meeting = await deeds.call("branch", "joint", { daysAgo: 128, from: "19:00", to: "21:00", place: hall, issues: [parking], minutes: 60 });
  });
  teller.scene(128, "19:05", async () => {
    await deeds.open("branch", meeting, { present: everyone });
    await deeds.decide("recorder", meeting, parking, {
      text: say(
        "先数清楚：六个小区有多少车、差多少位，环路能停多少。",
        "First the figures: how many cars, how many spaces missing, how many the ring road holds.",
      ),
      method: "consensus",
      outcome: "deferred",
    });
    await deeds.close("branch", meeting);
    await deeds.minutes(meeting, [
      {
        issue: parking,
        lines: [
          ["owners0", say("在小区里收费涨价，大家不答应。", "Raising the fee inside the estates: people will not agree.")],
          [
            "manager1",
            say("环路晚上基本是空的，但没有划线，停了就贴条。", "The ring road is empty at night, but unmarked: whoever parks there gets a ticket."),
          ],
          ["branch", say("先把数弄清楚，下次带数来。", "Let us get the figures first and bring them next time.")],
        ],
      },
    ]);
    await deeds.sign(meeting, "branch", ["branch", "recorder"]);
  });
  teller.scene(112, "09:00", async () => {
    meeting = await deeds.call("branch", "joint", { daysAgo: 105, from: "19:00", to: "21:00", place: hall, issues: [parking], minutes: 60 });
  });
  teller.scene(105, "19:02", async () => {
    await deeds.open("branch", meeting, { present: everyone });
    const decision = await deeds.decide("recorder", meeting, parking, {
      text: say(
        "六个小区四周的环路，封闭成临时停车场，统一划线、统一收费，收益归各小区业主共有。",
        "The ring around the six estates becomes enclosed temporary car parks, with one marking and one tariff; the revenue belongs to the owners in common.",
      ),
      method: "consensus",
      outcome: "adopted",
    });
    tasks.push(
      await deeds.assign("branch", decision, {
        title: say("环路划线、装道闸", "Mark the ring road and put up barriers"),
        to: "office",
        daysAgo: 70,
        proof: say("验收照片和清单", "Photos and the acceptance list"),
      }),
    );
    tasks.push(
      await deeds.assign("branch", decision, {
        title: say("办好临时停车的许可", "Obtain the permit for temporary parking"),
        to: "traffic",
        daysAgo: 80,
        proof: say("许可文件", "The permit"),
      }),
    );
    await deeds.close("branch", meeting);
    await deeds.minutes(meeting, [
      {
        issue: parking,
        lines: [
          [
            "recorder",
            say("六个小区登记车辆2,316辆，小区内车位1,402个，环路可划1,050个。", "2,316 registered cars, 1,402 spaces inside, room for 1,050 on the ring."),
          ],
          ["police", say("封闭管理、留出消防道，我们同意。", "Enclosed, with the fire lane kept free, we agree.")],
          ["owners3", say("收益要公开，按户数分。", "The revenue must be published and shared by households.")],
        ],
      },
    ]);
    await deeds.sign(meeting, "branch", ["branch", "recorder"]);
  });
  teller.scene(104, "10:00", async () => {
    await deeds.take("officer", tasks[0] ?? "");
    await deeds.take("police", tasks[1] ?? "");
  });
  teller.scene(86, "16:00", async () => {
    await deeds.handIn("police", tasks[1] ?? "", say("许可批下来了，两年一审。", "The permit is granted, to be renewed every two years."));
  });
  teller.scene(85, "09:30", async () => {
    await deeds.verify("head01", tasks[1] ?? "");
  });
  teller.scene(72, "17:00", async () => {
    await deeds.handIn(
      "officer",
      tasks[0] ?? "",
      say("划了1,050个车位，道闸四处，上周开始停车。", "1,050 spaces are marked, four barriers stand, cars have parked since last week."),
    );
  });
  teller.scene(71, "10:00", async () => {
    await deeds.verify(
      "head01",
      tasks[0] ?? "",
      say(
        "环路停车场开了，晚上回来有地方停。一年收益约500万元，归各小区业主共有。",
        "The car parks on the ring are open and there is room at night. About 5,000,000 yuan a year goes to the owners in common.",
      ),
    );
  });
  teller.scene(69, "20:30", async () => {
    await deeds.content("head01", parking, "content", say("消防通道空出来了。", "The fire lane is free again."));
  });

  // ── Today: an urgent meeting sits, and its screen can be looked at
  let lift: Told = { number: "", id: "", title: "" };
  let charging: Told = { number: "", id: "", title: "" };
  teller.scene(
    1,
    "08:10",
    async () => {
      lift = await deeds.raise("head11", {
        at: "c1b1",
        what: say("1号楼电梯昨晚又停了，困了人二十分钟。", "The lift of building 1 stopped again last night, with people in it for twenty minutes."),
        category: "lift",
        track: "urgent",
      });
      await deeds.name("head11", lift, say("1号楼电梯又停了", "The lift of building 1 stopped again"), "lift", "urgent");
      await deeds.escalate("head11", lift, "c1", say("维修的来了三次，修不好，要换主板。", "The repairman came three times; the main board must be replaced."));
    },
    true,
  );
  teller.scene(
    1,
    "08:40",
    async () => {
      charging = await deeds.raise("head12", {
        at: "c1b2",
        what: say("门厅里给电动车充电，插线板都烫手。", "E-bikes are charged in the hallway, and the sockets are hot."),
        category: "power",
        track: "urgent",
      });
      await deeds.name("head12", charging, say("门厅里给电动车充电", "E-bikes charged in the hallway"), "power", "urgent");
      await deeds.escalate("head12", charging, "c1", say("劝过，晚上还是充。", "We asked them not to; at night they still do."));
    },
    true,
  );
  let urgent = "";
  teller.minutesAgo(75, async () => {
    const at = { from: teller.inMinutes(-45), to: teller.inMinutes(45), place: say("二区活动室", "Meiting West activity room") };
    urgent = await deeds.callAt("chair1", "c1", { ...at, issues: [lift, charging], minutes: 60, procedure: "urgent/meeting" });
  });
  teller.minutesAgo(40, async () => {
    await deeds.open("chair1", urgent, { present: ["chair1", "owners1", "manager1", "head11", "head12"] });
    await deeds.speak("chair1", urgent, "manager1");
    await deeds.vote(
      "chair1",
      urgent,
      lift,
      say("先换主板，钱从维修资金应急里出，同意吗？", "Replace the main board now, from the emergency part of the maintenance fund?"),
      {
        branch: { for: 1, against: 0, abstained: 0 },
        ownersCommittee: { for: 1, against: 0, abstained: 0 },
        property: { for: 0, against: 0, abstained: 1 },
        owners: { for: 2, against: 0, abstained: 0 },
      },
    );
    await deeds.minutes(urgent, [
      {
        issue: lift,
        lines: [
          ["head11", say("一个月停了四次，家里有老人的不敢坐。", "It stopped four times in a month; the old do not dare to use it.")],
          ["manager1", say("主板停产了，换一块两万八，五天到货。", "The board is out of production; a new one costs 28,000 yuan and comes in five days.")],
        ],
      },
    ]);
  });
  teller.minutesAgo(2, async () => {
    await deeds.speak("chair1", urgent, "owners1");
    await deeds.hand("head12", urgent);
    await deeds.hand("manager1", urgent);
  });
}
