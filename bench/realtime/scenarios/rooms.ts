// Many documents with two clients each: what a delivery costs, what an open document takes in memory and how much of that is given back.
import { setTimeout as sleep } from "node:timers/promises";
import { percentile } from "../histogram.js";
import { interleave, Samples, type Scenario } from "../scenario.js";

const ratios = ["deliveries / CPU s"];

export const rooms: Scenario = {
  title: "Many documents, 2 clients each, 1 edit/s per document",
  async run(context) {
    const samples = new Samples(ratios);
    const seconds = context.quick ? 2 : 4;
    for (const documents of context.quick ? [500] : [500, 2000]) {
      await interleave(context, context.quick ? 1 : 2, { idle: true }, async (server) => {
        const { crowds } = context;
        await crowds.pair(server.target, 20, "warm");
        await crowds.all("type", { writers: 1, perSecond: 5, seconds: 0.4 });
        await crowds.leave();
        const closed = await server.settledMemory();
        await crowds.pair(server.target, documents, "room");
        await crowds.all("type", { writers: 1, perSecond: 1, seconds: 1 });
        await crowds.delivered(1, 5000);
        await server.calm(4000);
        const open = await server.settledMemory();
        await crowds.all("reset");
        const before = server.cpu();
        await crowds.all("type", { writers: 1, perSecond: 1, seconds });
        const { sent, delivered, latencies } = await crowds.delivered(1, 5000);
        const cpu = server.cpu() - before;
        await crowds.leave();
        await sleep(2500);
        await server.calm(4000);
        const left = await server.settledMemory();
        samples.add(`${documents} documents`, server.candidate.name, {
          "delivered %": (delivered / sent) * 100,
          "p99 ms": percentile(latencies, 0.99),
          "deliveries / CPU s": delivered / cpu,
          "kB / open document": (open.resident - closed.resident) / documents,
          "of that in use": (open.used - closed.used) / documents,
          "kB / document after all left": (left.resident - closed.resident) / documents,
          "of that in use, after all left": (left.used - closed.used) / documents,
        });
      });
    }
    return samples.rows();
  },
};
