// A meeting in session with its minutes being written, on a real store and a real live server.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import pino from "pino";
import { onTestFinished } from "vitest";
import * as Y from "yjs";
import { minutesField, roomOf } from "../../app/collab/room";
import { escalateIssue } from "../../app/commands/issue/escalate";
import { raiseIssue } from "../../app/commands/issue/raise";
import { callMeeting } from "../../app/commands/meeting/call";
import { openMeeting } from "../../app/commands/meeting/open";
import { takeSeat } from "../../app/commands/meeting/seat";
import { makePerform, randomId } from "../../app/commands/perform.server";
import { loadMeeting } from "../../app/data/meetings.server";
import { minutesOf } from "../../app/data/papers.server";
import { openStore } from "../../app/data/store.server";
import type { Actor } from "../../app/domain/permission";
import { readEnv } from "../../app/http/env.server";
import { serveLive } from "../../live";
import { signingIn } from "./cookie";
import { done, house, idOf, urgently } from "./house";
import { client } from "./live";
import { folder, migrations } from "./store";

export const origin = "https://yishi.example";

/** A meeting in session; `served` is its live server, which a test may stop and start again with `serve`. */
export async function sitting(dir = folder()) {
  const store = openStore(dir, migrations);
  /** Milliseconds by which the house's clock is ahead of the machine's. */
  const clock = { ahead: 0 };
  const now = () => new Date(Date.now() + clock.ahead).toISOString();
  const perform = makePerform(store, now, randomId);
  const at = await house({ store, perform, clock: { now: now() } });
  const chair = await at.person("Chair Wang", [[at.bodies.council, "chair", "branch"]]);
  const recorder = await at.person("Recorder Li", [[at.bodies.council, "recorder", "residents"]]);
  const member = await at.person("Member Zhao", [[at.bodies.council, "member", "property"]]);
  const head = await at.person("Head", [[at.bodies.b7, "head", "owners"]]);
  const up = async (what: string) => {
    const raised = await done(perform, raiseIssue, head, { bodyId: at.bodies.b7, what, place: "", category: "water", track: "hard", visibility: "community" });
    const [event] = raised;
    if (event?.type !== "issue.raised") throw new Error("not raised");
    await done(perform, escalateIssue, head, { number: event.number, to: at.bodies.council, text: "tried" });
    return event.id;
  };
  const issues = [await up("No water upstairs"), await up("Cars in the fire lane")];
  const soon = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
  const called = { bodyId: at.bodies.council, startsAt: soon(1), endsAt: soon(2), place: "Hall", issues, ...urgently };
  // The usual procedure wants its notice; what cannot wait goes by the urgent one, where everybody present signs.
  const meetingId = idOf(await done(perform, callMeeting, chair, called), "meeting.called");
  for (const { personId } of [chair, recorder, member]) await done(perform, takeSeat, chair, { meetingId, personId, presence: "present" });
  await done(perform, openMeeting, chair, { meetingId });
  const env = readEnv({ DATA_DIR: dir, ORIGIN: origin, LOG_LEVEL: "silent", NODE_ENV: "test" });
  const errors: unknown[] = [];
  const logger = pino({ level: "error" }, { write: (line: string) => void errors.push(line) });
  const serve = async () => {
    const server = createServer();
    const live = serveLive(server, { env, store, now, perform, logger });
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
    const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/collab`;
    return { live, url, stop: () => live.close().then(() => server.close()) };
  };
  const served = await serve();
  onTestFinished(async () => {
    await served.stop();
    await store.close();
  });
  const room = roomOf({ communityId: at.communityId, meetingId });
  const cookieOf = signingIn(perform);
  const writer = async (actor: Actor, url = served.url) => client(url, room, { cookie: await cookieOf(actor), origin });
  const minutes = () => minutesOf(store.read, at.communityId, meetingId);
  const items = (await loadMeeting(store.read, at.communityId, meetingId))?.items ?? [];
  return { dir, store, perform, clock, now, at, chair, recorder, member, head, meetingId, items, room, ...served, serve, writer, cookieOf, minutes, errors };
}
export type Sitting = Awaited<ReturnType<typeof sitting>>;

/** Write a line into the section of an item, as the editor does. */
export function say(doc: Y.Doc, itemId: string, text: string): void {
  const root = doc.getXmlFragment(minutesField);
  const section = root.toArray().find((s): s is Y.XmlElement => s instanceof Y.XmlElement && s.getAttribute("itemId") === itemId);
  if (!section) throw new Error("There is no such section.");
  const line = new Y.XmlElement("paragraph");
  line.insert(0, [new Y.XmlText(text)]);
  section.insert(0, [line]);
}
