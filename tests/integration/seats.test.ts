// Who sits in a meeting: whoever's office ends has no vote in it any more; a guest sees what they may of its minutes.
import type { LoaderFunctionArgs } from "@remix-run/node";
import { expect, test } from "vitest";
import { closeCodes } from "../../app/collab/close-codes";
import { escalateIssue } from "../../app/commands/issue/escalate";
import { raiseIssue } from "../../app/commands/issue/raise";
import { addAgendaItem } from "../../app/commands/meeting/add-item";
import { callMeeting } from "../../app/commands/meeting/call";
import { openMeeting } from "../../app/commands/meeting/open";
import { representInMeeting } from "../../app/commands/meeting/represent";
import { takeSeat } from "../../app/commands/meeting/seat";
import { beginMembership } from "../../app/commands/membership/begin";
import { changeMembership } from "../../app/commands/membership/change";
import { endMembership } from "../../app/commands/membership/end";
import { castBallot } from "../../app/commands/vote/cast";
import { closeTheVote } from "../../app/commands/vote/close";
import { openTheVote } from "../../app/commands/vote/open";
import { loadMeeting, loadVote } from "../../app/data/meetings.server";
import { loadCommunity } from "../../app/data/organisation.server";
import type { Actor } from "../../app/domain/permission";
import { quorumOf } from "../../app/domain/seats";
import { readEnv } from "../../app/http/env.server";
import { loader } from "../../app/routes/meetings.$id.minutes";
import { minutesAccess } from "../../app/views/minutes";
import { done, house, idOf } from "../support/house";
import { synced, until } from "../support/live";
import { bothWays } from "../support/rebuild";
import { origin, type Sitting, say, sitting } from "../support/sitting";
import { bench } from "../support/store";

const seatOf = async (s: Sitting, actor: Actor) =>
  (await loadMeeting(s.store.read, s.at.communityId, s.meetingId))?.seats.find((x) => x.personId === actor.personId);
const officeOf = (actor: Actor) => ({ membershipId: actor.posts[0]?.membershipId ?? "" });

test("[BO5] whoever's office ends while the meeting sits has no vote in it from then on, and their ballot does not count", async () => {
  const s = await sitting();
  const vote = { meetingId: s.meetingId, itemId: s.items[0]?.id, question: "So?", method: "rollCall" };
  const voteId = idOf(await done(s.perform, openTheVote, s.chair, vote), "vote.opened");
  await done(s.perform, castBallot, s.member, { voteId, personId: s.member.personId, choice: "against" });
  await done(s.perform, castBallot, s.chair, { voteId, personId: s.chair.personId, choice: "for" });
  const events = await done(s.perform, endMembership, s.at.secretary, officeOf(s.member));
  expect(events.map((e) => e.type)).toEqual(["membership.ended", "meeting.voteEnded"]);
  expect(await seatOf(s, s.member)).toMatchObject({ votes: false, presence: "present" });
  const meeting = await loadMeeting(s.store.read, s.at.communityId, s.meetingId);
  if (!meeting) throw new Error("No meeting.");
  expect(quorumOf(meeting.seats, meeting.quorum, meeting.terms)).toMatchObject({ due: 2, present: 2 });
  const again = await s.perform(castBallot, s.member, { voteId, personId: s.member.personId, choice: "for" });
  expect(again.ok ? "cast" : again.refusal.code).toBe("vote.noVote");
  await done(s.perform, closeTheVote, s.chair, { voteId });
  expect((await loadVote(s.store.read, s.at.communityId, voteId))?.ballots).toMatchObject([
    // It stays on the record, and does not count.
    { personId: s.member.personId, choice: "against", uncounted: true },
    { personId: s.chair.personId, choice: "for" },
  ]);
  const { fromLog, fromTables } = await bothWays(s.store);
  expect(fromLog).toEqual(fromTables);
});

test("[BO5] an office that becomes one without a vote gives none; one that ends beside another with a vote takes none", async () => {
  const s = await sitting();
  const office = { party: "property", startsOn: "2026-01-01", endsOn: null };
  const second = { bodyId: s.at.bodies.council, personId: s.member.personId, role: "head", ...office };
  const other = idOf(await done(s.perform, beginMembership, s.at.secretary, second), "membership.begun");
  await done(s.perform, endMembership, s.at.secretary, officeOf(s.member));
  expect(await seatOf(s, s.member)).toMatchObject({ votes: true });
  const changed = (over: object) => done(s.perform, changeMembership, s.at.secretary, { membershipId: other, role: "head", ...office, ...over });
  expect((await changed({ party: "owners" })).map((e) => e.type)).toEqual(["membership.changed"]);
  expect((await changed({ role: "observer" })).map((e) => e.type)).toEqual(["membership.changed", "meeting.voteEnded"]);
  expect(await seatOf(s, s.member)).toMatchObject({ votes: false });
  expect(await seatOf(s, s.chair)).toMatchObject({ votes: true });
});

test("[BO5] a term that is over on the day a meeting opens gives no vote in it; on its last day it does", async () => {
  for (const [endsOn, votes] of [
    ["2026-03-12", true],
    ["2026-03-11", false],
  ] as const) {
    const on = bench();
    const at = await house(on);
    const council = at.bodies.council;
    const chair = await at.person("Chair", [[council, "chair", "branch"]]);
    const head = await at.person("Head", [[at.bodies.b7, "head", "owners"]]);
    const member = await at.person("Member", [[council, "member", "owners"]]);
    const stays = await at.person("Other member", [[council, "member", "owners"]]);
    await done(on.perform, changeMembership, at.secretary, { ...officeOf(member), role: "member", party: "owners", startsOn: "2026-03-01", endsOn });
    const [raised] = await done(on.perform, raiseIssue, head, {
      bodyId: at.bodies.b7,
      what: "Water",
      place: "",
      category: "water",
      track: "hard",
      visibility: "community",
    });
    if (raised?.type !== "issue.raised") throw new Error("Not raised.");
    await done(on.perform, escalateIssue, head, { number: raised.number, to: council, text: "tried" });
    const times = { startsAt: "2026-03-12T11:00:00.000Z", endsAt: "2026-03-12T12:00:00.000Z", place: "Hall" };
    const call = { bodyId: council, ...times, issues: [raised.id], procedure: "fourParties/meeting" };
    const meetingId = idOf(await done(on.perform, callMeeting, chair, call), "meeting.called");
    await done(on.perform, takeSeat, chair, { meetingId, personId: member.personId, presence: "present" });
    await done(on.perform, representInMeeting, chair, { meetingId, personId: stays.personId, proxyTo: member.personId });
    on.clock.now = times.startsAt;
    await done(on.perform, openMeeting, chair, { meetingId });
    const meeting = await loadMeeting(on.store.read, at.communityId, meetingId);
    const seat = (actor: Actor) => meeting?.seats.find((x) => x.personId === actor.personId);
    expect([seat(member)?.votes, seat(stays)?.proxyTo]).toEqual(votes ? [true, member.personId] : [false, null]);
    expect(seat(stays)?.votes).toBe(true);
    const { fromLog, fromTables } = await bothWays(on.store);
    expect(fromLog).toEqual(fromTables);
  }
});

test("[LI8] a guest who may not see every item gets nothing of the live document, and is shown out when such an item comes up", async () => {
  const s = await sitting();
  const guest = await s.at.person("Guest Sun", [[s.at.bodies.water, "staff", "department"]]);
  const community = await loadCommunity(s.store.read, s.at.communityId);
  if (!community) throw new Error("No community.");
  const access = (actor: Actor) => minutesAccess(s.store.read, { actor, community, now: new Date().toISOString() }, s.meetingId);
  expect(await access(guest)).toBeNull();
  await done(s.perform, takeSeat, s.chair, { meetingId: s.meetingId, personId: guest.personId, presence: "present" });
  expect([await access(guest), await access(s.member)]).toEqual(["read", "write"]);
  const [theirs, own] = [await s.writer(guest), await s.writer(s.recorder)];
  await Promise.all([synced(theirs), synced(own)]);
  // An item that only those who handle it may see comes up in the meeting.
  const [raised] = await done(s.perform, raiseIssue, s.head, {
    bodyId: s.at.bodies.b7,
    what: "A quarrel in 7-301",
    place: "",
    category: "other",
    track: "hard",
    visibility: "handlers",
  });
  if (raised?.type !== "issue.raised") throw new Error("Not raised.");
  await done(s.perform, escalateIssue, s.head, { number: raised.number, to: s.at.bodies.council, text: "tried" });
  await done(s.perform, addAgendaItem, s.chair, { meetingId: s.meetingId, issue: raised.id, minutes: 5 });
  expect(await theirs.closed).toBe(closeCodes.notYours);
  expect([await access(guest), await access(s.member)]).toEqual(["parts", "write"]);
  const itemId = (await loadMeeting(s.store.read, s.at.communityId, s.meetingId))?.items.at(-1)?.id ?? "";
  await until(() => own.doc.getXmlFragment("minutes").length === 3, "the writers have the section");
  say(own.doc, itemId, "The neighbours of 7-301.");
  // Whoever comes now is not let in at all.
  const late = await s.writer(guest);
  expect(await late.closed).toBe(closeCodes.notYours);
  for (const page of [theirs, late]) expect(page.doc.getXmlFragment("minutes").toString()).not.toContain("7-301");
  await s.live.settle(s.room);
  const opens = async (actor: Actor) => {
    const env = readEnv({ DATA_DIR: s.dir, ORIGIN: origin, LOG_LEVEL: "silent", NODE_ENV: "test" });
    const services = { env, store: s.store, now: () => new Date().toISOString(), liveState: (room: string) => s.live.stateOf(room) };
    const request = new Request(`${origin}/meetings/${s.meetingId}/minutes`, { headers: { cookie: await s.cookieOf(actor) } });
    return loader({ request, params: { id: s.meetingId }, context: { services } } as unknown as LoaderFunctionArgs);
  };
  const [forGuest, forWriter] = [await opens(guest), await opens(s.recorder)];
  expect(forGuest).toMatchObject({ live: false, follows: true, canWrite: false });
  expect([forGuest.sections.length, JSON.stringify(forGuest.sections).includes("7-301")]).toEqual([2, false]);
  expect(forWriter).toMatchObject({ live: true, follows: false, canWrite: true });
  expect([forWriter.sections.length, JSON.stringify(forWriter.sections).includes("7-301")]).toEqual([3, true]);
});
