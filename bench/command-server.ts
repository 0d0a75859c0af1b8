// perform behind a JSON route, and the same route doing nothing.
import { mkdtempSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import express from "express";
import { noteOnIssue } from "../app/commands/issue/note";
import { raiseIssue } from "../app/commands/issue/raise";
import { makePerform } from "../app/commands/perform.server";
import { openStore } from "../app/data/store.server";
import { done, house } from "../tests/support/house";

const store = openStore(mkdtempSync(join(tmpdir(), "yishi-bench-")), join(import.meta.dirname, "../prisma/migrations"));
const perform = makePerform(store);
const clock = {
  get now() {
    return new Date().toISOString();
  },
};
const at = await house({ store, perform, clock });
const head = await at.person("Head", [[at.bodies.b7, "head", "owners"]]);
const numbers: string[] = [];
for (let n = 0; n < 500; n++) {
  const [raised] = await done(perform, raiseIssue, head, {
    bodyId: at.bodies.b7,
    what: `Thing ${n}`,
    place: "",
    category: "water",
    track: "hard",
    visibility: "community",
  });
  if (raised?.type === "issue.raised") numbers.push(raised.number);
}
const app = express();
app.use(express.json());
app.post("/raise", async (request, response) => {
  response.json(await perform(raiseIssue, head, request.body));
});
app.post("/note", async (request, response) => {
  response.json(await perform(noteOnIssue, head, request.body));
});
app.post("/nothing", (request, response) => {
  response.json({ ok: true, value: { events: [request.body], repeated: false } });
});
const server = app.listen(0, "127.0.0.1", () => {
  process.send?.({ port: (server.address() as AddressInfo).port, bodyId: at.bodies.b7, numbers });
});
