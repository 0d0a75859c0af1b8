// The live-document server by itself. For the product: on the same DATA_DIR as the web server, with its environment.
// For anybody's Yjs documents: --anonymous, on loopback, any room name at ws://127.0.0.1:PORT/ROOM.
import { createServer } from "node:http";
import { parseArgs } from "node:util";
import { attach, type Live } from "./attach";
import { loopbackLimits } from "./limits";
import { openUpdateLog } from "./sqlite-log";

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "1234" },
    data: { type: "string" },
    anonymous: { type: "boolean", default: false },
    /** Seconds after which a room with nobody in it gives its memory back. */
    idle: { type: "string", default: "30" },
  },
});

function number(name: "port" | "idle", least: number, most: number): number {
  const value = Number(values[name]);
  if (!Number.isInteger(value) || value < least || value > most) throw new Error(`--${name} is a whole number from ${least} to ${most}.`);
  return value;
}

async function start(): Promise<{ live: Live; server: ReturnType<typeof createServer> }> {
  const port = number("port", 0, 65_535);
  const idleFor = number("idle", 1, 86_400) * 1000;
  const server = createServer();
  // A port that is taken ends the start in one sentence.
  const listening = (host: string) =>
    new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, host, resolve);
    });
  if (!values.anonymous) {
    const { serveProduct } = await import("../live");
    if (values.data) process.env.DATA_DIR = values.data;
    const { live, host } = serveProduct(server);
    await listening(host);
    return { live, server };
  }
  if (!values.data) throw new Error("--data is missing: name the folder for the documents.");
  const live: Live = attach(server, {
    log: openUpdateLog(values.data),
    path: "",
    admit: async (_cookie, room) => (room === "" ? { ok: false, reason: "noSuchRoom" } : { ok: true, access: "write", personId: "", session: "" }),
    // Loopback only, and whatever page: there is nobody to be mistaken for.
    sameOrigin: () => true,
    onError: (error, what) => console.error(what, error),
    onCut: (reason, { room }) => console.error(`A connection to ${room} was ended: ${reason}.`),
    idleFor,
    limits: loopbackLimits,
  });
  server.on("request", (request, response) => {
    if (request.url === "/metrics") response.setHeader("content-type", "text/plain; version=0.0.4").end(live.metrics());
    else if (request.url === "/health") response.writeHead(live.healthy() ? 200 : 503).end(live.healthy() ? "ok" : "failing");
    else response.writeHead(404).end("This is a server of live documents: ws only.");
  });
  await listening("127.0.0.1");
  // Whoever started it may be gone without a word; nobody would ever stop it then.
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.exit(1);
  }, 200).unref();
  return { live, server };
}

try {
  const { live, server } = await start();
  const address = server.address();
  console.log(`Live documents at ws://127.0.0.1:${typeof address === "object" && address ? address.port : values.port}/`);
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => {
      server.close();
      live.close().then(
        () => process.exit(0),
        (error) => {
          console.error(error);
          process.exit(1);
        },
      );
    });
} catch (error) {
  console.error(`The live-document server did not start: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
