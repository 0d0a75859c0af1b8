// The live-document server in a process of its own: for anybody's documents, and beside the product's web server.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { closeCodes } from "../../app/collab/close-codes";
import { roomOf } from "../../app/collab/room";
import { escalateIssue } from "../../app/commands/issue/escalate";
import { raiseIssue } from "../../app/commands/issue/raise";
import { callMeeting } from "../../app/commands/meeting/call";
import { closeMeeting } from "../../app/commands/meeting/close";
import { openMeeting } from "../../app/commands/meeting/open";
import { takeSeat } from "../../app/commands/meeting/seat";
import { endMembership } from "../../app/commands/membership/end";
import { makePerform, randomId } from "../../app/commands/perform.server";
import { openStore } from "../../app/data/store.server";
import { liveElsewhere } from "../../realtime/elsewhere";
import { signingIn } from "../support/cookie";
import { done, house, idOf, urgently } from "../support/house";
import { client, synced, until } from "../support/live";
import { folder, migrations } from "../support/store";

const root = join(import.meta.dirname, "../..");

async function alone(args: readonly string[], env: Record<string, string> = {}): Promise<{ child: ChildProcess; url: string; said: () => string }> {
  const child = spawn(process.execPath, [join(root, "scripts/realtime.mjs"), ...args], {
    cwd: root,
    env: { ...process.env, NODE_ENV: "production", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk) => {
      out += String(chunk);
    });
  onTestFinished(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill("SIGTERM");
    await gone;
  });
  const end = performance.now() + 60_000;
  for (;;) {
    const port = /Live documents at ws:\/\/127\.0\.0\.1:(\d+)/.exec(out)?.[1];
    if (port) return { child, url: `ws://127.0.0.1:${port}`, said: () => out };
    if (child.exitCode !== null || performance.now() > end) throw new Error(`It does not start: ${out}`);
    await new Promise((next) => setTimeout(next, 20));
  }
}

describe("for anybody", () => {
  test("[RT-ALO-1] any room name on loopback; nothing is lost over a kill; a second server on the folder is refused", async () => {
    const dir = folder();
    const first = await alone(["--port", "0", "--data", dir, "--anonymous"]);
    const a = client(first.url, "any/room%20name");
    await synced(a);
    a.write("kept");
    await until(() => a.saved() > 1, "it is saved");
    await expect(alone(["--port", "0", "--data", dir, "--anonymous"])).rejects.toThrow(/Another process serves/);
    const gone = once(first.child, "exit");
    first.child.kill("SIGKILL");
    await gone;
    a.provider.destroy();
    const second = await alone(["--port", "0", "--data", dir, "--anonymous"]);
    const b = client(second.url, "any/room%20name");
    await until(() => b.read() === "kept", "it is still there");
    const metrics = await (await fetch(`${second.url.replace("ws", "http")}/metrics`)).text();
    expect(metrics).toContain("yishi_live_rooms 1");
    expect((await fetch(`${second.url.replace("ws", "http")}/health`)).status).toBe(200);
  });
  test("[RT-ALO-1] a wrong option is one sentence", async () => {
    await expect(alone(["--port", "many", "--data", folder(), "--anonymous"])).rejects.toThrow(/--port is a whole number/);
    await expect(alone(["--anonymous"])).rejects.toThrow(/--data is missing/);
  });
});

test("[RT-ALO-2] beside the web server it knows rooms, rights and records, and follows what the other process writes", async () => {
  const dir = folder();
  const store = openStore(dir, migrations);
  onTestFinished(() => store.close());
  const clock = { now: new Date().toISOString() };
  const perform = makePerform(store, () => new Date().toISOString(), randomId);
  const at = await house({ store, perform, clock });
  const chair = await at.person("Chair", [[at.bodies.council, "chair", "branch"]]);
  const member = await at.person("Member", [[at.bodies.council, "recorder", "residents"]]);
  const head = await at.person("Head", [[at.bodies.b7, "head", "owners"]]);
  const raised = await done(perform, raiseIssue, head, {
    bodyId: at.bodies.b7,
    what: "No water",
    place: "",
    category: "water",
    track: "hard",
    visibility: "community",
  });
  const issue = idOf(raised, "issue.raised");
  const number = raised[0]?.type === "issue.raised" ? raised[0].number : "";
  await done(perform, escalateIssue, head, { number, to: at.bodies.council, text: "tried" });
  const soon = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
  const meetingId = idOf(
    await done(perform, callMeeting, chair, {
      bodyId: at.bodies.council,
      startsAt: soon(1),
      endsAt: soon(2),
      place: "Hall",
      issues: [issue],
      ...urgently,
    }),
    "meeting.called",
  );
  await done(perform, takeSeat, chair, { meetingId, personId: chair.personId, presence: "present" });
  await done(perform, openMeeting, chair, { meetingId });
  const cookieOf = signingIn(perform);
  await expect(alone(["--port", "0"], { DATA_DIR: dir })).rejects.toThrow(/ORIGIN is missing/);
  const { url } = await alone(["--port", "0"], { DATA_DIR: dir, ORIGIN: "https://yishi.example", LOG_LEVEL: "error" });
  const collab = `${url}/collab`;
  const room = roomOf({ communityId: at.communityId, meetingId });
  const origin = "https://yishi.example";
  const [first, second] = [client(collab, room, { cookie: await cookieOf(chair), origin }), client(collab, room, { cookie: await cookieOf(member), origin })];
  await Promise.all([synced(first), synced(second)]);
  expect(await client(collab, room, { origin }).closed).toBe(closeCodes.signedOut);
  const posts = await store.read.selectFrom("Membership").select(["id", "version"]).where("personId", "=", member.personId).execute();
  const ended = performance.now();
  await done(perform, endMembership, at.secretary, { membershipId: posts[0]?.id });
  // Whoever sat in the meeting keeps the page, with what is still theirs to read; the live document is theirs no more.
  expect(await second.closed).toBe(closeCodes.notYours);
  expect(performance.now() - ended).toBeLessThan(1000);
  await done(perform, closeMeeting, chair, { meetingId });
  expect(await first.closed).toBe(closeCodes.over);
  // The web server shows what the other process keeps.
  const shown = liveElsewhere(dir);
  expect(shown.stateOf(room)).not.toBeNull();
  expect(shown.stateOf("minutes:nobody:nothing")).toBeNull();
  await shown.close();
});
