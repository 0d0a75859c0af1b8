// The one process: pages and the live-document socket on one port.
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join, resolve } from "node:path";
import { createRequestHandler } from "@remix-run/express";
import type { ServerBuild } from "@remix-run/node";
import express from "express";
import pino from "pino";
import { socketPath } from "./app/collab/room";
import { makePerform } from "./app/commands/perform.server";
import { openStore } from "./app/data/store.server";
import type { Services } from "./app/http/context";
import { type Env, readEnv } from "./app/http/env.server";
import { freshNonce, guard, loggedPath } from "./app/http/guard.server";
import { Streams } from "./app/http/streams.server";
import { makeClockwork } from "./app/work/clockwork.server";
import { jobs } from "./app/work/jobs.server";
import { serveLive } from "./live";
import type { Live } from "./realtime/attach";
import { liveElsewhere } from "./realtime/elsewhere";

const root = resolve(process.env.YISHI_ROOT ?? process.cwd());

export async function start(env: Env) {
  const logger = pino({ level: env.LOG_LEVEL, redact: ["req.headers.cookie", "password"] });
  const store = openStore(env.DATA_DIR, join(root, "prisma/migrations"));
  const now = () => new Date().toISOString();
  const production = env.NODE_ENV !== "development";
  const app = express();
  const server = createServer(app);
  const services: Services = {
    env,
    store,
    now,
    perform: makePerform(store, now),
    enhance: production
      ? builtEnhance()
      : {
          page: "/app/enhance/index.ts",
          room: "/app/enhance/room.ts",
          tools: "/app/enhance/tools.ts",
          minutes: "/app/enhance/minutes.ts",
          late: "/app/collab/late.ts",
        },
    liveState: (room) => live.stateOf(room),
    followLive: (room, tell) => live.follow(room, tell),
    streams: new Streams(),
    get livePast() {
      return live.past;
    },
    changeLive: env.LIVE_ORIGIN ? null : (...change) => (live as Live).changeAs(...change),
    logger,
  };
  // One process does both, unless somebody runs the live documents in their own.
  const live: Live | ReturnType<typeof liveElsewhere> = env.LIVE_ORIGIN ? liveElsewhere(env.DATA_DIR) : serveLive(server, services);
  const clockwork = makeClockwork(services, jobs);
  // The other process writes too: it freezes minutes. What it wrote is looked for twice a second.
  const looking = env.LIVE_ORIGIN ? setInterval(() => store.lookAgain(), 500) : undefined;
  // In development Vite takes the upgrades that are not ours; in production nobody else is there to.
  if (production)
    server.on("upgrade", (request, stream) => {
      if (!request.url?.startsWith(`${socketPath}/`)) stream.destroy();
    });
  app.disable("x-powered-by");
  app.set("trust proxy", env.TRUST_PROXY);
  const vite = production ? null : await import("vite").then((v) => v.createServer({ server: { middlewareMode: true, hmr: { server } }, appType: "custom" }));
  if (vite) app.use(vite.middlewares);
  else {
    app.use("/assets", express.static(join(root, "build/client/assets"), { immutable: true, maxAge: "1y", fallthrough: false }));
    app.use(express.static(join(root, "build/client"), { maxAge: "1h", index: false }));
  }
  app.get("/health", (_request, response) => {
    const ok = live.healthy();
    response.status(ok ? 200 : 503).json({ ok });
  });
  app.get("/metrics", (request, response, next) => {
    if (!env.METRICS_TOKEN || request.headers.authorization !== `Bearer ${env.METRICS_TOKEN}`) return next();
    response.type("text/plain; version=0.0.4").send(live.metrics());
  });
  app.use(guard(env));
  const build = (): Promise<ServerBuild> =>
    (vite ? vite.ssrLoadModule("virtual:remix/server-build") : import(join(root, "build/server/index.js"))) as Promise<ServerBuild>;
  app.all(
    "*",
    createRequestHandler({
      build: vite ? build : await build(),
      mode: env.NODE_ENV,
      getLoadContext: (request) => ({ services, nonce: freshNonce(), address: request.ip ?? "" }),
    }),
  );
  // Addresses that cannot be read (a broken % escape), files that are not there.
  app.use((error: { status?: number }, request: express.Request, response: express.Response, next: express.NextFunction) => {
    if (response.headersSent) return next(error);
    if (error.status === 404) return response.status(404).type("text").send("404");
    if (error.status !== undefined && error.status < 500) return response.redirect(303, "/refused?code=input.malformed");
    logger.error({ err: error, path: loggedPath(request.path) }, "A request failed before it reached a page; the cause is in err.");
    response.status(500).type("text").send("500");
  });
  await new Promise<void>((ready, failed) => {
    server.once("error", failed);
    server.listen(env.PORT, env.HOST, ready);
  });
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : env.PORT;
  const url = env.ORIGIN ?? `http://${env.HOST === "0.0.0.0" ? "localhost" : env.HOST}:${port}`;
  clockwork.start();
  logger.info({ url }, `Yishi is at ${url}`);

  let stopping: Promise<void> | null = null;
  const stop = () => {
    stopping ??= (async () => {
      server.close();
      server.closeIdleConnections();
      clearInterval(looking);
      await clockwork.stop();
      await live.close();
      await vite?.close();
      await store.close();
    })();
    return stopping;
  };
  return { url, port, stop, services, server };
}

function builtEnhance(): Services["enhance"] {
  const path = join(root, "build/enhance.json");
  if (!existsSync(path)) throw new Error("There is no build. Run `npm run build` first.");
  return JSON.parse(readFileSync(path, "utf8")) as Services["enhance"];
}

try {
  const running = await start(readEnv(process.env));
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => {
      running.stop().then(
        () => process.exit(0),
        (error) => {
          console.error(error);
          process.exit(1);
        },
      );
    });
} catch (error) {
  // One sentence, not a stack: whoever starts the server is not who wrote it.
  console.error(`Yishi did not start: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
