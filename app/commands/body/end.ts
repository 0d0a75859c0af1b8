import { z } from "zod";
import { loadCommunity } from "../../data/organisation.server";
import { handsOf, openTasksBehind } from "../../data/tasks.server";
import { endBody } from "../../domain/body";
import { localDay } from "../../domain/clock";
import { id, version } from "../../domain/input";
import { accept, refuse } from "../../domain/refusal";
import { fallAll } from "../../domain/task-work";
import { command } from "../command";
import { loadHouse } from "./state";

/** End a body that holds nothing any more. Its record stays; its open tasks fall to the bodies that decided on them. */
export const endABody = command({
  action: "body.end",
  input: z.object({ bodyId: id, version }),
  async load(tx, { bodyId }, { actor, now }) {
    const house = await loadHouse(tx, actor.communityId, bodyId);
    const body = house.bodies.get(bodyId);
    const community = await loadCommunity(tx, actor.communityId);
    if (!body || !community) return refuse("notFound", { what: bodyId });
    const today = localDay(now, community.timeZone);
    const left = [];
    for (const task of await openTasksBehind(tx, actor.communityId, bodyId)) left.push({ task, hands: await handsOf(tx, task, today, bodyId) });
    return accept({ ...house, body, left });
  },
  subject: ({ subject }) => subject,
  seen: ({ body }) => ({ kind: "body", id: body.id, version: body.version }),
  decide: (state) => {
    const ended = endBody(state.body, state);
    return ended.ok ? fallAll(ended.value, state.left) : ended;
  },
});
