// What a page that is open follows: by whom, how many, and for how long.
import type { LoaderFunctionArgs } from "@remix-run/node";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { raiseIssue } from "../../app/commands/issue/raise";
import { endMembership } from "../../app/commands/membership/end";
import { membershipsOf } from "../../app/data/organisation.server";
import { revokeSessions } from "../../app/data/sessions.server";
import type { Actor } from "../../app/domain/permission";
import { readEnv } from "../../app/http/env.server";
import { Streams } from "../../app/http/streams.server";
import { loader } from "../../app/routes/live";
import { done } from "../support/house";
import { until } from "../support/live";
import { origin, type Sitting, sitting } from "../support/sitting";

afterEach(() => void vi.useRealTimers());

/** Follow something with a cookie: what has been said, and whether it was ended. */
function following(s: Sitting) {
  const streams = new Streams();
  const services = {
    env: readEnv({ DATA_DIR: s.dir, ORIGIN: origin, LOG_LEVEL: "silent", NODE_ENV: "test" }),
    store: s.store,
    now: () => new Date().toISOString(),
    followLive: s.live.follow,
    streams,
    logger: { error: () => {} },
  };
  return async (cookie: string, query: string) => {
    const leave = new AbortController();
    onTestFinished(() => leave.abort());
    const request = new Request(`${origin}/live?${query}`, { headers: { cookie }, signal: leave.signal });
    const answer = await loader({ request, params: {}, context: { services, address: "", nonce: "" } } as unknown as LoaderFunctionArgs).catch((refused) => {
      if (refused instanceof Response) return refused;
      throw refused;
    });
    const heard = { status: answer.status, said: "", ended: false, leave: () => leave.abort() };
    const reader = answer.status === 200 ? answer.body?.pipeThrough(new TextDecoderStream()).getReader() : undefined;
    void (async () => {
      for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) heard.said += part.value;
      heard.ended = true;
    })();
    return heard;
  };
}
const raised = async (s: Sitting, by: Actor, visibility: string) => {
  const facts = { bodyId: s.at.bodies.b7, what: "A leak", place: "", category: "water", track: "hard", visibility };
  const [event] = await done(s.perform, raiseIssue, by, facts);
  if (event?.type !== "issue.raised") throw new Error("not raised");
  return event.id;
};

test("[LI7] what one may not see is not followed, and neither is what is not there", async () => {
  const s = await sitting();
  const follow = following(s);
  const other = await s.at.person("Head of 8", [[s.at.bodies.b8, "head", "owners"]]);
  const hidden = await raised(s, s.head, "handlers");
  const [mine, theirs] = [await s.cookieOf(s.head), await s.cookieOf(other)];
  expect((await follow(mine, `issue=${hidden}`)).status).toBe(200);
  for (const query of [`issue=${hidden}`, "issue=nonsense", "task=nonsense", "meeting=nonsense", "minutes=nonsense", ""])
    expect([query, (await follow(theirs, query)).status]).toEqual([query, 404]);
  expect((await follow(theirs, `meeting=${s.meetingId}`)).status).toBe(200);
});

test("[LI7] a page follows minutes while its reader may, and any page while they are signed in", async () => {
  const s = await sitting();
  const follow = following(s);
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  const [zhao, li] = [await s.cookieOf(s.member), await s.cookieOf(s.recorder)];
  const [member, recorder] = [await follow(zhao, `meeting=${s.meetingId}&minutes=${s.meetingId}`), await follow(li, `meeting=${s.meetingId}`)];
  vi.advanceTimersByTime(25_000);
  await until(() => member.said.includes("still here") && recorder.said.includes("still here"), "both may");
  const [post] = await membershipsOf(s.store.read, s.at.communityId, { personId: s.member.personId });
  await done(s.perform, endMembership, s.at.secretary, { membershipId: post?.id ?? "" });
  await s.store.write((tx) => revokeSessions(tx, { communityId: s.at.communityId, personId: s.recorder.personId }, new Date().toISOString()));
  vi.advanceTimersByTime(25_000);
  await until(() => member.ended && recorder.ended, "both are ended");
});

test("[LI7] nobody follows on more than forty pages at once, and one that is closed makes room", async () => {
  const s = await sitting();
  const follow = following(s);
  const [zhao, li] = [await s.cookieOf(s.member), await s.cookieOf(s.recorder)];
  const pages = [];
  for (let n = 0; n < 40; n++) pages.push(await follow(zhao, `meeting=${s.meetingId}`));
  expect(pages.map((p) => p.status)).toEqual(Array(40).fill(200));
  expect((await follow(zhao, `meeting=${s.meetingId}`)).status).toBe(429);
  expect((await follow(li, `meeting=${s.meetingId}`)).status).toBe(200);
  pages[0]?.leave();
  expect((await follow(zhao, `meeting=${s.meetingId}`)).status).toBe(200);
});
