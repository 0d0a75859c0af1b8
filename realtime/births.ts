// A document's birth: a client id that no honest client draws, the same for a document of a log for ever, another in
// every other log. Whoever holds words of the document holds it too, and is known by it.
import { createHash } from "node:crypto";

/** Client ids from here on are births: clients draw theirs from 32 bits. */
export const firstBirth = 2 ** 32;

export function birthOf(logId: string, room: string): number {
  const digest = createHash("sha256").update(logId).update("\n").update(room).digest();
  return firstBirth + digest.readUIntBE(0, 6);
}
