// The past of a document: every moment of it, and who wrote what.
import * as Y from "yjs";
import { birthOf } from "./births";
import type { Moment, UpdateLog } from "./log";
import { birthUpdate } from "./update";

type Log = Pick<UpdateLog, "id" | "history" | "writers">;

/** When somebody wrote: the times of all moments kept, in milliseconds since 1970, oldest first. */
export const momentsOf = (log: Log, room: string): Omit<Moment, "update">[] => [...log.history(room)].map(({ at, by }) => ({ at, by }));

/** The document as it was at a time, deleted words included where Yjs can show them. The caller destroys it. */
export function documentAt(log: Log, room: string, at: number): Y.Doc {
  const doc = new Y.Doc({ gc: false });
  doc.transact(() => {
    // Somebody may have leaned on it.
    Y.applyUpdate(doc, birthUpdate(birthOf(log.id, room)));
    for (const moment of log.history(room)) if (moment.at <= at) Y.applyUpdate(doc, moment.update);
  });
  return doc;
}

export type Written = { text: string; by: string };
/** The words of a text in their order, each stretch with its writer: the person's id, or empty for the server. */
export function whoWrote(text: Y.Text, writers: ReadonlyMap<number, string>): Written[] {
  const found: Written[] = [];
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted || !(item.content instanceof Y.ContentString)) continue;
    const by = writers.get(item.id.client) ?? "";
    const last = found.at(-1);
    if (last?.by === by) last.text += item.content.str;
    else found.push({ text: item.content.str, by });
  }
  return found;
}
