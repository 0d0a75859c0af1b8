import { expect, test } from "vitest";
import { type Action, type Actor, can, permissions, type Subject } from "../../app/domain/permission";
import { parties, roles } from "../../app/domain/vocabulary";

const everywhere: Subject = {
  communityId: "c",
  bodies: { holder: ["b"], above: ["b"], raisedIn: ["b"], path: ["b"], body: ["b"], assigneeBody: ["b"], community: ["b"] },
  people: { signer: ["p"], raiser: ["p"], joined: ["p"], assignee: ["p"], supporter: ["p"], inCharge: ["p"], invited: ["p"], self: ["p"] },
};
const actions = Object.keys(permissions) as Action[];
const actor = (over: Partial<Actor> = {}): Actor => ({
  communityId: "c",
  personId: "p",
  name: "P",
  posts: roles.map((role) => ({ membershipId: role, bodyId: "b", role, party: parties[0] })),
  ...over,
});

test("[PE1] not across communities, whatever the office", () => {
  for (const action of actions) expect(can(actor(), action, { ...everywhere, communityId: "other" }), action).toBe(false);
});
test("[PE2] without an office only what is one's own in person", () => {
  const nobody = actor({ posts: [] });
  const allowed = actions.filter((action) => can(nobody, action, everywhere));
  // The clock is nobody in person, and work in hand goes with the office.
  const personal = actions.filter((action) =>
    permissions[action].some((grant) => "who" in grant && !["clock", "assignee", "supporter", "inCharge"].includes(grant.who)),
  );
  expect(allowed).toEqual(personal);
});
test("[TA28] who leads or helps may do so with any office today, and nothing of it without", () => {
  const hands: Subject = { communityId: "c", bodies: {}, people: { assignee: ["p"], supporter: ["p"] } };
  const clerk = actor({ posts: [{ membershipId: "m", bodyId: "elsewhere", role: "resident", party: parties[0] }] });
  for (const action of ["task.see", "task.progress", "task.tickStep", "task.handIn", "issue.see.handlers"] as const) {
    expect(can(clerk, action, hands), action).toBe(true);
    expect(can(actor({ posts: [] }), action, hands), action).toBe(false);
  }
});
test("[PJ21] who has charge of a project has it with an office in the body that does it, and with no other", () => {
  const subject: Subject = { communityId: "c", bodies: { assigneeBody: ["b"] }, people: { inCharge: ["p"] } };
  const of = (bodyId: string, role: "linkedLeader" | "resident") => actor({ posts: [{ membershipId: "m", bodyId, role, party: parties[0] }] });
  for (const action of ["project.report", "project.receive", "project.finish"] as const)
    expect(
      [of("b", "linkedLeader"), of("elsewhere", "linkedLeader"), of("b", "resident")].map((who) => can(who, action, subject)),
      action,
    ).toEqual([true, false, false]);
});
test("[PE3] a role counts only in the body the table names", () => {
  for (const action of actions) {
    const stranger = actor({ personId: "x", posts: roles.map((role) => ({ membershipId: role, bodyId: "elsewhere", role, party: parties[0] })) });
    const open = permissions[action].some((grant) => "everyMember" in grant);
    expect(can(stranger, action, everywhere), action).toBe(open);
  }
});
test("[PE4] what was told to those who handle it alone is nobody's who only has a home in a body on its way", () => {
  const posted = (role: (typeof roles)[number]) => actor({ personId: "x", posts: [{ membershipId: "m", bodyId: "b", role, party: parties[0] }] });
  for (const action of ["issue.see.handlers", "task.see", "project.see"] as const) {
    expect(can(posted("resident"), action, { ...everywhere, confided: true }), action).toBe(false);
    expect(can(posted("resident"), action, everywhere), action).toBe(true);
    expect(can(posted("stairwell"), action, { ...everywhere, confided: true }), action).toBe(true);
    expect(can(actor({ posts: posted("resident").posts }), action, { ...everywhere, confided: true }), action).toBe(true);
  }
});
