// The product's live documents: its rooms, its permission table, its records, on whatever server they are served.
import type { Server } from "node:http";
import { join } from "node:path";
import pino from "pino";
import { MinutesGrammar } from "./app/collab/grammar";
import { readState } from "./app/collab/read";
import { reconcile } from "./app/collab/reconcile";
import { minutesField, parseRoom, roomOf, socketPath } from "./app/collab/room";
import { makePerform } from "./app/commands/perform.server";
import { openStore } from "./app/data/store.server";
import type { Services } from "./app/http/context";
import { readEnv } from "./app/http/env.server";
import { makeFreezer } from "./app/http/freezing.server";
import { isOurOwn } from "./app/http/guard.server";
import { minutesDoor } from "./app/http/minutes-door.server";
import { minutesShape } from "./app/views/minutes";
import { attach, type Live } from "./realtime/attach";
import { followEvent } from "./realtime/follow";
import { openUpdateLog } from "./realtime/sqlite-log";
import { Malformed, scan } from "./realtime/update";

/** Milliseconds between two looks for minutes that wait to be frozen. */
const freezeEvery = 60_000;

export function serveLive(server: Server, services: Pick<Services, "env" | "store" | "logger" | "now" | "perform">): Live {
  const { env, store, logger, perform } = services;
  const live = attach(server, {
    log: openUpdateLog(env.DATA_DIR, () => Date.parse(services.now())),
    path: socketPath,
    admit: minutesDoor(services),
    async prepare(room) {
      const { communityId, meetingId } = parseRoom(room) ?? { communityId: "", meetingId: "" };
      const shape = await minutesShape(store.read, communityId, meetingId);
      return (doc) => reconcile(doc, shape);
    },
    grammar(_room, state) {
      const grammar = new MinutesGrammar(minutesField, (why) => {
        throw new Malformed(why);
      });
      scan(state, (struct) => grammar.note(struct));
      grammar.end(false);
      grammar.keep();
      return grammar;
    },
    sameOrigin: ({ headers }) => isOurOwn("POST", { origin: headers.origin, host: headers.host, site: undefined }, env.ORIGIN),
    onError: (error, what) => logger.error({ err: error }, what),
    onCut: (reason, { room, personId }) => logger.info({ reason, room, personId }, "A connection to live minutes was ended."),
  });
  const freeze = makeFreezer({
    store,
    perform,
    async sections(communityId, meetingId) {
      const room = roomOf({ communityId, meetingId });
      // Whoever may still be there is shown out first, whichever event brought us here.
      await live.recheck((who) => who.room === room);
      await live.settle(room);
      return readState(live.stateOf(room), await minutesShape(store.read, communityId, meetingId));
    },
    onError: (error, what) => logger.error({ err: error }, what),
  });
  store.follow((event) => {
    const { type } = event.event;
    followEvent(event, live)
      // Everybody who wrote has been shown out by now: what was promised to be saved is what is frozen.
      .then(() => (type === "meeting.closed" || type === "paper.finished" ? freeze() : undefined))
      .catch((error) => logger.error({ err: error }, "An event could not be followed into the live documents."));
  });
  const freezeAgain = () => freeze().catch((error) => logger.error({ err: error }, "Minutes that wait to be frozen could not be looked up."));
  freezeAgain();
  // Whatever kept it from being done: it is looked for again, and what is done is not found.
  const freezing = setInterval(freezeAgain, freezeEvery);
  freezing.unref();
  return {
    ...live,
    close() {
      clearInterval(freezing);
      return live.close();
    },
  };
}

/** The same in a process of its own, beside a web server that has LIVE_ORIGIN set. */
export function serveProduct(server: Server): { live: Live; host: string } {
  const env = readEnv(process.env);
  // A page is never on this server's own port: nobody could be told from a stranger's page.
  if (env.ORIGIN === undefined) throw new Error("ORIGIN is missing: set it to the public address of the pages, the same as the web server's.");
  const logger = pino({ level: env.LOG_LEVEL, redact: ["req.headers.cookie", "password"] });
  const store = openStore(env.DATA_DIR, join(process.env.YISHI_ROOT ?? process.cwd(), "prisma/migrations"));
  const now = () => new Date().toISOString();
  const live = serveLive(server, { env, store, logger, now, perform: makePerform(store, now) });
  // The web server writes the records; what it wrote is looked for five times a second.
  const looking = setInterval(() => store.lookAgain(), 200);
  server.on("request", (_request, response) => {
    response.writeHead(live.healthy() ? 200 : 503).end();
  });
  return {
    host: env.HOST,
    live: {
      ...live,
      async close() {
        clearInterval(looking);
        await live.close();
        await store.close();
      },
    },
  };
}
