// How near a durable, chained command comes to a route that does nothing: 200 in flight, rounds interleaved.
import { fork } from "node:child_process";
import { once } from "node:events";
import { Agent, request } from "node:http";
import { join } from "node:path";

const child = fork(join(import.meta.dirname, "command-server.ts"), { execArgv: ["--import", "tsx"] });
const [{ port, bodyId }] = (await once(child, "message")) as [{ port: number; bodyId: string }];
const agent = new Agent({ keepAlive: true, maxSockets: 200 });
const body = JSON.stringify({
  bodyId,
  what: "六楼往上，早上六点半到八点没水，晚上又没。",
  place: "六楼",
  category: "water",
  track: "hard",
  visibility: "community",
});

function post(path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { port, path, method: "POST", agent, headers: { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) } },
      (answer) => {
        let text = "";
        answer.on("data", (chunk) => {
          text += chunk;
        });
        answer.on("end", () => (text.startsWith('{"ok":true') ? resolve(1) : reject(new Error(text))));
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
      while (performance.now() < end) done += await post(path);
    }),
  );
  return done / ((performance.now() - start) / 1000);
}

await rate("/nothing", 1);
await rate("/raise", 1);
const ratios: number[] = [];
for (let round = 1; round <= 7; round++) {
  const [nothing, raise] = [await rate("/nothing", 2), await rate("/raise", 2)];
  ratios.push(raise / nothing);
  console.log(`round ${round}: nothing ${nothing.toFixed(0)}/s, perform ${raise.toFixed(0)}/s, ratio ${(raise / nothing).toFixed(2)}`);
}
child.kill();
agent.destroy();
const median = [...ratios].sort((a, b) => a - b)[3] ?? 0;
console.log(`median ratio ${median.toFixed(2)} (at least 0.50)`);
process.exit(median >= 0.5 ? 0 : 1);
