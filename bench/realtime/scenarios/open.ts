// Large documents: how long one client waits for all of it, what twenty at once cost, and what is there after a restart.
import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import * as Y from "yjs";
import { Client, empty } from "../client.js";
import { type Document, written } from "../document.js";
import { median, type Row, type Scenario } from "../scenario.js";
import { Server } from "../servers.js";

/** Answers that were found right before: the same bytes need not be applied again. */
const right = new Set<string>();

function check(received: Uint8Array[], document: Document): void {
  const hash = createHash("sha256");
  for (const update of received) hash.update(update);
  const name = `${document.client} ${hash.digest("base64")}`;
  if (right.has(name)) return;
  const doc = new Y.Doc();
  for (const update of received) Y.applyUpdate(doc, update);
  if (doc.getText("content").toString() !== document.text) throw new Error("what was opened is not what was written");
  right.add(name);
}

/** Milliseconds until everything of the document had arrived, before applying it; null when it did not within the limit. */
async function complete(server: Server, room: string, document: Document, limit: number): Promise<number | null> {
  const start = performance.now();
  const received: Uint8Array[] = [];
  let client: Client | undefined;
  const ms = await new Promise<number | null>((resolve) => {
    const timer = setTimeout(resolve, limit, null);
    Client.open(server.target, room, (opening) => {
      opening.onMessage = (message) => {
        if (message.kind !== "answer" && message.kind !== "update") return;
        const at = performance.now() - start;
        const update = Uint8Array.from(message.bytes);
        received.push(update);
        const { from, to } = Y.parseUpdateMeta(update);
        if (from.get(document.client) !== 0 || (to.get(document.client) ?? 0) < document.clock) return;
        clearTimeout(timer);
        resolve(at);
      };
    }).then(
      (opened) => {
        client = opened;
        opened.send("ask", empty);
      },
      () => resolve(null),
    );
  });
  client?.close();
  if (ms === null) return null;
  check(received, document);
  return ms;
}

export const open: Scenario = {
  title: "Opening large documents",
  async run({ candidates, quick, log }) {
    const rows: Row[] = [];
    const sizes = quick ? [5000, 50_000] : [5000, 50_000, 200_000];
    for (const candidate of candidates.filter(({ protocol }) => protocol !== "relay")) {
      let running: Server | undefined;
      try {
        const server = await Server.start(candidate);
        running = server;
        const found = new Map<number, Row["figures"]>();
        for (const edits of sizes) {
          const [document, room] = [written(edits), `open-${edits}`];
          const author = await Client.open(server.target, room);
          const start = performance.now();
          for (const frame of document.frames) {
            author.send("update", frame);
            await author.socket.drained();
          }
          if (!(await author.answered(120_000))) throw new Error(`${edits} edits are not taken in`);
          const taken = (performance.now() - start) / 1000;
          await server.calm(5000);
          const warm: number[] = [];
          for (let i = 0; i < 5; i++) warm.push((await complete(server, room, document, 30_000)) ?? Number.NaN);
          await server.calm(5000);
          const before = server.cpu();
          await Promise.all(Array.from({ length: 20 }, () => complete(server, room, document, 60_000)));
          await server.calm(5000);
          found.set(edits, { "taken in s": taken, "warm ms": median(warm), "20 at once, CPU s": server.cpu() - before });
        }
        // Time for a debounced store, where there is one: two seconds after the last edit, ten where edits go on.
        if (candidate.stores) await sleep(quick ? 5000 : 12_000);
        await server.end("SIGTERM");
        const again = await Server.start(candidate, { data: server.data });
        running = again;
        for (const edits of sizes) {
          const limit = candidate.stores ? 30_000 : 3000;
          const ms = await complete(again, `open-${edits}`, written(edits), limit);
          const figures = { ...found.get(edits), "after restart ms": ms ?? "lost" };
          rows.push({ case: `${edits.toLocaleString("en")} edits`, server: candidate.name, figures });
        }
      } catch (error) {
        log(`${candidate.name}: ${error instanceof Error ? error.message : error}`);
      } finally {
        await running?.discard();
      }
    }
    return rows.sort((a, b) => Number.parseInt(a.case, 10) - Number.parseInt(b.case, 10));
  },
};
