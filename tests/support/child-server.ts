// A process to be killed: commands over HTTP and live edits over a socket, on a folder that outlives it.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { escalateIssue } from "../../app/commands/issue/escalate";
import { raiseIssue } from "../../app/commands/issue/raise";
import { callMeeting } from "../../app/commands/meeting/call";
import { makePerform } from "../../app/commands/perform.server";
import { loadActor } from "../../app/data/organisation.server";
import { openStore } from "../../app/data/store.server";
import { attach } from "../../realtime/attach";
import { openUpdateLog } from "../../realtime/sqlite-log";
import { house, urgently } from "./house";

const [dir = ""] = process.argv.slice(2);
const store = openStore(dir, join(import.meta.dirname, "../../prisma/migrations"));
const clock = {
  get now() {
    return new Date().toISOString();
  },
};
const perform = makePerform(store, () => clock.now);
const known = await store.read.selectFrom("Person").selectAll().where("name", "=", "Everybody").executeTakeFirst();
const everybody = known
  ? await loadActor(store.read, known.communityId, known.id, clock.now)
  : await (async () => {
      const at = await house({ store, perform, clock });
      return at.person("Everybody", [
        [at.bodies.b7, "head", "owners"],
        [at.bodies.council, "chair", "branch"],
      ]);
    })();
if (!everybody) throw new Error("Everybody is nobody.");
const bodies = new Map(
  (await store.read.selectFrom("Body").select(["id", "name"]).where("communityId", "=", everybody.communityId).execute()).map((b) => [b.name, b.id]),
);

const server = createServer(async (request, response) => {
  const input = JSON.parse(await text(request)) as Record<string, string>;
  const soon = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
  const outcome =
    request.url === "/raise"
      ? await perform(raiseIssue, everybody, {
          bodyId: bodies.get("Building 7"),
          what: input.what,
          place: "",
          category: "water",
          track: "hard",
          visibility: "community",
        })
      : request.url === "/escalate"
        ? await perform(escalateIssue, everybody, { number: input.number, to: bodies.get("Council"), text: "tried" })
        : await perform(callMeeting, everybody, {
            bodyId: bodies.get("Council"),
            startsAt: soon(1),
            endsAt: soon(2),
            place: "Hall",
            issues: [input.issue],
            ...urgently,
          });
  response.end(JSON.stringify(outcome));
});
attach(server, {
  log: openUpdateLog(dir),
  admit: async () => ({ ok: true, access: "write", personId: "p", session: "s" }),
  path: "/collab",
  sameOrigin: () => true,
  onError: (error) => console.error(error),
  // Rooms are folded all the time, so that some are when it is killed.
  idleFor: 50,
});
server.listen(0, "127.0.0.1", () => console.log((server.address() as AddressInfo).port));
