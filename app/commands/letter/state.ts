import { z } from "zod";
import { loadChannel } from "../../data/channels.server";
import type { Db } from "../../data/dialect.server";
import { loadLetter } from "../../data/letters.server";
import { communitySubject } from "../../data/subjects.server";
import { id } from "../../domain/input";
import { accept, refuse } from "../../domain/refusal";

export const ofLetter = z.object({ letterId: id, version: z.undefined().optional() });

/** A letter of the community, the channel it is for, and who the community's secretary is. */
export async function letterState(tx: Db, communityId: string, letterId: string) {
  const letter = await loadLetter(tx, communityId, letterId);
  if (!letter) return refuse("notFound", { what: letterId });
  return accept({ letter, channel: await loadChannel(tx, communityId, letter.channelId), may: await communitySubject(tx, communityId) });
}
