import { z } from "zod";
import { channelsOf, keepAddress } from "../../data/channels.server";
import { loadBody } from "../../data/organisation.server";
import { channelSubject } from "../../data/subjects.server";
import { addressInput, checkAddress, isRobot, openChannel } from "../../domain/channel";
import type { DomainEvent } from "../../domain/event";
import { accept, type Outcome, refuse } from "../../domain/refusal";
import { id } from "../../domain/vocabulary";
import { command } from "../command";

/**
 * Open a channel: one's own mailbox or browser (no body), or a body's group robot. The address is laid beside the event and never
 * leaves again. `testOrigin` comes from the environment, never from a form.
 */
export const openWordChannel = command({
  action: "channel.open",
  input: z.object({ bodyId: id.nullable(), address: addressInput, testOrigin: z.string().nullable().default(null), version: z.undefined().optional() }),
  async load(tx, { bodyId, address }, { actor, newId }) {
    const { communityId, personId } = actor;
    if (isRobot(address.kind) !== (bodyId !== null)) return refuse("input.malformed", { field: "kind" }, "kind");
    const body = bodyId === null ? null : await loadBody(tx, communityId, bodyId);
    if (bodyId !== null && !body) return refuse("notFound", { what: bodyId });
    const of = body ? { personId: null, bodyId: body.id } : { personId, bodyId: null };
    const running = await channelsOf(tx, communityId, body ? { bodyId: body.id } : { personId });
    return accept({ communityId, of, body, running, id: newId(), may: await channelSubject(tx, communityId, of) });
  },
  subject: ({ may }) => may,
  decide({ of, body, running, id: channelId }, { address, testOrigin }): Outcome<DomainEvent[]> {
    if (body?.endedAt) return refuse("body.ended", { name: body.name });
    const checked = checkAddress(address, testOrigin);
    return checked.ok ? openChannel(running, { id: channelId, kind: address.kind, ...of }) : checked;
  },
  async beside(tx, { communityId, id: channelId }, { address, testOrigin }) {
    const checked = checkAddress(address, testOrigin);
    if (checked.ok) await keepAddress(tx, communityId, channelId, checked.value);
    return undefined;
  },
});
