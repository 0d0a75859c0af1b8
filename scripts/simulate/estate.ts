// The community a simulated year happens in: 21 buildings with 520 households, their council, the joint meeting, departments.
import { addBody } from "../../app/commands/body/add";
import type { Command } from "../../app/commands/command";
import { foundCommunity } from "../../app/commands/community/found.server";
import { beginMembership } from "../../app/commands/membership/begin";
import { makePerform, randomId } from "../../app/commands/perform.server";
import { loadActor } from "../../app/data/organisation.server";
import type { Store } from "../../app/data/store.server";
import type { DomainEvent } from "../../app/domain/event";
import { holidays } from "../../app/domain/holidays";
import type { BodyKind, Party, Role } from "../../app/domain/vocabulary";

export const timeZone = "Asia/Shanghai";
export const buildings = 21;
const households = (n: number): number => (n === 7 || n % 5 === 0 ? 24 : 25);

/** Who and what there is, by the names the simulation uses. */
export type Estate = { communityId: string; bodies: Record<string, string>; people: Record<string, string>; residents: Record<string, readonly string[]> };

/** Found it through the real commands. */
export async function foundEstate(store: Store, now: string): Promise<Estate> {
  const perform = makePerform(store, () => now);
  const founded = await foundCommunity(
    store,
    { name: "宝源社区", secretary: "社区秘书", locale: "zh-CN", timeZone, dayEndsAt: "18:00", clocks: [], days: holidays, firstNumber: 1 },
    now,
    randomId,
  );
  const { communityId } = founded;
  const secretary = await loadActor(store.read, communityId, founded.personId, now);
  if (!secretary) throw new Error("There is no secretary.");
  const estate: Estate = { communityId, bodies: {}, people: { secretary: founded.personId }, residents: {} };

  const does = async <I extends { version?: number | undefined }, S>(command: Command<I, S>, input: object): Promise<readonly DomainEvent[]> => {
    const done = await perform(command, secretary, input);
    if (!done.ok) throw new Error(`${command.action} was refused: ${JSON.stringify(done.refusal)}`);
    return done.value.events;
  };
  const body = async (key: string, name: string, kind: BodyKind, upper: string | null, more: object = {}): Promise<void> => {
    const [added] = await does(addBody, { name, kind, escalatesToId: upper === null ? null : estate.bodies[upper], ...more });
    estate.bodies[key] = added?.id ?? "";
  };
  const person = async (key: string, name: string, posts: readonly (readonly [body: string, role: Role, party: Party])[]): Promise<void> => {
    let personId: string | null = null;
    for (const [at, role, party] of posts) {
      const events: readonly DomainEvent[] = await does(beginMembership, {
        bodyId: estate.bodies[at],
        personId,
        name: personId ? null : name,
        role,
        party,
        startsOn: null,
      });
      const begun = events.find((e) => e.type === "membership.begun");
      if (begun?.type === "membership.begun") personId = begun.personId;
    }
    estate.people[key] = personId ?? "";
  };

  await body("joint", "联席会议", "jointMeeting", null, { quorum: { numerator: 1, denominator: 2, parties: [] } });
  await body("council", "邻里议事厅", "council", "joint", {
    estate: "宝源花园",
    quorum: { numerator: 2, denominator: 3, parties: ["branch", "residents", "ownersCommittee", "property"] },
  });
  for (let n = 1; n <= buildings; n++) await body(`b${n}`, `${n}号楼`, "building", "council", { estate: "宝源花园", stairwells: 2, households: households(n) });
  for (const [key, name] of [
    ["water", "区水务局"],
    ["housing", "区住建局"],
    ["fire", "消防救援大队"],
    ["office", "街道办"],
  ] as const) {
    await body(key, name, "department", null, { party: "department" });
    await person(`${key}man`, `${name}工作人员`, [
      [key, "staff", "department"],
      ["joint", "member", "department"],
    ]);
  }
  await body("property", "物业公司", "company", null, { party: "property" });
  await person("chair", "党支部书记", [
    ["council", "chair", "branch"],
    ["joint", "member", "branch"],
  ]);
  await person("recorder", "居委会委员", [
    ["council", "recorder", "residents"],
    ["joint", "recorder", "residents"],
  ]);
  await person("director", "居委会主任", [
    ["council", "member", "residents"],
    ["joint", "chair", "residents"],
  ]);
  await person("owners", "业委会主任", [
    ["council", "member", "ownersCommittee"],
    ["joint", "member", "ownersCommittee"],
  ]);
  await person("deputy", "业委会副主任", [["council", "member", "ownersCommittee"]]);
  await person("propertyman", "物业经理", [
    ["council", "member", "property"],
    ["joint", "member", "property"],
    ["property", "staff", "property"],
  ]);
  await person("leader", "挂钩领导", [["joint", "linkedLeader", "department"]]);
  for (let n = 1; n <= buildings; n++) {
    const seat = n % 4 === 3 ? ([["council", "member", "owners"]] as const) : [];
    await person(`head${n}`, `${n}号楼楼栋长`, [[`b${n}`, "head", "owners"], ...seat]);
    for (let flat = 1; flat <= 3; flat++) await person(`home${n}.${flat}`, `${n}栋${flat}01住户`, [[`b${n}`, "resident", "owners"]]);
    estate.residents[`b${n}`] = [1, 2, 3].map((flat) => estate.people[`home${n}.${flat}`] ?? "");
  }
  await person("aid", "物业维修员", [["property", "staff", "property"]]);
  return estate;
}
