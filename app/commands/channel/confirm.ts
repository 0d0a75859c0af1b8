import { confirmChannel } from "../../domain/channel";
import { command } from "../command";
import { channelState, ofChannel } from "./state";

/** Say yes to the question a mailbox was sent: whoever does reads there. */
export const confirmWordChannel = command({
  action: "channel.confirm",
  input: ofChannel,
  load: (tx, { channelId }, { actor }) => channelState(tx, actor.communityId, channelId),
  subject: ({ may }) => may,
  decide: ({ channel }) => confirmChannel(channel),
});
