// The y-websocket wire format: what comes in, checked; what goes out, framed.
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import * as Y from "yjs";

const sync = 0;
const awareness = 1;
const queryAwareness = 3;
const step1 = 0;
const step2 = 1;
const update = 2;

export type Incoming =
  | { kind: "ask"; stateVector: Uint8Array }
  | { kind: "update"; update: Uint8Array }
  | { kind: "presence"; update: Uint8Array }
  | { kind: "askPresence" };

/** One frame of a client. Throws on anything malformed: lengths, types, updates that do not parse. */
export function parse(frame: Uint8Array): Incoming {
  const decoder = decoding.createDecoder(frame);
  const type = decoding.readVarUint(decoder);
  if (type === queryAwareness) return { kind: "askPresence" };
  if (type === awareness) return { kind: "presence", update: decoding.readVarUint8Array(decoder) };
  if (type !== sync) throw new Error(`unknown message ${type}`);
  const step = decoding.readVarUint(decoder);
  const bytes = decoding.readVarUint8Array(decoder);
  if (step === step1) {
    // Reads every pair, so that a broken vector is refused here and not while answering it.
    Y.decodeStateVector(bytes);
    return { kind: "ask", stateVector: bytes };
  }
  if (step === step2 || step === update) return { kind: "update", update: bytes };
  throw new Error(`unknown sync step ${step}`);
}

/** Whether an update says nothing: no structs, no deletions. */
export const isNothing = (bytes: Uint8Array): boolean => bytes.length <= 2 && bytes.every((byte) => byte === 0);

const frame = (...parts: (number | Uint8Array)[]): Uint8Array => {
  const encoder = encoding.createEncoder();
  for (const part of parts) {
    if (typeof part === "number") encoding.writeVarUint(encoder, part);
    else encoding.writeVarUint8Array(encoder, part);
  }
  return encoding.toUint8Array(encoder);
};

export const askFrame = (stateVector: Uint8Array): Uint8Array => frame(sync, step1, stateVector);
export const answerFrame = (state: Uint8Array): Uint8Array => frame(sync, step2, state);
export const updateFrame = (bytes: Uint8Array): Uint8Array => frame(sync, update, bytes);
export const presenceFrame = (bytes: Uint8Array): Uint8Array => frame(awareness, bytes);
export const countFrame = (type: number, count: number): Uint8Array => frame(type, count);
export const bareFrame = (type: number): Uint8Array => frame(type);
