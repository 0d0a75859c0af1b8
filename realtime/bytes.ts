// Bytes put together.
import * as encoding from "lib0/encoding";

/** Numbers as lib0 writes them. */
export function numbers(...all: number[]): Uint8Array {
  const e = encoding.createEncoder();
  for (const n of all) encoding.writeVarUint(e, n);
  return encoding.toUint8Array(e);
}

export const lengthOf = (parts: readonly Uint8Array[]): number => parts.reduce((sum, part) => sum + part.length, 0);

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(lengthOf(parts));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** The memory of these, where it holds nothing else: it is handed to another thread instead of copied. */
export const whole = (...pieces: readonly Uint8Array[]): ArrayBuffer[] =>
  pieces.flatMap((piece) => (piece.byteLength === piece.buffer.byteLength ? [piece.buffer as ArrayBuffer] : []));
