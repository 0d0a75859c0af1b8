import { expect, test } from "vitest";
import type { Recorded } from "../../app/data/audit.server";
import type { DomainEvent } from "../../app/domain/event";
import { followEvent } from "../../realtime/follow";

type Who = { room: string; personId: string; session: string };
const people: Who[] = [
  { room: "minutes:c:m1", personId: "p", session: "s1" },
  { room: "minutes:c:m2", personId: "p", session: "s2" },
  { room: "minutes:c:m1", personId: "q", session: "s3" },
  { room: "minutes:other:m1", personId: "p", session: "s4" },
];

/** Who is asked again, and which rooms look again, after one event of community c. */
async function after(event: DomainEvent): Promise<{ asked: string[]; rooms: string[] }> {
  const asked: string[] = [];
  const rooms: string[] = [];
  const recorded: Recorded = { seq: 1, communityId: "c", actorId: "a", at: "2026-03-02T01:00:00.000Z", version: 1, event };
  await followEvent(recorded, {
    async recheck(of = () => true) {
      asked.push(...people.filter(of).map((p) => p.session));
    },
    async refresh(of) {
      rooms.push(...[...new Set(people.map((p) => p.room))].filter(of));
    },
  });
  return { asked, rooms };
}

test("[LI3] an office that ends asks its holder's sockets again, in every room of that community", async () => {
  expect(await after({ type: "membership.ended", id: "m", bodyId: "b", personId: "p" })).toEqual({ asked: ["s1", "s2"], rooms: [] });
});
test("[LI3] a session that ends asks its own sockets only", async () => {
  expect((await after({ type: "session.revoked", id: "s2", personId: "p" })).asked).toEqual(["s2"]);
  expect((await after({ type: "session.started", id: "s2", personId: "p" })).asked).toEqual([]);
});
test("[LI3] a closed meeting asks everybody in its room", async () => {
  expect((await after({ type: "meeting.closed", id: "m1", bodyId: "b", unfinished: [] })).asked).toEqual(["s1", "s3"]);
});
test("[LI3] an item that comes up in the meeting asks everybody in its room again, before its section is there", async () => {
  const item = { id: "i", issueId: "x", minutes: 5, carried: 0 };
  expect(await after({ type: "meeting.itemAdded", id: "m1", bodyId: "b", item })).toEqual({ asked: ["s1", "s3"], rooms: ["minutes:c:m1"] });
});
test("[LI5] a decision refreshes its meeting's room; a task's later life those of its community", async () => {
  const facts = { meetingId: "m1", itemId: "i", issueId: "x", bodyId: "b" };
  expect(
    (
      await after({
        type: "decision.recorded",
        id: "d",
        method: "consensus",
        outcome: "adopted",
        counts: {},
        voteId: null,
        ratifyBy: null,
        words: { text: "" },
        ...facts,
      })
    ).rooms,
  ).toEqual(["minutes:c:m1"]);
  expect((await after({ type: "task.accepted", id: "t", decisionId: "d", issueId: "x" })).rooms).toEqual(["minutes:c:m1", "minutes:c:m2"]);
});
test("[BL1] a vote refreshes its meeting's room when it is closed or called off, not with every ballot", async () => {
  const facts = { id: "v", meetingId: "m1", itemId: "i", issueId: "x", bodyId: "b" };
  expect((await after({ type: "vote.closed", counts: {}, whole: 3, carried: true, counted: [], ...facts })).rooms).toEqual(["minutes:c:m1"]);
  expect((await after({ type: "vote.voided", words: { reason: "" }, ...facts })).rooms).toEqual(["minutes:c:m1"]);
  expect((await after({ type: "vote.cast", personId: "p", choice: "for", ...facts })).rooms).toEqual([]);
});
test("[BL2] who comes or leaves refreshes the meeting's room", async () => {
  const on = { id: "m1", bodyId: "b" };
  expect((await after({ type: "meeting.checkedIn", ...on })).rooms).toEqual(["minutes:c:m1"]);
  expect((await after({ type: "meeting.seated", personId: "p", presence: "left", guest: null, ...on })).rooms).toEqual(["minutes:c:m1"]);
});
