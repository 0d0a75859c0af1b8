// Messages as the servers expect them: y-websocket's, or Hocuspocus's which carry the name of the document in front.
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";

/** `relay` speaks y-websocket's messages but answers none itself. */
export type Protocol = "websocket" | "hocuspocus" | "relay";

export type Message =
  | { kind: "ask" | "answer" | "update"; bytes: Uint8Array }
  | { kind: "stored"; count: number }
  | { kind: "acknowledged"; count: 1 }
  | { kind: "closing" }
  | { kind: "other" };

const sync = { ask: 0, answer: 1, update: 2 } as const;

function message(protocol: Protocol, room: string, ...parts: (number | string | Uint8Array)[]): Uint8Array {
  const encoder = encoding.createEncoder();
  if (protocol === "hocuspocus") encoding.writeVarString(encoder, room);
  for (const part of parts) {
    if (typeof part === "number") encoding.writeVarUint(encoder, part);
    else if (typeof part === "string") encoding.writeVarString(encoder, part);
    else encoding.writeVarUint8Array(encoder, part);
  }
  return encoding.toUint8Array(encoder);
}

export const syncMessage = (protocol: Protocol, room: string, step: keyof typeof sync, bytes: Uint8Array): Uint8Array =>
  message(protocol, room, 0, sync[step], bytes);

/** What Hocuspocus wants before anything else. */
export const tokenMessage = (protocol: Protocol, room: string): Uint8Array => message(protocol, room, 2, 0, "bench");

/** The presence of one client, as y-protocols encodes it. */
export function presenceMessage(protocol: Protocol, room: string, client: number, clock: number, state: unknown): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, 1);
  encoding.writeVarUint(encoder, client);
  encoding.writeVarUint(encoder, clock);
  encoding.writeVarString(encoder, JSON.stringify(state));
  return message(protocol, room, 1, encoding.toUint8Array(encoder));
}

export function parse(protocol: Protocol, frame: Uint8Array): Message {
  const decoder = decoding.createDecoder(frame);
  if (protocol === "hocuspocus") decoding.readVarString(decoder);
  const type = decoding.readVarUint(decoder);
  if (type === 0 || (type === 4 && protocol === "hocuspocus")) {
    const step = decoding.readVarUint(decoder);
    const bytes = decoding.readVarUint8Array(decoder);
    return { kind: step === sync.ask ? "ask" : step === sync.answer ? "answer" : "update", bytes };
  }
  if (protocol === "hocuspocus") {
    if (type === 7) return { kind: "closing" };
    if (type === 8 && decoding.readVarUint(decoder) === 1) return { kind: "acknowledged", count: 1 };
  } else if (type === 100) return { kind: "stored", count: decoding.readVarUint(decoder) };
  return { kind: "other" };
}
