// The y-websocket wire format: what comes in, checked; what goes out, framed down to the websocket's own bytes, so that
// one buffer serves every receiver.
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { messageHead, messageHello, messageRecords, messageSaved } from "../app/collab/messages";
import { Malformed, readVector, type StateVector } from "./update";

const sync = 0;
const awareness = 1;
const queryAwareness = 3;
const step1 = 0;
const step2 = 1;
const update = 2;

export type Incoming =
  | { kind: "ask"; vector: StateVector }
  | { kind: "answer"; update: Uint8Array }
  | { kind: "update"; update: Uint8Array }
  | { kind: "presence"; update: Uint8Array }
  | { kind: "askPresence" }
  | { kind: "hello"; manner: number; vector: StateVector };

/** One message of a client. Throws `Malformed` for lengths that run out and messages nobody knows. */
export function parse(message: Uint8Array): Incoming {
  try {
    const d = decoding.createDecoder(message);
    const type = decoding.readVarUint(d);
    if (type === sync) {
      const step = decoding.readVarUint(d);
      // A copy: what is kept must not hold on to the buffer it came in.
      const bytes = decoding.readVarUint8Array(d);
      if (step === update) return { kind: "update", update: bytes.slice() };
      if (step === step2) return { kind: "answer", update: bytes.slice() };
      if (step === step1) return { kind: "ask", vector: readVector(bytes) };
      throw new Malformed(`unknown sync step ${step}`);
    }
    if (type === awareness) return { kind: "presence", update: decoding.readVarUint8Array(d) };
    if (type === queryAwareness) return { kind: "askPresence" };
    if (type === messageHello) return { kind: "hello", manner: decoding.readVarUint(d), vector: readVector(decoding.readVarUint8Array(d)) };
    throw new Malformed(`unknown message ${type}`);
  } catch (error) {
    if (error instanceof Malformed) throw error;
    throw new Malformed(error instanceof Error ? error.message : "unreadable");
  }
}

/** A whole websocket frame (binary, final, unmasked) around a message of numbers and byte strings. */
function frame(...parts: (number | Uint8Array)[]): Buffer {
  const e = encoding.createEncoder();
  for (const part of parts) {
    if (typeof part === "number") encoding.writeVarUint(e, part);
    else encoding.writeVarUint8Array(e, part);
  }
  const length = encoding.length(e);
  const head = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const bytes = Buffer.allocUnsafe(head + length);
  bytes[0] = 0x82;
  if (head === 2) bytes[1] = length;
  else if (head === 4) {
    bytes[1] = 126;
    bytes.writeUInt16BE(length, 2);
  } else {
    bytes[1] = 127;
    bytes.writeBigUInt64BE(BigInt(length), 2);
  }
  bytes.set(encoding.toUint8Array(e), head);
  return bytes;
}

export const askFrame = (vector: Uint8Array): Buffer => frame(sync, step1, vector);
export const answerFrame = (piece: Uint8Array): Buffer => frame(sync, step2, piece);
export const updateFrame = (bytes: Uint8Array): Buffer => frame(sync, update, bytes);
export const presenceFrame = (bytes: Uint8Array): Buffer => frame(awareness, bytes);
export const savedFrame = (count: number): Buffer => frame(messageSaved, count);
export const recordsFrame = (): Buffer => frame(messageRecords);
export const headFrame = (vector: Uint8Array): Buffer => frame(messageHead, vector);
