// Five hundred clients that have the document come back to one room at once: after a break of the network, and after a restart of the server.
import { Client } from "../client.js";
import { written } from "../document.js";
import { interleave, Samples, type Scenario } from "../scenario.js";
import { Server } from "../servers.js";

const clients = 500;
const ratios = ["all synced s"];

export const storm: Scenario = {
  title: `Storm: ${clients} clients reconnect at once to a document of 2,000 edits`,
  async run(context) {
    const samples = new Samples(ratios);
    const document = written(2000);
    const state = Buffer.from(document.state).toString("base64");
    const { crowds } = context;

    async function measure(name: string, server: Server): Promise<void> {
      try {
        await crowds.one("hold", { target: server.target, room: "storm" });
        const before = server.cpu();
        const { ms, synced } = await crowds.storm(server.target, "storm", state, clients);
        await server.calm(20_000);
        samples.add(name, server.candidate.name, {
          "synced %": (synced / clients) * 100,
          "all synced s": synced === clients ? ms / 1000 : null,
          "server CPU s": server.cpu() - before,
        });
      } finally {
        await crowds.all("calmed");
        await crowds.one("release");
      }
    }

    await interleave(context, context.quick ? 1 : 3, {}, async (server) => {
      const author = await Client.open(server.target, "storm");
      for (const frame of document.frames) author.send("update", frame);
      await author.answered(30_000);
      await server.calm(3000);
      await measure("network back", server);
      author.close();
      await server.calm(3000);
      await server.end("SIGTERM");
      const again = await Server.start(server.candidate, { data: server.data });
      try {
        await measure("server restarted", again);
      } finally {
        await again.end();
      }
    });
    return samples.rows();
  },
};
