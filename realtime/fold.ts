// Makes a long tail short: one state without garbage, and a chapter of history from which every moment can be rebuilt.
import { deflateRawSync, inflateRawSync } from "node:zlib";
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import * as Y from "yjs";
import type { Moment } from "./log";
import { merged } from "./merge";
import type { Packed } from "./packed";

export type FoldInput = { state: Uint8Array | null; moments: Moment[]; birth: Uint8Array };
export type FoldOutput = { state: Uint8Array; vector: Uint8Array; chapter: Uint8Array };

/** Milliseconds of one writer's writing that history keeps as one moment. */
const stretch = 5000;

/** Pure, and heavy for a large document: done in a thread of its own. Throws when updates are missing. */
export function fold({ state, moments, birth }: FoldInput): FoldOutput {
  const doc = new Y.Doc({ gc: true });
  // In one piece: as they came, the words of very many who all wrote in one place would each be compared with all before.
  Y.applyUpdate(doc, merged([birth, ...(state ? [state] : []), ...moments.map((moment) => moment.update)]));
  if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null) throw new Error("Updates of this document are missing.");
  const output = { state: Y.encodeStateAsUpdate(doc), vector: Y.encodeStateVector(doc), chapter: deflateRawSync(writeMoments(joined(moments))) };
  doc.destroy();
  return output;
}

function joined(moments: readonly Moment[]): Moment[] {
  const groups: Moment[][] = [];
  for (const moment of moments) {
    const group = groups.at(-1);
    const first = group?.[0];
    if (group && first && first.by === moment.by && moment.at - first.at < stretch) group.push(moment);
    else groups.push([moment]);
  }
  return groups.map((group) => {
    const last = group.at(-1) as Moment;
    return group.length === 1 ? last : { at: last.at, by: last.by, update: merged(group.map((m) => m.update)) };
  });
}

/** Moments as bytes. */
export function writeMoments(moments: readonly Moment[]): Uint8Array {
  const e = encoding.createEncoder();
  for (const { at, by, update } of moments) {
    encoding.writeVarUint(e, at);
    encoding.writeVarString(e, by);
    encoding.writeVarUint8Array(e, update);
  }
  return encoding.toUint8Array(e);
}

export function readMoments(bytes: Uint8Array): Moment[] {
  const d = decoding.createDecoder(bytes);
  const moments: Moment[] = [];
  while (decoding.hasContent(d)) moments.push({ at: decoding.readVarUint(d), by: decoding.readVarString(d), update: decoding.readVarUint8Array(d) });
  return moments;
}

/** A tail as it is handed to the thread: its times, writers and lengths. */
export function writeHeads({ ats, bys, updates }: { ats: readonly number[]; bys: readonly string[]; updates: Packed }): Uint8Array {
  const e = encoding.createEncoder();
  for (const [n, length] of updates.lengths().entries()) {
    encoding.writeVarUint(e, ats[n] ?? 0);
    encoding.writeVarString(e, bys[n] ?? "");
    encoding.writeVarUint(e, length);
  }
  return encoding.toUint8Array(e);
}
export function readTail(heads: Uint8Array, words: Uint8Array): Moment[] {
  const own = words.slice(); // What is shared cannot be read as text.
  const d = decoding.createDecoder(heads);
  const moments: Moment[] = [];
  for (let at = 0; decoding.hasContent(d); ) {
    const [time, by, length] = [decoding.readVarUint(d), decoding.readVarString(d), decoding.readVarUint(d)];
    moments.push({ at: time, by, update: own.subarray(at, at + length) });
    at += length;
  }
  return moments;
}

export const unpackMoments = (chapter: Uint8Array): Moment[] => readMoments(new Uint8Array(inflateRawSync(chapter)));
