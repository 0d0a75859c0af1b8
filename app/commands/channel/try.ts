import { tryChannel } from "../../domain/channel";
import { command } from "../command";
import { channelState, ofChannel } from "./state";

/** Send a trial message to a channel. */
export const tryWordChannel = command({
  action: "channel.try",
  input: ofChannel,
  load: (tx, { channelId }, { actor }) => channelState(tx, actor.communityId, channelId),
  subject: ({ may }) => may,
  decide: ({ channel }) => tryChannel(channel),
});
