import { z } from "zod";
import { words } from "../../domain/input";
import { sendBack } from "../../domain/paper";
import { command } from "../command";
import { fingerprint, loadPaperState, onPaper, paperSubject } from "./state";

/** Something in the minutes is wrong: they are opened for mending, and everybody signs anew. */
export const sendPaperBack = command({
  action: "paper.sendBack",
  input: z.object({ ...onPaper, fingerprint, reason: words(500) }),
  load: (tx, { paperId }, { actor }) => loadPaperState(tx, paperId, actor),
  subject: paperSubject,
  decide: ({ paper }, saw, { actorId }) => sendBack(paper, saw, actorId),
});
