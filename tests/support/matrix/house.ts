// Every command on the house, on oneself, on when a body meets, and on calendars.
import { setBodyCadence } from "../../../app/commands/body/set-cadence";
import { openCalendarFeed } from "../../../app/commands/feed/open";
import { revokeCalendarFeed } from "../../../app/commands/feed/revoke";
import { issueInvitation } from "../../../app/commands/invitation/issue";
import { secretToken, tokenHash } from "../../../app/data/sessions.server";
import type { Action, Actor } from "../../../app/domain/permission";
import { done, idOf } from "../house";
import type { Area, Case } from "./stage";

/** Bodies, offices and invitations, and what is only one's own. */
export const setup: Area = async ({ on, at, who }, attempt) => {
  const community = { bodies: { community: [at.bodies.community] }, people: {} };
  const guest = who.by("resident@b8");
  const membershipId = guest.posts[0]?.membershipId;
  const invitationId = idOf(await done(on.perform, issueInvitation, at.secretary, { membershipId, tokenHash: tokenHash(secretToken()) }), "invitation.issued");
  const office = { role: "member", party: "owners", startsOn: "2026-03-01", endsOn: null };
  const acts: [Action, object][] = [
    ["body.add", { name: "Building 99", kind: "building", escalatesToId: at.bodies.council }],
    ["followUp.set", { askDays: 20, changeDays: 10 }],
    ["procedure.keep", { code: "threeLevel", figures: { "council/1.1.days": 5 } }],
    ["body.change", { bodyId: at.bodies.b8, name: "Building 8a", kind: "building", escalatesToId: at.bodies.council }],
    ["body.end", { bodyId: at.bodies.b8 }],
    ["membership.begin", { bodyId: at.bodies.b8, name: "New", ...office }],
    ["membership.change", { membershipId, ...office }],
    ["membership.end", { membershipId }],
    ["invitation.issue", { membershipId, tokenHash: tokenHash(secretToken()) }],
  ];
  const hash = tokenHash(secretToken());
  const passwordHash = "$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$aGFzaA";
  const self = (actor: Actor) => ({ bodies: {}, people: { self: [actor.personId] } });
  const cases: Case[] = acts.map(([action, input]) => ({ state: "any", action, communityId: at.communityId, input, where: community, allowed: true }));
  // A secretary of elsewhere adds bodies and keeps procedures in their own community: there is nothing of ours in those commands.
  const [onTheirs, onOurs] = [cases.slice(0, 3), cases.slice(3)];
  const ours = who.actors.filter((actor) => actor.communityId === at.communityId);
  await attempt(onTheirs, ours);
  await attempt(onOurs);
  for (const actor of who.actors) {
    const own: Case[] = [
      { state: "own", action: "session.start", communityId: actor.communityId, input: { tokenHash: hash, device: "test" }, where: self(actor), allowed: true },
      {
        state: "own",
        action: "person.changePassword",
        communityId: actor.communityId,
        input: { passwordHash, current: hash },
        where: self(actor),
        allowed: true,
      },
      // Nobody is signed in anywhere here, so there is no session to end; that is found out before anything else.
      {
        state: "own",
        action: "session.revoke",
        communityId: actor.communityId,
        input: { session: "others", current: hash },
        where: self(actor),
        allowed: false,
      },
      {
        state: "own",
        action: "invitation.use",
        communityId: at.communityId,
        input: { invitationId, passwordHash, phone: null },
        where: self(guest),
        allowed: true,
      },
    ];
    await attempt(
      own.filter((c) => c.action !== "invitation.use" || actor.communityId === at.communityId),
      [actor],
    );
  }
};

/** Bodies with and without days to meet on, and calendars that run and are stopped. */
export const calendars: Area = async ({ on, at, who }, attempt) => {
  const monthly = { rule: "FREQ=MONTHLY;BYDAY=-1TH", startsOn: "2026-03-01", time: "19:00", minutes: 90, place: "Hall", onDayOff: "move" };
  const cases: Case[] = [];
  await done(on.perform, setBodyCadence, at.secretary, { bodyId: at.bodies.joint, cadence: monthly });
  for (const [state, body, ends] of [
    ["without days", "council", false],
    ["with days", "joint", true],
    ["that does not deliberate", "b7", false],
  ] as const) {
    const where = { bodies: { body: [at.bodies[body]], community: [at.bodies.community] }, people: {} };
    const on = { action: "body.setCadence" as const, communityId: at.communityId, where };
    cases.push({ ...on, state: `a body ${state}: set`, input: { bodyId: at.bodies[body], cadence: monthly }, allowed: body !== "b7" });
    cases.push({ ...on, state: `a body ${state}: end`, input: { bodyId: at.bodies[body], cadence: null }, allowed: ends });
  }
  const chair = who.by("chair@council");
  const open = async (actor: Actor) =>
    idOf(await done(on.perform, openCalendarFeed, actor, { bodyId: null, tokenHash: tokenHash(secretToken()) }), "feed.opened");
  const stopped = await open(chair);
  await done(on.perform, revokeCalendarFeed, chair, { feedId: stopped });
  for (const [state, feedId, allowed] of [
    ["running", await open(chair), true],
    ["stopped", stopped, false],
  ] as const)
    cases.push({
      state,
      action: "feed.revoke",
      communityId: at.communityId,
      input: { feedId },
      where: { bodies: {}, people: { self: [chair.personId] } },
      allowed,
    });
  const hash = tokenHash(secretToken());
  for (const [state, body] of [
    ["a council's", "council"],
    ["a building's", "b7"],
  ] as const)
    cases.push({
      state,
      action: "feed.open",
      communityId: at.communityId,
      input: { bodyId: at.bodies[body], tokenHash: hash },
      where: { bodies: {}, people: {} },
      allowed: body === "council",
    });
  await attempt(cases);
  // A feed of one's own meetings: there is nothing of anybody else's in that command.
  for (const actor of who.actors)
    await attempt(
      [
        {
          state: "one's own",
          action: "feed.open",
          communityId: actor.communityId,
          input: { bodyId: null, tokenHash: hash },
          where: { bodies: {}, people: {} },
          allowed: true,
        },
      ],
      [actor],
    );
};
