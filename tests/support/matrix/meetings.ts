import { cancelMeeting } from "../../../app/commands/meeting/cancel";
import { closeMeeting } from "../../../app/commands/meeting/close";
import { giveAHandout } from "../../../app/commands/meeting/handout";
import { takeSeat } from "../../../app/commands/meeting/seat";
import { castBallot } from "../../../app/commands/vote/cast";
import { closeTheVote } from "../../../app/commands/vote/close";
import { openTheVote } from "../../../app/commands/vote/open";
import { loadMeeting, tableCode } from "../../../app/data/meetings.server";
import type { Action, Actor } from "../../../app/domain/permission";
import { done, idOf, urgently } from "../house";
import { type Area, type Case, escalated, meetingWith, opened, soon } from "./stage";

/** Meetings that are called, in session, closed and cancelled; votes that run and are over. */
export const meetings: Area = async ({ on, at, who }, attempt) => {
  const { perform } = on;
  const chair = who.by("chair@council");
  const up = (what: string) => escalated({ on, at, who }, what);
  const free = await up("not on any agenda");
  const council = [at.bodies.council];
  const members = who.actors.filter((a) => a.posts.some((p) => p.bodyId === at.bodies.council)).map((a) => a.personId);
  const member = who.by("member@council");

  const paper = { name: "Survey.pdf", type: "application/pdf", bytes: 9, digest: "a".repeat(64) };
  const meetings: Record<string, { id: string; items: string[] }> = {};
  for (const state of ["called", "inSession", "closed", "cancelled"] as const) {
    const id = await meetingWith(on, at, who, [(await up(`${state} one`)).id, (await up(`${state} two`)).id]);
    await done(perform, giveAHandout, chair, { ...paper, meetingId: id, handoutId: "one" });
    if (state === "called") await done(perform, takeSeat, chair, { meetingId: id, personId: chair.personId, presence: "present" });
    if (state === "inSession" || state === "closed") await opened(on, who, id);
    if (state === "closed") await done(perform, closeMeeting, chair, { meetingId: id });
    if (state === "cancelled") await done(perform, cancelMeeting, chair, { meetingId: id, text: "no" });
    meetings[state] = { id, items: [] };
  }
  // What the closed one left open has gone on the agenda of the next.
  for (const meeting of Object.values(meetings)) meeting.items = (await loadMeeting(on.store.read, at.communityId, meeting.id))?.items.map((i) => i.id) ?? [];
  const cases: Case[] = [];
  const allows: Record<string, readonly string[]> = {
    called: ["giveHandout", "takeHandout", "move", "cancel", "addItem", "removeItem", "order", "reply", "seat", "open", "checkIn", "represent", "recuse"],
    inSession: [
      "giveHandout",
      "addItem",
      "seat",
      "close",
      "record",
      "checkIn",
      "represent",
      "recuse",
      "takeItem",
      "raiseHand",
      "lowerHand",
      "giveFloor",
      "endFloor",
      "vote",
    ],
    closed: [],
    cancelled: [],
  };
  for (const [state, { id, items }] of Object.entries(meetings)) {
    const inputs: Record<string, object> = {
      move: { ...soon, place: "Garden" },
      cancel: { text: "no" },
      addItem: { issue: free.id, urgency: urgently.urgency },
      removeItem: { itemId: items[0] },
      order: { order: [...items].reverse() },
      reply: { coming: "yes" },
      seat: { personId: chair.personId, presence: "absent" },
      open: {},
      close: {},
      checkIn: { code: await tableCode(on.store.read, at.communityId, id) },
      represent: { personId: member.personId, proxyTo: null },
      recuse: { itemId: items[0], personId: member.personId, reason: "my own garage" },
      giveHandout: { ...paper, handoutId: "two", digest: "b".repeat(64), itemId: items[0] },
      takeHandout: { handoutId: "one" },
      takeItem: { itemId: items[1] },
      raiseHand: {},
      lowerHand: {},
      giveFloor: { personId: chair.personId },
      endFloor: { personId: member.personId },
      vote: { itemId: items[0], question: "So?", method: "rollCall" },
      record: { itemId: items[0], text: "so", method: "consensus", outcome: "deferred" },
    };
    for (const [act, input] of Object.entries(inputs))
      cases.push({
        state,
        action: act === "record" ? "decision.record" : act === "vote" ? "vote.open" : (`meeting.${act}` as Action),
        communityId: at.communityId,
        input: { meetingId: id, ...input },
        where: { bodies: { body: council }, people: { invited: members, ...((act === "recuse" || act === "endFloor") && { self: [member.personId] }) } },
        allowed: (allows[state] ?? []).includes(act),
      });
  }
  // A vote that runs, and one that is over.
  const voted = await meetingWith(on, at, who, [(await up("voted on")).id]);
  await opened(on, who, voted);
  const votedItem = (await loadMeeting(on.store.read, at.communityId, voted))?.items[0]?.id;
  const question = { meetingId: voted, itemId: votedItem, question: "So?", method: "rollCall" };
  const over = idOf(await done(perform, openTheVote, chair, question), "vote.opened");
  await done(perform, castBallot, chair, { voteId: over, personId: chair.personId, choice: "for" });
  await done(perform, closeTheVote, chair, { voteId: over });
  const running = idOf(await done(perform, openTheVote, chair, { ...question, question: "Or so?" }), "vote.opened");
  await done(perform, castBallot, chair, { voteId: running, personId: chair.personId, choice: "for" });
  for (const [state, voteId] of [
    ["running", running],
    ["over", over],
  ] as const) {
    const near = { bodies: { body: council }, people: { invited: members } };
    // Somebody who writes the minutes puts down what the member says; others who are invited may only say their own.
    const writes = (actor: Actor) =>
      actor.personId === member.personId || actor.posts.some((p) => p.bodyId === council[0] && ["chair", "linkedLeader", "recorder"].includes(p.role));
    const ballot = { voteId, personId: member.personId, choice: "for" };
    cases.push({
      state,
      action: "vote.cast",
      communityId: at.communityId,
      input: ballot,
      where: near,
      allowed: (actor) => state === "running" && writes(actor),
    });
    cases.push({ state, action: "vote.close", communityId: at.communityId, input: { voteId }, where: near, allowed: state === "running" });
    cases.push({
      state,
      action: "vote.void",
      communityId: at.communityId,
      input: { voteId, ground: "question", reason: "wrong" },
      where: near,
      allowed: state === "running",
    });
  }
  cases.push({
    state: "nothing",
    action: "meeting.call",
    communityId: at.communityId,
    input: { bodyId: at.bodies.council, ...soon, place: "Hall", issues: [free.id] },
    where: { bodies: { body: council }, people: {} },
    allowed: true,
  });

  await attempt(cases);
};
