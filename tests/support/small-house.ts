// A small community with one person in every seat the walk needs, founded through the real commands.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { addBody } from "../../app/commands/body/add";
import type { Command } from "../../app/commands/command";
import { foundCommunity } from "../../app/commands/community/found.server";
import { issueInvitation } from "../../app/commands/invitation/issue";
import { useInvitation } from "../../app/commands/invitation/use";
import { escalateIssue } from "../../app/commands/issue/escalate";
import { raiseIssue } from "../../app/commands/issue/raise";
import { beginMembership } from "../../app/commands/membership/begin";
import { makePerform, randomId } from "../../app/commands/perform.server";
import { loadActor } from "../../app/data/organisation.server";
import { secretToken, tokenHash } from "../../app/data/sessions.server";
import { openStore } from "../../app/data/store.server";
import type { DomainEvent } from "../../app/domain/event";
import type { Actor } from "../../app/domain/permission";
import type { BodyKind, Party, Role } from "../../app/domain/vocabulary";
import { hashPassword } from "../../app/http/passwords.server";

const [dir, ...docket] = process.argv.slice(2);
if (!dir) throw new Error("Name the folder to found the community in.");
const store = openStore(dir, join(import.meta.dirname, "../../prisma/migrations"));
// A house may have been founded days ago, for what needs its notice.
const clock = () => new Date(Date.now() - Number(process.env.FOUNDED_DAYS_AGO ?? 0) * 86_400_000).toISOString();
const now = clock();
const perform = makePerform(store, clock);
const password = "yishi-demo-2026";
const passwordHash = await hashPassword(password);

async function done<I extends { version?: number | undefined }, S>(command: Command<I, S>, actor: Actor, input: unknown) {
  const outcome = await perform(command, actor, input);
  if (!outcome.ok) throw new Error(`Refused: ${JSON.stringify(outcome.refusal)}`);
  return outcome.value.events;
}

const community = "试验社区";
const house = await foundCommunity(
  store,
  { name: community, secretary: "社区秘书", locale: "zh-CN", timeZone: "Asia/Shanghai", dayEndsAt: "18:00", clocks: [], days: {}, firstNumber: 147 },
  now,
  randomId,
);
const { communityId } = house;
const loaded = await loadActor(store.read, communityId, house.personId, now);
if (!loaded) throw new Error("There is no secretary.");
const secretary = loaded;
const people: { name: string; personId: string }[] = [];

async function enter(personId: string, name: string, invitationId: string): Promise<void> {
  await done(useInvitation, { communityId, personId, name, posts: [] }, { invitationId, passwordHash, phone: null });
  people.push({ name, personId });
}
await enter(house.personId, "社区秘书", house.invitationId);

async function body(name: string, kind: BodyKind, escalatesToId: string | null, more: object = {}): Promise<string> {
  const [added] = await done(addBody, secretary, { name, kind, escalatesToId, ...more });
  return added?.id ?? "";
}
async function person(name: string, posts: readonly (readonly [string, Role, Party])[]): Promise<void> {
  let personId: string | null = null;
  let membershipId = "";
  for (const [bodyId, role, party] of posts) {
    const begun: DomainEvent | undefined = (
      await done(beginMembership, secretary, { bodyId, personId, name: personId ? null : name, role, party, startsOn: null })
    ).find((e) => e.type === "membership.begun");
    if (begun?.type !== "membership.begun") throw new Error("No office began.");
    personId = begun.personId;
    membershipId = begun.id;
  }
  const issued = (await done(issueInvitation, secretary, { membershipId, tokenHash: tokenHash(secretToken()) })).find((e) => e.type === "invitation.issued");
  await enter(personId ?? "", name, issued?.id ?? "");
}

const estate = "宝源花园";
const joint = await body("社区联席会议", "jointMeeting", null, { quorum: { numerator: 1, denominator: 2, parties: [] } });
const council = await body("邻里议事厅", "council", joint, {
  estate,
  quorum: { numerator: 2, denominator: 3, parties: ["branch", "residents", "ownersCommittee", "property"] },
});
const seven = await body("7号楼", "building", council, { estate, stairwells: 3, households: 24 });
const eight = await body("8号楼", "building", council, { estate, stairwells: 2, households: 24 });
await body("12号楼", "building", council, { estate, stairwells: 2, households: 24 });
const water = await body("区水务局", "department", null, { party: "department" });
const housing = await body("区住建局", "department", null, { party: "department" });

await person("7号楼楼栋长", [
  [seven, "head", "owners"],
  [council, "member", "owners"],
]);
// Tests run side by side: whoever raises in one has their own draft.
await person("8号楼楼栋长", [[eight, "head", "owners"]]);
await person("7栋102住户", [[seven, "resident", "owners"]]);
await person("7栋201住户", [[seven, "resident", "owners"]]);
await person("7栋301住户", [[seven, "resident", "owners"]]);
await person("党支部书记", [
  [council, "chair", "branch"],
  [joint, "member", "branch"],
]);
await person("居委会委员", [[council, "recorder", "residents"]]);
await person("业委会主任", [[council, "member", "ownersCommittee"]]);
await person("物业经理", [[council, "member", "property"]]);
await person("挂钩领导", [[joint, "linkedLeader", "department"]]);
await person("水务局科员", [
  [water, "staff", "department"],
  [joint, "observer", "department"],
]);
await person("住建局科员", [
  [housing, "staff", "department"],
  [joint, "observer", "department"],
]);

// Named behind the folder: issues that wait on the council's docket.
const head = people.find((p) => p.name === "8号楼楼栋长");
for (const what of docket) {
  const raiser = await loadActor(store.read, communityId, head?.personId ?? "", now);
  if (!raiser) throw new Error("There is nobody to raise an issue.");
  const raised = (
    await done(raiseIssue, raiser, { bodyId: eight, what, place: "", stairwell: null, category: "other", track: "minor", visibility: "community" })
  ).find((e) => e.type === "issue.raised");
  await done(escalateIssue, raiser, { number: raised?.number, to: council, text: "楼里办不了。" });
}

writeFileSync(
  join(dir, "sign-ins.json"),
  JSON.stringify({ password, people: people.map((p) => ({ locale: "zh-CN", community, post: "", body: "", communityId, why: p.name, ...p })) }),
);
await store.close();
