import { z } from "zod";
import { endBody } from "../../domain/body";
import { accept, refuse } from "../../domain/refusal";
import { id, version } from "../../domain/vocabulary";
import { command } from "../command";
import { loadHouse } from "./state";

/** End a body that holds nothing any more. Its record stays. */
export const endABody = command({
  action: "body.end",
  input: z.object({ bodyId: id, version }),
  async load(tx, { bodyId }, { actor }) {
    const house = await loadHouse(tx, actor.communityId, bodyId);
    const body = house.bodies.get(bodyId);
    return body ? accept({ ...house, body }) : refuse("notFound", { what: bodyId });
  },
  subject: ({ subject }) => subject,
  seen: ({ body }) => ({ kind: "body", id: body.id, version: body.version }),
  decide: (state) => endBody(state.body, state),
});
