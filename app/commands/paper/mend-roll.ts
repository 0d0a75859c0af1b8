import { z } from "zod";
import { mendRoll } from "../../domain/attendance";
import { id, words } from "../../domain/input";
import { mendedPresences } from "../../domain/meeting";
import { command } from "../command";
import { loadPaperState, onPaper, paperSubject } from "./state";

/** The roll was taken wrongly: it is put right while the minutes are mended, and the log keeps who did so and why. */
export const mendTheRoll = command({
  action: "paper.mendRoll",
  input: z.object({ ...onPaper, personId: id, presence: z.enum(mendedPresences, { error: "choice.missing" }), reason: words(500) }),
  load: (tx, { paperId }, { actor }) => loadPaperState(tx, paperId, actor),
  subject: paperSubject,
  decide: ({ meeting, paper }, right) => mendRoll(meeting, paper, right),
});
