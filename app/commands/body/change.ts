import { bodyFields, placeBody } from "../../domain/body";
import { id, version } from "../../domain/input";
import { accept, refuse } from "../../domain/refusal";
import { command } from "../command";
import { loadHouse } from "./state";

// When it meets contradicts nothing about what it is.
const harmless: ReadonlySet<string> = new Set(["body.cadenceSet", "body.cadenceEnded"]);

/** Change a body: its name, its upper level, its quorum rule. */
export const changeBody = command({
  action: "body.change",
  input: bodyFields.extend({ bodyId: id, version }),
  async load(tx, { bodyId }, { actor }) {
    const house = await loadHouse(tx, actor.communityId, bodyId);
    const body = house.bodies.get(bodyId);
    return body ? accept({ ...house, body }) : refuse("notFound", { what: bodyId });
  },
  subject: ({ subject }) => subject,
  seen: ({ body }) => ({ kind: "body", id: body.id, version: body.version, harmless, whole: true }),
  decide: (state, { version: _, bodyId, ...fields }) => placeBody(state.body, fields, state, bodyId),
});
