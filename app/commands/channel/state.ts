import { z } from "zod";
import { loadChannel } from "../../data/channels.server";
import type { Db } from "../../data/dialect.server";
import { channelSubject } from "../../data/subjects.server";
import { id } from "../../domain/input";
import { accept, refuse } from "../../domain/refusal";

export const ofChannel = z.object({ channelId: id, version: z.undefined().optional() });

/** A channel and how people stand to it. */
export async function channelState(tx: Db, communityId: string, channelId: string) {
  const channel = await loadChannel(tx, communityId, channelId);
  if (!channel) return refuse("notFound", { what: channelId });
  return accept({ channel, may: await channelSubject(tx, communityId, channel) });
}
