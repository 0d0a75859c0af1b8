// A live-document server of its own, and y-websocket's own client to talk to it.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import * as decoding from "lib0/decoding";
import { onTestFinished } from "vitest";
import WebSocket from "ws";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import { minutesField } from "../../app/collab/room";
import { type Admission, attach, type Live, type Options } from "../../realtime/attach";
import { type UpdateLog, wholeOf } from "../../realtime/log";
import { openUpdateLog } from "../../realtime/sqlite-log";
import { folder } from "./store";

export type LiveBench = { url: string; live: Live; log: UpdateLog; server: Server; dir: string; errors: string[]; cut: string[] };

export async function liveBench(over: Partial<Options> = {}, dir = folder(), port = 0): Promise<LiveBench> {
  const errors: string[] = [];
  const cut: string[] = [];
  const log = over.log ?? openUpdateLog(dir);
  // A server that closed its live documents answers no upgrade; without an answer at all a client would wait for ever.
  const server = createServer((_request, response) => response.writeHead(503).end());
  const live = attach(server, {
    log,
    admit: async (): Promise<Admission> => ({ ok: true, access: "write", personId: "p", session: "s" }),
    path: "/collab",
    sameOrigin: () => true,
    onError: (_error, what) => errors.push(what),
    onCut: (reason) => cut.push(reason),
    ...over,
  });
  await new Promise<void>((ready) => server.listen(port, "127.0.0.1", ready));
  onTestFinished(async () => {
    await live.close();
    server.close();
  });
  return { url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/collab`, live, log, server, dir, errors, cut };
}

export type Client = { doc: Y.Doc; provider: WebsocketProvider; saved: () => number; write(text: string): void; read(): string; closed: Promise<number> };

/** A stock client that also counts our acknowledgements. */
export function client(url: string, room = "minutes:c:m", headers: Record<string, string> = {}): Client {
  const doc = new Y.Doc();
  class WithHeaders extends WebSocket {
    constructor(address: string | URL, protocols?: string | string[]) {
      super(address, protocols, { headers });
    }
  }
  const provider = new WebsocketProvider(url, room, doc, {
    WebSocketPolyfill: WithHeaders as unknown as typeof globalThis.WebSocket,
    disableBc: true,
    params: { ours: "1" },
  });
  let saved = 0;
  provider.messageHandlers[100] = (_encoder, decoder) => {
    saved = decoding.readVarUint(decoder);
  };
  provider.messageHandlers[101] = () => {};
  const closed = new Promise<number>((resolve) => {
    provider.on("connection-close", (event) => {
      if (event && event.code >= 4000) resolve(event.code);
    });
  });
  onTestFinished(() => {
    provider.destroy();
    doc.destroy();
  });
  const field = () => doc.getText(`${minutesField}-text`);
  return { doc, provider, saved: () => saved, closed, write: (text) => field().insert(field().length, text), read: () => field().toString() };
}

export async function until(holds: () => boolean, what: string, within = 10_000): Promise<void> {
  const end = performance.now() + within;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`This never came: ${what}`);
    await new Promise((next) => setImmediate(next));
  }
}
/** A log on a disk that takes nothing more while it is `full`. */
export function failingLog(): { log: UpdateLog; full: boolean } {
  const real = openUpdateLog(folder());
  const disk = {
    full: false,
    log: {
      ...real,
      append(entries: Parameters<UpdateLog["append"]>[0]) {
        if (disk.full) throw new Error("disk full");
        real.append(entries);
      },
    },
  };
  return disk;
}
/** The text of a room as its log keeps it. */
export function stored(log: Pick<UpdateLog, "load">, room = "minutes:c:m"): string {
  const doc = new Y.Doc();
  const whole = wholeOf(log.load(room));
  if (whole) Y.applyUpdate(doc, whole);
  return doc.getText(`${minutesField}-text`).toString();
}
export const synced = (c: Client) => until(() => c.provider.synced, "the client is synced");
