// Meetings in calendar programs: what they read is checked with an independent reader.
import type { LoaderFunctionArgs } from "@remix-run/node";
import fc from "fast-check";
import ICAL from "ical.js";
import { describe, expect, test } from "vitest";
import { type Entry, feedFile, invitationFile } from "../../app/calendar/file";
import { changeBody } from "../../app/commands/body/change";
import { setBodyCadence } from "../../app/commands/body/set-cadence";
import { openCalendarFeed } from "../../app/commands/feed/open";
import { revokeCalendarFeed } from "../../app/commands/feed/revoke";
import { escalateIssue } from "../../app/commands/issue/escalate";
import { raiseIssue } from "../../app/commands/issue/raise";
import { addAgendaItem } from "../../app/commands/meeting/add-item";
import { callMeeting } from "../../app/commands/meeting/call";
import { cancelMeeting } from "../../app/commands/meeting/cancel";
import { moveMeeting } from "../../app/commands/meeting/move";
import { endMembership } from "../../app/commands/membership/end";
import { loadBody, loadCommunity } from "../../app/data/organisation.server";
import type { Actor } from "../../app/domain/permission";
import { freshAddress, invitationAnswer } from "../../app/http/calendar.server";
import { loader } from "../../app/routes/calendar.$file";
import { comingOf, meetingEntry, noticeDays, plannedInCommunity, proposedTimes } from "../../app/views/calendar";
import { done, type House, house, idOf } from "../support/house";
import { type Bench, bench } from "../support/store";

const origin = "https://yishi.example.cn";
const reads = (file: string) => {
  const calendar = new ICAL.Component(ICAL.parse(file) as unknown[]);
  return {
    calendar,
    events: calendar.getAllSubcomponents("vevent").map((component) => {
      const event = new ICAL.Event(component);
      return {
        uid: event.uid,
        sequence: event.sequence,
        summary: event.summary,
        place: event.location,
        description: event.description,
        startsAt: event.startDate.toJSDate().toISOString(),
        endsAt: event.endDate.toJSDate().toISOString(),
        status: String(component.getFirstPropertyValue("status")),
        stamp: String(component.getFirstPropertyValue("dtstamp")),
        names: component.getAllProperties().map((p) => p.name),
        component,
      };
    }),
  };
};

type World = {
  on: Bench;
  at: House;
  chair: Actor;
  member: Actor;
  fetchFeed: (token: string, tag?: string) => Promise<Response>;
  docket: (what: string, visibility?: string) => Promise<string>;
};

async function world(): Promise<World> {
  const on = bench();
  const at = await house(on);
  const chair = await at.person("Chair", [[at.bodies.council, "chair", "branch"]]);
  const member = await at.person("Member of the council", [[at.bodies.council, "member", "owners"]]);
  const head = await at.person("Head of building 7", [[at.bodies.b7, "head", "owners"]]);
  const services = { env: { ORIGIN: origin }, store: on.store, now: () => on.clock.now };
  return {
    on,
    at,
    chair,
    member,
    fetchFeed: (token, tag) =>
      loader({
        request: new Request(`${origin}/calendar/${token}.ics`, { headers: tag ? { "If-None-Match": tag } : {} }),
        params: { file: `${token}.ics` },
        context: { services },
      } as unknown as LoaderFunctionArgs),
    async docket(what, visibility = "community") {
      const [raised] = await done(on.perform, raiseIssue, head, { bodyId: at.bodies.b7, what, place: "", category: "water", track: "hard", visibility });
      if (raised?.type !== "issue.raised") throw new Error("Not raised.");
      await done(on.perform, escalateIssue, head, { number: raised.number, to: at.bodies.council, text: "tried" });
      return raised.id;
    },
  };
}

const march = { startsAt: "2026-03-26T11:00:00.000Z", endsAt: "2026-03-26T12:30:00.000Z" };
const call = async ({ on, at, chair }: World, issues: readonly string[], over: object = {}) =>
  idOf(await done(on.perform, callMeeting, chair, { bodyId: at.bodies.council, ...march, place: "Hall", issues, ...over }), "meeting.called");
const viewerOf = async ({ on }: World, actor: Actor) => {
  const community = await loadCommunity(on.store.read, actor.communityId);
  if (!community) throw new Error("No community.");
  return { actor, community, now: on.clock.now };
};
const openFeed = async ({ on }: World, actor: Actor, bodyId: string | null) => {
  const fresh = freshAddress(origin);
  const id = idOf(await done(on.perform, openCalendarFeed, actor, { bodyId, tokenHash: fresh.tokenHash }), "feed.opened");
  return { id, token: /calendar\/(.+)\.ics$/.exec(fresh.address)?.[1] ?? "" };
};
const monthly = { rule: "FREQ=MONTHLY;BYDAY=-1TH", startsOn: "2026-03-01", time: "19:00", minutes: 90, place: "Hall", onDayOff: "move" };

describe("what meets next", () => {
  test("[CA5] called meetings and planned ones, three in order; a planned one is called when a meeting starts that day", async () => {
    const w = await world();
    await done(w.on.perform, setBodyCadence, w.at.secretary, { bodyId: w.at.bodies.council, cadence: monthly });
    const days = async () => (await comingOf(w.on.store.read, await viewerOf(w, w.member), { mine: true })).map((c) => `${c.kind} ${c.startsAt.slice(0, 10)}`);
    expect(await days()).toEqual(["planned 2026-03-26", "planned 2026-04-30", "planned 2026-05-28"]);
    // At another hour of the same day: that day is called.
    const meetingId = await call(w, [await w.docket("Lift")], { startsAt: "2026-03-26T02:00:00.000Z", endsAt: "2026-03-26T03:00:00.000Z" });
    expect(await days()).toEqual(["called 2026-03-26", "planned 2026-04-30", "planned 2026-05-28"]);
    // Moved to another day, or called off, it is still the meeting of that day: nobody is told that it was never called.
    await done(w.on.perform, moveMeeting, w.chair, { meetingId, startsAt: "2026-03-20T11:00:00.000Z", endsAt: "2026-03-20T12:00:00.000Z", place: "Hall" });
    expect(await days()).toEqual(["called 2026-03-20", "planned 2026-04-30", "planned 2026-05-28"]);
    await done(w.on.perform, cancelMeeting, w.chair, { meetingId, text: "no" });
    expect(await days()).toEqual(["planned 2026-04-30", "planned 2026-05-28", "planned 2026-06-25"]);
    expect(await plannedInCommunity(w.on.store.read, await viewerOf(w, w.member))).toHaveLength(3);
  });
  test("[CA5] only who may call is led to the form, and it has time and place", async () => {
    const w = await world();
    await done(w.on.perform, setBodyCadence, w.at.secretary, { bodyId: w.at.bodies.council, cadence: monthly });
    const of = { bodyId: w.at.bodies.council };
    const [forChair] = await comingOf(w.on.store.read, await viewerOf(w, w.chair), of);
    const [forMember] = await comingOf(w.on.store.read, await viewerOf(w, w.member), of);
    expect(forChair).toMatchObject({ kind: "planned", callHref: `/bodies/${w.at.bodies.council}/meeting?on=2026-03-26` });
    expect(forMember).toMatchObject({ kind: "planned", callHref: null });
    const proposed = await proposedTimes(w.on.store.read, await viewerOf(w, w.chair), w.at.bodies.council, "2026-04-30");
    expect(proposed).toEqual({ day: "2026-04-30", from: "19:00", until: "20:30", place: "Hall" });
  });
  test("[CA5] a planned one is offered for calling to its last day of notice, and not a day longer; the form opens on one there is time for", async () => {
    const w = await world();
    const bodyId = w.at.bodies.council;
    await done(w.on.perform, setBodyCadence, w.at.secretary, { bodyId, cadence: monthly });
    const at = async (now: string, actor = w.chair) => {
      w.on.clock.now = now;
      const viewer = await viewerOf(w, actor);
      const [next] = await comingOf(w.on.store.read, viewer, { bodyId });
      if (next?.kind !== "planned") throw new Error("Nothing is planned.");
      return { offered: next.callHref !== null, tooLate: next.tooLate, form: (await proposedTimes(w.on.store.read, viewer, bodyId, null))?.day };
    };
    // The regular meeting of the council takes three whole days: 26 March, by the end of the 23rd in Shanghai.
    expect(await at("2026-03-23T15:59:59.000Z")).toEqual({ offered: true, tooLate: null, form: "2026-03-26" });
    expect(await at("2026-03-23T16:00:00.000Z")).toEqual({ offered: false, tooLate: 3, form: "2026-04-30" });
    expect(await at("2026-03-23T16:00:00.000Z", w.member)).toMatchObject({ offered: false, tooLate: null });
    expect(await noticeDays(w.on.store.read, await viewerOf(w, w.chair), "council")).toBe(3);
    // What the page offers the command takes.
    const issues = [await w.docket("Lift")];
    w.on.clock.now = "2026-03-23T15:59:59.000Z";
    expect((await w.on.perform(callMeeting, w.chair, { bodyId, ...march, place: "Hall", issues })).ok).toBe(true);
  });
  test("[CA5] a cadence outlives a change of the body's name, and ends when it is ended", async () => {
    const w = await world();
    const bodyId = w.at.bodies.council;
    await done(w.on.perform, setBodyCadence, w.chair, { bodyId, cadence: monthly });
    await done(w.on.perform, changeBody, w.at.secretary, { bodyId, name: "Renamed", kind: "council", escalatesToId: w.at.bodies.joint });
    expect((await loadBody(w.on.store.read, w.at.communityId, bodyId))?.cadence).toMatchObject({ rule: monthly.rule, place: "Hall" });
    await done(w.on.perform, setBodyCadence, w.chair, { bodyId, cadence: null });
    expect(await comingOf(w.on.store.read, await viewerOf(w, w.chair), { bodyId })).toEqual([]);
  });
});

test("[ME20] a second meeting of the same body or in the same place at an overlapping time is asked about once; others are not", async () => {
  const w = await world();
  const bodyId = w.at.bodies.council;
  const meetingId = await call(w, [await w.docket("Lift stuck")]);
  const issues = [await w.docket("Drain")];
  const calling = (over: Record<string, string>, by = w.chair) =>
    w.on.perform(callMeeting, by, { bodyId, ...march, place: "Garden", issues, overlap: "", ...over }, { requestId: "pressed" });
  expect(await calling({})).toMatchObject({
    refusal: { code: "meeting.overlaps", field: "startsAt", params: { n: 1, from: "19:00", until: "20:30", place: "Hall", seen: meetingId } },
  });
  // To have meant it with another one is not to mean it with this; whoever may not call is not told of it.
  expect(await calling({ overlap: "other" })).toMatchObject({ refusal: { code: "meeting.overlaps" } });
  const resident = await w.at.person("Somebody", [[w.at.bodies.b8, "resident", "owners"]]);
  expect(await calling({}, resident)).toMatchObject({ refusal: { code: "forbidden" } });
  // Meant: the same press with what was shown; pressed twice it is answered as the first time.
  const meant = () => w.on.perform(callMeeting, w.chair, { bodyId, ...march, place: "Garden", issues, overlap: meetingId }, { requestId: "meant" });
  const second = await meant();
  expect([second, await meant()]).toMatchObject([
    { ok: true, value: { repeated: false } },
    { ok: true, value: { repeated: true } },
  ]);
  // Moved: not held against itself, nor against another day; against the other it is.
  const to = { meetingId, place: "Hall", overlap: "" };
  expect(await w.on.perform(moveMeeting, w.chair, { ...to, startsAt: "2026-04-26T11:00:00.000Z", endsAt: "2026-04-26T12:00:00.000Z" })).toMatchObject({
    ok: true,
  });
  expect(await w.on.perform(moveMeeting, w.chair, { ...to, ...march })).toMatchObject({
    refusal: { code: "meeting.overlaps", params: { place: "Garden" } },
  });
});
test("[ME20] two who press at once are not both let in unasked", async () => {
  const w = await world();
  const april = { startsAt: "2026-04-26T11:00:00.000Z", endsAt: "2026-04-26T12:00:00.000Z" };
  const issues = [[await w.docket("Drain")], [await w.docket("Bins")]];
  const press = (of: string[] | undefined) =>
    w.on.perform(callMeeting, w.chair, { bodyId: w.at.bodies.council, ...april, place: "Hall", issues: of, overlap: "" });
  const both = await Promise.all(issues.map(press));
  expect(both.map((o) => (o.ok ? "called" : o.refusal.code)).sort()).toEqual(["called", "meeting.overlaps"]);
});

describe("invitations", () => {
  const fetchInvitation = async (w: World, actor: Actor, meetingId: string) => {
    const entry = await meetingEntry(w.on.store.read, await viewerOf(w, actor), meetingId);
    if (!entry) throw new Error("No meeting.");
    const answer = invitationAnswer(entry, actor, "en", origin);
    const { calendar, events } = reads(await answer.text());
    if (!events[0]) throw new Error("No event.");
    return { answer, method: String(calendar.getFirstPropertyValue("method")), event: events[0] };
  };
  test("[CA6] a request, changed by every move under the same name and a higher number, and withdrawn in the end", async () => {
    const w = await world();
    const meetingId = await call(w, [await w.docket("Lift stuck")]);
    const first = await fetchInvitation(w, w.member, meetingId);
    expect(first.method).toBe("REQUEST");
    expect(first.answer.headers.get("Content-Type")).toBe("text/calendar; charset=utf-8; method=REQUEST");
    expect(first.event).toMatchObject({ uid: `meeting-${meetingId}@yishi`, sequence: 0, place: "Hall", status: "CONFIRMED", ...march });
    expect(first.event.description).toContain("1. Lift stuck");
    expect(first.event.description).toContain(`${origin}/meetings/${meetingId}`);
    w.on.clock.now = "2026-03-03T01:00:00.000Z";
    const later = { startsAt: "2026-03-27T11:00:00.000Z", endsAt: "2026-03-27T12:00:00.000Z" };
    await done(w.on.perform, moveMeeting, w.chair, { meetingId, ...later, place: "Garden" });
    const second = await fetchInvitation(w, w.member, meetingId);
    expect(second.event).toMatchObject({ uid: first.event.uid, sequence: 1, place: "Garden", ...later });
    // A new item changes the notice, not the time: the same number, a later stamp.
    w.on.clock.now = "2026-03-04T01:00:00.000Z";
    await done(w.on.perform, addAgendaItem, w.chair, { meetingId, issue: await w.docket("Drain") });
    const third = await fetchInvitation(w, w.member, meetingId);
    expect(third.event.sequence).toBe(1);
    expect(third.event.description).toContain("2. Drain");
    expect(third.event.stamp > second.event.stamp).toBe(true);
    await done(w.on.perform, cancelMeeting, w.chair, { meetingId, text: "Typhoon" });
    const last = await fetchInvitation(w, w.member, meetingId);
    expect(last.method).toBe("CANCEL");
    expect(last.event).toMatchObject({ uid: first.event.uid, sequence: 2, status: "CANCELLED" });
    expect(last.event.description).toContain("Typhoon");
  });
  test("[CA12] to somebody who is not invited it is published, called off or not, and asks them nothing", async () => {
    const w = await world();
    const meetingId = await call(w, [await w.docket("Lift stuck")]);
    const outsider = await w.at.person("Somebody of building 8", [[w.at.bodies.b8, "resident", "owners"]]);
    const shown = async () => {
      const { answer, method, event } = await fetchInvitation(w, outsider, meetingId);
      expect(answer.headers.get("Content-Type")).toContain("method=PUBLISH");
      return { method, attendees: event.component.getAllProperties("attendee").length, status: event.component.getFirstPropertyValue("status") };
    };
    expect(await shown()).toEqual({ method: "PUBLISH", attendees: 0, status: "CONFIRMED" });
    expect((await fetchInvitation(w, w.member, meetingId)).event.component.getAllProperties("attendee")).toHaveLength(1);
    await done(w.on.perform, cancelMeeting, w.chair, { meetingId, text: "Typhoon" });
    expect(await shown()).toEqual({ method: "PUBLISH", attendees: 0, status: "CANCELLED" });
  });
  test("[CA7] an item somebody may not see has no title in their file, and nobody else's name is in it", async () => {
    const w = await world();
    const meetingId = await call(w, [await w.docket("Quarrel on the third floor", "handlers")]);
    const outsider = await w.at.person("Somebody of building 8", [[w.at.bodies.b8, "resident", "owners"]]);
    const theirs = await fetchInvitation(w, outsider, meetingId);
    const file = theirs.event.component.toString();
    expect(theirs.event.description).not.toContain("Quarrel");
    expect(theirs.event.description).toContain("1. Only those who handle this item may see it");
    expect(file).not.toMatch(/Chair|Member of the council|Head of building/);
    expect(theirs.event.component.getAllProperties("attendee")).toEqual([]);
    expect((await fetchInvitation(w, w.chair, meetingId)).event.description).toContain("Quarrel");
  });
});

describe("feeds", () => {
  test("[CA8] a person's meetings and a body's, planned ones as tentative until they are called", async () => {
    const w = await world();
    await done(w.on.perform, setBodyCadence, w.chair, { bodyId: w.at.bodies.council, cadence: monthly });
    const [mine, ofBody] = [await openFeed(w, w.member, null), await openFeed(w, w.member, w.at.bodies.council)];
    expect(mine.token).toMatch(/^[\w-]{27}$/);
    const events = async (token: string) => reads(await (await w.fetchFeed(token)).text()).events;
    expect(await events(mine.token)).toEqual([]);
    const planned = await events(ofBody.token);
    expect(planned).toHaveLength(12);
    expect(planned[0]).toMatchObject({ uid: `planned-${w.at.bodies.council}-2026-03-26@yishi`, status: "TENTATIVE", startsAt: march.startsAt });
    const meetingId = await call(w, [await w.docket("Lift")]);
    expect((await events(mine.token)).map((e) => e.uid)).toEqual([`meeting-${meetingId}@yishi`]);
    const after = await events(ofBody.token);
    expect(after.filter((e) => e.startsAt === march.startsAt).map((e) => e.uid)).toEqual([`meeting-${meetingId}@yishi`]);
    expect(after.find((e) => e.uid === planned[1]?.uid)).toBeDefined();
    const file = await (await w.fetchFeed(ofBody.token)).text();
    expect(file).not.toMatch(/ATTENDEE|ORGANIZER|Chair/);
  });
  test("[CA8] the answer's headers, and 304 for a program that has it already", async () => {
    const w = await world();
    await call(w, [await w.docket("Lift")]);
    const { token } = await openFeed(w, w.member, null);
    const answer = await w.fetchFeed(token);
    expect(answer.headers.get("Content-Type")).toBe("text/calendar; charset=utf-8");
    expect(answer.headers.get("Cache-Control")).toBe("private, no-cache");
    expect(answer.headers.get("X-Content-Type-Options")).toBe("nosniff");
    expect(answer.headers.get("Set-Cookie")).toBeNull();
    const tag = answer.headers.get("ETag") ?? "";
    w.on.clock.now = "2026-03-05T01:00:00.000Z";
    expect((await w.fetchFeed(token, tag)).status).toBe(304);
    expect((await w.fetchFeed(token, `"other", W/${tag}`)).status).toBe(304);
    expect((await w.fetchFeed(token, '"other"')).status).toBe(200);
  });
  test("[CA9] an address that was revoked, replaced, guessed or outlived its person's offices is not there", async () => {
    const w = await world();
    const first = await openFeed(w, w.member, null);
    const other = await openFeed(w, w.chair, null);
    const second = await openFeed(w, w.member, null);
    const status = async (token: string) => (await w.fetchFeed(token)).status;
    expect(await status(first.token)).toBe(404);
    expect(await status(second.token)).toBe(200);
    for (const token of ["", "x", "a".repeat(27), `${second.token}x`, second.id, `../${second.token}`, "%00"]) expect(await status(token)).toBe(404);
    const foreign = await w.on.perform(revokeCalendarFeed, w.chair, { feedId: second.id });
    expect(!foreign.ok && foreign.refusal.code).toBe("forbidden");
    await done(w.on.perform, revokeCalendarFeed, w.member, { feedId: second.id });
    expect(await status(second.token)).toBe(404);
    // What is stored opens nothing, and the log does not know the token.
    const rows = JSON.stringify([
      await w.on.store.read.selectFrom("Feed").selectAll().execute(),
      await w.on.store.read.selectFrom("AuditEvent").select("data").execute(),
    ]);
    expect(rows).not.toContain(other.token);
    expect(rows).not.toContain(second.token);
    const ofBody = await openFeed(w, w.chair, w.at.bodies.council);
    expect(await status(ofBody.token)).toBe(200);
    await done(w.on.perform, endMembership, w.at.secretary, { membershipId: w.chair.posts[0]?.membershipId });
    expect(await status(other.token)).toBe(404);
    expect(await status(ofBody.token)).toBe(404);
  });
});

describe("files", () => {
  const entry: Entry = {
    uid: "meeting-1@yishi",
    sequence: 0,
    stamp: "2026-03-01T00:00:00.000Z",
    ...march,
    summary: "第3次会",
    place: "三楼",
    description: "议程：",
    url: `${origin}/meetings/1`,
    status: "confirmed",
  };
  const guest = { id: "p", name: "我", reply: "none" } as const;
  const doctored = fc.oneof(
    fc.string({ unit: "binary", maxLength: 60 }),
    fc
      .array(
        fc.constantFrom(
          "\r\n",
          "\n",
          "\r",
          "\u2028",
          "\\",
          ";",
          ",",
          ":",
          '"',
          "\\n",
          "\u0000",
          "ATTENDEE:mailto:x@y.z",
          "END:VEVENT",
          "BEGIN:VALARM",
          "宝源",
          "🚰",
        ),
        { maxLength: 12 },
      )
      .map((list) => list.join("")),
  );
  const known = ["uid", "sequence", "dtstamp", "dtstart", "dtend", "summary", "location", "description", "url", "status", "last-modified"];
  test("[CA10] no place, title or name adds a property, whatever is in it; what can be said comes back", () => {
    fc.assert(
      fc.property(doctored, doctored, doctored, (place, summary, name) => {
        const wild = { ...entry, place, summary, description: `${summary}\n${place}` };
        for (const file of [feedFile(name, [wild]), invitationFile(wild, { id: "b", name }, { ...guest, name })]) {
          const { calendar, events } = reads(file);
          expect(calendar.getAllSubcomponents()).toHaveLength(1);
          expect(
            calendar
              .getAllProperties()
              .every((p) => ["version", "prodid", "method", "name", "x-wr-calname", "refresh-interval", "x-published-ttl"].includes(p.name)),
          ).toBe(true);
          expect(events[0]?.component.getAllSubcomponents()).toEqual([]);
          expect(events[0]?.names.filter((n) => !known.includes(n)).sort()).toEqual(file.includes("METHOD:PUBLISH") ? [] : ["attendee", "organizer"]);
          // A quote has no place inside quotes (RFC 5545, 3.2), even one that this reader forgives.
          if (file.includes("ORGANIZER")) expect(file.replaceAll("\r\n ", "")).toMatch(/^ORGANIZER;CN="[^"\r\n]*":mailto:/m);
          const clean = (text: string) => text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, " ").trim();
          expect(events[0]?.place ?? "").toBe(clean(place));
        }
      }),
      { numRuns: 400, seed: 5550 },
    );
  });
  test("[CA10] lines are folded at 75 octets, never inside a character", () => {
    const long = "二次供水改造🚰".repeat(40);
    for (const file of [
      feedFile(long, [{ ...entry, summary: long, description: `${long}\n${long}` }]),
      invitationFile(entry, { id: "b", name: long }, guest),
    ]) {
      for (const line of file.split("\r\n")) {
        expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
        expect(line.isWellFormed()).toBe(true);
      }
      expect(file).not.toMatch(/\r(?!\n)|(?<!\r)\n/);
    }
    expect(reads(feedFile("x", [{ ...entry, summary: long }])).events[0]?.summary).toBe(long);
  });
});
