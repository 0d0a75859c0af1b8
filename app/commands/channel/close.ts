import { closeChannel } from "../../domain/channel";
import { clockId } from "../../domain/permission";
import { command } from "../command";
import { channelState, ofChannel } from "./state";

/** Close a channel: by whoever it is for, or by the clock when nobody is behind the address any more. */
export const closeWordChannel = command({
  action: "channel.close",
  input: ofChannel,
  load: (tx, { channelId }, { actor }) => channelState(tx, actor.communityId, channelId),
  subject: ({ may }) => may,
  decide: ({ channel }, _input, { actorId }) => closeChannel(channel, actorId === clockId ? "gone" : "own"),
});
