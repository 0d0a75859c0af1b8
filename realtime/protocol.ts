// The y-websocket wire format: what comes in, checked; what goes out, framed down to the websocket's own bytes, so that
// one buffer serves every receiver.
import * as decoding from "lib0/decoding";
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
      const bytes = decoding.readVarUint8Array(d);
      if (step === update) return { kind: "update", update: bytes };
      if (step === step2) return { kind: "answer", update: bytes };
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

const sizeOf = (n: number): number => (n < 128 ? 1 : 1 + sizeOf(Math.floor(n / 128)));
function writeNumber(bytes: Buffer, at: number, n: number): number {
  let [rest, end] = [n, at];
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes[end++] = 128 | (rest & 127);
  bytes[end++] = rest;
  return end;
}

type Part = number | Uint8Array;
/** A whole websocket frame (binary, final, unmasked) around a message of numbers and byte strings. */
const frame = (...parts: Part[]): Buffer => laid(parts, parts.length);
/** The same in two buffers when the last string is long: it is sent from where it stands. */
function frames(...parts: [...Part[], Uint8Array]): Buffer[] {
  const body = parts.at(-1) as Uint8Array;
  if (body.length < long) return [frame(...parts)];
  return [laid(parts, parts.length - 1), Buffer.from(body.buffer, body.byteOffset, body.length)];
}
/** Bytes from which on a copy costs more than one more buffer to write. */
const long = 16 * 1024;

/** A frame up to and with the bytes of its first `copied` parts, and the lengths of all. */
function laid(parts: readonly Part[], copied: number): Buffer {
  let length = 0;
  let left = 0;
  for (const [n, part] of parts.entries()) {
    length += typeof part === "number" ? sizeOf(part) : sizeOf(part.length) + part.length;
    if (n >= copied && typeof part !== "number") left += part.length;
  }
  const head = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const bytes = Buffer.allocUnsafe(head + length - left);
  bytes[0] = 0x82;
  bytes[1] = head === 2 ? length : head === 4 ? 126 : 127;
  if (head === 4) bytes.writeUInt16BE(length, 2);
  else if (head === 10) bytes.writeBigUInt64BE(BigInt(length), 2);
  let at = head;
  for (const [n, part] of parts.entries()) {
    at = writeNumber(bytes, at, typeof part === "number" ? part : part.length);
    if (typeof part === "number" || n >= copied) continue;
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

export const askFrame = (vector: Uint8Array): Buffer => frame(sync, step1, vector);
export const answerFrames = (piece: Uint8Array): Buffer[] => frames(sync, step2, piece);
export const updateFrames = (piece: Uint8Array): Buffer[] => frames(sync, update, piece);
export const updateFrame = (bytes: Uint8Array): Buffer => frame(sync, update, bytes);
export const presenceFrame = (bytes: Uint8Array): Buffer => frame(awareness, bytes);
export const savedFrame = (count: number): Buffer => frame(messageSaved, count);
export const recordsFrame = (): Buffer => frame(messageRecords);
export const headFrame = (vector: Uint8Array): Buffer => frame(messageHead, vector);
