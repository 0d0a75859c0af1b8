// Baoyuan estate: 21 buildings, 520 households, 48 heads and stairwell representatives; its council and joint meeting.
import { localDay, nextDay } from "../../../app/domain/clock";
import type { House } from "../house";
import { timeZone } from "../teller";

/** Households of building n: 520 in all, building 7 with 24. */
const households = (n: number): number => (n === 7 || n % 5 === 0 ? 24 : 25);
const councilHeads = [3, 4, 5, 7, 12, 16];
/** Three heads sit in the owners' committee with its director and deputy: five, an odd number. */
const committeeHeads = [9, 16, 18];

export async function foundBaoyuan(house: House, firstNumber: number): Promise<void> {
  const { say, today } = house.teller;
  const estate = say("宝源花园", "Baoyuan");
  await house.found(firstNumber);
  await house.body("joint", say("联席会议", "Joint meeting"), "jointMeeting", null, { quorum: { numerator: 1, denominator: 2, parties: [] } });
  await house.body("council", say("邻里议事厅", "Neighbourhood council"), "council", "joint", {
    estate,
    quorum: { numerator: 2, denominator: 3, parties: ["branch", "residents", "ownersCommittee", "property"] },
  });
  for (let n = 1; n <= 21; n++)
    await house.body(`b${n}`, say(`${n}号楼`, `Building ${n}`), "building", "council", { estate, stairwells: n % 4 === 3 ? 3 : 2, households: households(n) });
  await house.body("water", say("区水务局", "District water bureau"), "department", null, { party: "department" });
  await house.body("housing", say("区住建局", "District housing bureau"), "department", null, { party: "department" });
  await house.body("fire", say("消防救援大队", "Fire and rescue brigade"), "department", null, { party: "department" });
  await house.body("office", say("街道办", "Sub-district office"), "department", null, { party: "department" });
  await house.body("property", say("物业公司", "Property company"), "company", null, { party: "property" });
  await house.body("committee", say("业主委员会", "Owners’ committee"), "committee", null, { estate, quorum: { numerator: 1, denominator: 2, parties: [] } });

  const endsOn = nextDay(localDay(today, timeZone), 400);
  await house.person(
    "branch",
    say("党支部书记", "Party branch secretary"),
    [
      ["council", "chair", "branch"],
      ["joint", "member", "branch"],
    ],
    { endsOn },
  );
  await house.person(
    "director",
    say("居委会主任", "Residents’ committee director"),
    [
      ["council", "member", "residents"],
      ["joint", "chair", "residents"],
    ],
    { endsOn },
  );
  await house.person(
    "recorder",
    say("居委会委员", "Residents’ committee member"),
    [
      ["council", "recorder", "residents"],
      ["joint", "recorder", "residents"],
    ],
    { endsOn },
  );
  await house.person(
    "owners",
    say("业委会主任", "Owners’ committee director"),
    [
      ["council", "member", "ownersCommittee"],
      ["joint", "member", "ownersCommittee"],
      ["committee", "chair", "ownersCommittee"],
    ],
    { endsOn },
  );
  await house.person(
    "deputy",
    say("业委会副主任", "Owners’ committee deputy"),
    [
      ["council", "member", "ownersCommittee"],
      ["committee", "recorder", "ownersCommittee"],
    ],
    { endsOn },
  );
  await house.person("manager", say("物业经理", "Property manager"), [
    ["council", "member", "property"],
    ["joint", "member", "property"],
    ["property", "staff", "property"],
  ]);
  for (let n = 1; n <= 21; n++) {
    const seats = councilHeads.includes(n) ? ([["council", "member", "owners"]] as const) : [];
    const elected = committeeHeads.includes(n) ? ([["committee", "member", "ownersCommittee"]] as const) : [];
    await house.person(`head${n}`, say(`${n}号楼楼栋长`, `Building ${n} head`), [[`b${n}`, "head", "owners"], ...seats, ...elected], { joins: n !== 21 });
  }
  for (let n = 1; n <= 21; n++)
    for (let s = 1; s <= (n <= 6 ? 2 : 1); s++)
      await house.person(`rep${n}${s > 1 ? "b" : ""}`, say(`${n}号楼${s}单元梯代表`, `Building ${n} stairwell ${s} rep`), [[`b${n}`, "stairwell", "owners"]]);
  for (const [key, building, flat] of [
    ["home7", 7, "301"],
    ["high7", 7, "602"],
    ["home9", 9, "202"],
    ["home5", 5, "101"],
    ["home4", 4, "402"],
  ] as const)
    await house.person(key, say(`${building}栋${flat}住户`, `Resident of ${building}-${flat}`), [[`b${building}`, "resident", "owners"]]);
  await house.person("leader", say("挂钩领导", "Linked city leader"), [["joint", "linkedLeader", "department"]]);
  for (const [key, body, zh, en] of [
    ["waterman", "water", "水务局工程师", "Water bureau engineer"],
    ["housingman", "housing", "住建局科员", "Housing bureau officer"],
    ["fireman", "fire", "消防参谋", "Fire brigade officer"],
    ["officer", "office", "街道办干事", "Sub-district officer"],
  ] as const)
    await house.person(key, say(zh, en), [
      [body, "staff", "department"],
      ["joint", "observer", "department"],
    ]);
}

/** Who sat in the council's meetings: 10 of 12, the four parties among them. */
export const councilRoll = {
  present: ["branch", "director", "recorder", "owners", "manager", "head4", "head5", "head7", "head12", "head16"],
  excused: ["deputy"],
  absent: ["head3"],
} as const;
export const jointRoll = {
  present: ["leader", "director", "branch", "recorder", "owners", "manager", "waterman", "housingman", "fireman", "officer"],
} as const;
