import { z } from "zod";
import { bodyFields, placeBody } from "../../domain/body";
import { accept } from "../../domain/refusal";
import { command } from "../command";
import { loadHouse } from "./state";

/** Add a body to the tree. */
export const addBody = command({
  action: "body.add",
  input: bodyFields.extend({ version: z.undefined().optional() }),
  async load(tx, _input, { actor, newId }) {
    return accept({ ...(await loadHouse(tx, actor.communityId, null)), id: newId() });
  },
  subject: ({ subject }) => subject,
  decide: (state, { version: _, ...fields }) => placeBody(null, fields, state, state.id),
});
