import { channelsOf } from "../../data/channels.server";
import { moveWaiting } from "../../data/letters.server";
import { confirmChannel } from "../../domain/channel";
import { accept } from "../../domain/refusal";
import { command } from "../command";
import { channelState, ofChannel } from "./state";

/** Say yes to the question a mailbox was sent: whoever does reads there. What still waited for the mailbox before comes here. */
export const confirmWordChannel = command({
  action: "channel.confirm",
  input: ofChannel,
  async load(tx, { channelId }, { actor }) {
    const state = await channelState(tx, actor.communityId, channelId);
    if (!state.ok) return state;
    const { personId } = state.value.channel;
    return accept({ ...state.value, running: personId === null ? [] : await channelsOf(tx, actor.communityId, { personId }) });
  },
  subject: ({ may }) => may,
  decide: ({ channel, running }) => confirmChannel(channel, running),
  async beside(tx, { channel }, _input, { events }) {
    for (const event of events) if (event.type === "channel.closed") await moveWaiting(tx, channel.communityId, event.id, channel.id);
    return undefined;
  },
});
