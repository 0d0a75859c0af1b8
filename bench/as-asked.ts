// The built product without a socket: somebody of the story signed in, whole requests answered in this process, CPU counted.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { createRequestHandler, type ServerBuild } from "@remix-run/node";
import pino from "pino";
import { makePerform } from "../app/commands/perform.server";
import { startSession } from "../app/commands/session/start";
import { loadActor, loadCommunity } from "../app/data/organisation.server";
import { secretToken, tokenHash } from "../app/data/sessions.server";
import { openStore, type Store } from "../app/data/store.server";
import { readEnv } from "../app/http/env.server";
import { sessionCookie } from "../app/http/session.server";
import { Streams } from "../app/http/streams.server";
import type { Viewer } from "../app/views/viewer";
import { castOf } from "../scripts/pages";
import { root, runScript } from "../tests/support/serve";

export type Story = {
  store: Store;
  viewer: Viewer /** One request, answered to its last byte. */;
  ask(path: string, status?: number): Promise<void>;
  end(): Promise<void>;
};

/**
 * The story in a directory of its own, seen by one of its people.
 * @param prepare changes the database before it is opened
 */
export async function storySeenBy(name: string, prepare: (database: string, communityId: string) => void = () => {}): Promise<Story> {
  const dir = mkdtempSync(join(tmpdir(), "yishi-bench-"));
  await runScript("prisma/seed/main.ts", ["--dir", dir]);
  const person = castOf(dir).people.find((p) => p.name === name);
  if (!person) throw new Error(`The story has no ${name}.`);
  prepare(join(dir, "yishi.db"), person.communityId);
  const store = openStore(dir, join(root, "prisma/migrations"));
  const now = () => new Date().toISOString();
  const [actor, community] = [await loadActor(store.read, person.communityId, person.personId, now()), await loadCommunity(store.read, person.communityId)];
  if (!actor || !community) throw new Error(`${name} holds no office.`);
  const perform = makePerform(store, now);
  const token = secretToken();
  await perform(startSession, actor, { tokenHash: tokenHash(token), device: "bench" });
  const cookie = (await sessionCookie.serialize(token)).split(";")[0] ?? "";
  const build = (await import(pathToFileURL(join(root, "build/server/index.js")).href)) as ServerBuild;
  const handler = createRequestHandler(build, "production");
  const services = {
    env: readEnv({ DATA_DIR: dir, DEMO: "1", NODE_ENV: "production" }),
    store,
    now,
    perform,
    enhance: { page: "/assets/enhance.js", room: "/assets/room.js", tools: "/assets/tools.js", minutes: "/assets/minutes.js", late: "/assets/late.js" },
    liveState: () => null,
    livePast: { stretches: () => [], at: () => [] },
    changeLive: null,
    followLive: () => () => {},
    streams: new Streams(),
    logger: pino({ level: "error" }),
  };
  return {
    store,
    viewer: { actor, community, now: now() },
    async ask(path, status = 200) {
      const request = new Request(`http://localhost${path}`, { headers: { Cookie: cookie, "Accept-Encoding": "gzip" } });
      const response = await handler(request, { services, nonce: "n", address: "" });
      if (response.status !== status) throw new Error(`${path} answered ${response.status}.`);
      await response.arrayBuffer();
    },
    async end() {
      await store.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** CPU milliseconds of one run, over `n`. */
export async function cost(run: () => Promise<unknown>, n: number): Promise<number> {
  const before = process.cpuUsage();
  for (let k = 0; k < n; k++) await run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / n;
}

/** The middle one. */
export const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.POSITIVE_INFINITY;
