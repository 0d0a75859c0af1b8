// Fifty editors of one document type as fast as their edits are seen: how many deliveries a second of the server's processor buys.
import { percentile } from "../histogram.js";
import { interleave, Samples, type Scenario } from "../scenario.js";

const editors = 50;
const ratios = ["deliveries / CPU s"];

export const saturation: Scenario = {
  title: "Saturation: 50 editors, 4 edits of each under way",
  async run(context) {
    const samples = new Samples(ratios);
    await interleave(context, context.quick ? 1 : 3, {}, async (server) => {
      const { crowds } = context;
      await crowds.gather(server.target, "saturation", editors, editors);
      await crowds.all("rush", { outstanding: 4, seconds: 1 });
      await crowds.delivered(editors - 1, 5000);
      await server.calm(3000);
      await crowds.all("reset");
      const [before, start] = [server.cpu(), performance.now()];
      await crowds.all("rush", { outstanding: 4, seconds: context.quick ? 2 : 4 });
      const { delivered, latencies } = await crowds.delivered(editors - 1, 5000);
      const cpu = server.cpu() - before;
      samples.add("50 editors", server.candidate.name, {
        "deliveries / CPU s": delivered / cpu,
        "deliveries / s": delivered / ((performance.now() - start) / 1000),
        "p99 ms": percentile(latencies, 0.99),
      });
    });
    return samples.rows();
  },
};
