// How near a durable, chained command comes to a route that does nothing: 200 in flight, rounds interleaved.
import { fork } from "node:child_process";
import { once } from "node:events";
import { Agent, request } from "node:http";
import { join } from "node:path";

const child = fork(join(import.meta.dirname, "command-server.ts"), { execArgv: ["--import", "tsx"] });
const [{ port, bodyId, numbers }] = (await once(child, "message")) as [{ port: number; bodyId: string; numbers: string[] }];
const agent = new Agent({ keepAlive: true, maxSockets: 200 });
const raise = JSON.stringify({
  bodyId,
  what: "六楼往上，早上六点半到八点没水，晚上又没。",
  place: "六楼",
  category: "water",
  track: "hard",
  visibility: "community",
});
const note = "物业看过泵房：水泵还是1997年的，立管锈住了。";
let turn = 0;
/** A note loads an issue, checks, updates it by its version and appends to the chain: what most commands do. Raising draws a number and fills the search index too. */
const bodyFor = (path: string): string => (path === "/raise" ? raise : JSON.stringify({ number: numbers[turn++ % numbers.length], text: note }));

function post(path: string): Promise<void> {
  const body = bodyFor(path);
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: "127.0.0.1", port, path, method: "POST", agent, headers: { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) } },
      (answer) => {
        let text = "";
        answer.on("data", (chunk) => {
          text += chunk;
        });
        answer.on("end", () => (text.startsWith('{"ok":true') ? resolve() : reject(new Error(text))));
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
}

/** Answers a second over `seconds`, with 200 in flight. */
async function rate(path: string, seconds: number): Promise<number> {
  const start = performance.now();
  const end = start + seconds * 1000;
  let done = 0;
  await Promise.all(
    Array.from({ length: 200 }, async () => {
      while (performance.now() < end) {
        await post(path);
        done++;
      }
    }),
  );
  return done / ((performance.now() - start) / 1000);
}

await rate("/nothing", 1);
await rate("/note", 1);
const ratios: number[] = [];
for (let round = 1; round <= 7; round++) {
  const [nothing, perform] = [await rate("/nothing", 2), await rate("/note", 2)];
  ratios.push(perform / nothing);
  console.log(`round ${round}: nothing ${nothing.toFixed(0)}/s, perform ${perform.toFixed(0)}/s, ratio ${(perform / nothing).toFixed(2)}`);
}
console.log(`for comparison, raising an issue: ${(await rate("/raise", 2)).toFixed(0)}/s`);
child.kill();
agent.destroy();
const median = [...ratios].sort((a, b) => a - b)[3] ?? 0;
console.log(`median ratio ${median.toFixed(2)} (at least 0.50)`);
process.exit(median >= 0.5 ? 0 : 1);
