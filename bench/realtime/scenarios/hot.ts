// One document with more and more editors, a tenth of them typing on a fixed schedule: what arrives, how late, at what cost.
import { setTimeout as sleep } from "node:timers/promises";
import { percentile } from "../histogram.js";
import { interleave, Samples, type Scenario } from "../scenario.js";

const ratios = ["p50 ms", "p99 ms", "CPU ms / 1,000"];

export const hot: Scenario = {
  title: "One document, a tenth typing 5 edits/s each",
  async run(context) {
    const samples = new Samples(ratios);
    const seconds = context.quick ? 2 : 3;
    await interleave(context, context.quick ? 1 : 3, {}, async (server) => {
      for (const editors of context.quick ? [50, 200] : [10, 50, 200, 500]) {
        const { crowds } = context;
        const typing = { writers: editors / 10, perSecond: 5 };
        await crowds.gather(server.target, `hot-${editors}`, editors, typing.writers);
        await crowds.all("type", { ...typing, seconds: 0.8 });
        await crowds.delivered(editors - 1, 2500);
        await server.calm(3000);
        await crowds.all("reset");
        await sleep(100);
        const before = server.cpu();
        await crowds.all("type", { ...typing, seconds });
        const { sent, delivered, latencies } = await crowds.delivered(editors - 1, 5000);
        samples.add(`${editors} editors`, server.candidate.name, {
          "delivered %": Math.min(100, (delivered / (sent * (editors - 1))) * 100),
          "p50 ms": percentile(latencies, 0.5),
          "p99 ms": percentile(latencies, 0.99),
          "CPU ms / 1,000": ((server.cpu() - before) * 1e6) / delivered,
        });
        await crowds.leave();
      }
    });
    return samples.rows();
  },
};
