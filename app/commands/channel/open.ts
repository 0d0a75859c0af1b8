import { z } from "zod";
import { channelsOf, channelsTo, keepAddress, questionsSince } from "../../data/channels.server";
import { moveWaiting } from "../../data/letters.server";
import { loadBody } from "../../data/organisation.server";
import { channelSubject } from "../../data/subjects.server";
import { addressInput, checkAddress, isRobot, openChannel, questionsCountFor } from "../../domain/channel";
import type { DomainEvent } from "../../domain/event";
import { id } from "../../domain/input";
import { accept, type Outcome, refuse } from "../../domain/refusal";
import { command } from "../command";

/**
 * Open a channel: one's own mailbox or browser (no body), or a body's group robot. The address is laid beside the event and never
 * leaves again. `testOrigin` comes from the environment, never from a form.
 */
export const openWordChannel = command({
  action: "channel.open",
  input: z.object({ bodyId: id.nullable(), address: addressInput, testOrigin: z.string().nullable().default(null), version: z.undefined().optional() }),
  async load(tx, { bodyId, address, testOrigin }, { actor, newId, now }) {
    const { communityId, personId } = actor;
    if (isRobot(address.kind) !== (bodyId !== null)) return refuse("input.malformed", { field: "kind" }, "kind");
    const body = bodyId === null ? null : await loadBody(tx, communityId, bodyId);
    if (bodyId !== null && !body) return refuse("notFound", { what: bodyId });
    const of = body ? { personId: null, bodyId: body.id } : { personId, bodyId: null };
    const running = await channelsOf(tx, communityId, body ? { bodyId: body.id } : { personId });
    const checked = checkAddress(address, testOrigin);
    const sameBrowser = checked.ok && checked.value.kind === "push" ? await channelsTo(tx, communityId, checked.value.endpoint) : [];
    const since = new Date(Date.parse(now) - questionsCountFor).toISOString();
    const questions = address.kind === "mail" ? await questionsSince(tx, communityId, personId, since) : 0;
    return accept({ communityId, of, body, checked, running, sameBrowser, questions, id: newId(), may: await channelSubject(tx, communityId, of) });
  },
  subject: ({ may }) => may,
  decide({ of, body, checked, id: channelId, ...there }, { address }): Outcome<DomainEvent[]> {
    if (body?.endedAt) return refuse("body.ended", { name: body.name });
    return checked.ok ? openChannel(there, { id: channelId, kind: address.kind, ...of }) : checked;
  },
  async beside(tx, { communityId, id: channelId, checked, running }, _input, { events }) {
    if (checked.ok) await keepAddress(tx, communityId, channelId, checked.value);
    // What waits for somebody else who used this browser is not for whoever uses it now.
    const own = running.filter((c) => c.confirmedAt !== null && events.some((e) => e.type === "channel.closed" && e.id === c.id));
    for (const { id: from } of own) await moveWaiting(tx, communityId, from, channelId);
    return undefined;
  },
});
