import { saveLetter } from "../../data/letters.server";
import { resend } from "../../domain/letter";
import { command } from "../command";
import { letterState, ofLetter } from "./state";

/** Try a letter that was given up once more, from the beginning; it keeps its id, so that whoever got it after all folds it. */
export const resendLetter = command({
  action: "letter.resend",
  input: ofLetter,
  load: (tx, { letterId }, { actor }) => letterState(tx, actor.communityId, letterId),
  subject: ({ may }) => may,
  decide: ({ letter, channel }) => resend(letter, channel),
  async beside(tx, { letter }, _input, { now }) {
    await saveLetter(tx, { ...letter, status: "failed", tries: 0, firstAt: null, nextAt: now });
    return undefined;
  },
});
