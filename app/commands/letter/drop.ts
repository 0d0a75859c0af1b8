import { saveLetter } from "../../data/letters.server";
import { drop } from "../../domain/letter";
import { command } from "../command";
import { letterState, ofLetter } from "./state";

/** Give a letter up for good. What it said stays in the product, for whoever it was for. */
export const dropLetter = command({
  action: "letter.drop",
  input: ofLetter,
  load: (tx, { letterId }, { actor }) => letterState(tx, actor.communityId, letterId),
  subject: ({ may }) => may,
  decide: ({ letter }) => drop(letter),
  async beside(tx, { letter }) {
    await saveLetter(tx, { ...letter, status: "dropped" });
    return undefined;
  },
});
