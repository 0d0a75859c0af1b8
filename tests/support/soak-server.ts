// A live-document server to be mistreated: it can be killed, told another time, and given a disk that is full or held.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { attach } from "../../realtime/attach";
import { Busy } from "../../realtime/log";
import { openUpdateLog } from "../../realtime/sqlite-log";

export type Fault = { disk?: "full" | "held" | "fine"; clock?: number };

const [dir = "", port = "0"] = process.argv.slice(2);
let disk: Fault["disk"] = "fine";
let offset = 0;
const now = () => Date.now() + offset;
const real = openUpdateLog(dir, now);
const refuse = () => {
  if (disk === "full") throw Object.assign(new Error("database or disk is full"), { code: "SQLITE_FULL" });
  if (disk === "held") throw new Busy("SQLITE_BUSY");
};
const server = createServer();
const live = attach(server, {
  log: {
    ...real,
    append(entries) {
      refuse();
      real.append(entries);
    },
    async fold(rooms) {
      refuse();
      return real.fold(rooms);
    },
  },
  path: "/collab",
  admit: async (cookie) => ({ ok: true, access: "write", personId: cookie ?? "p", session: "s" }),
  sameOrigin: () => true,
  onError: () => {},
  idleFor: 300,
  beat: 500,
  now,
});
process.on("message", (fault: Fault | "stop") => {
  if (fault === "stop") {
    live.close().then(() => process.exit(0));
    return;
  }
  disk = fault.disk ?? disk;
  offset += fault.clock ?? 0;
});
server.listen(Number(port), "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
