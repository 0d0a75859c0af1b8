import { z } from "zod";
import { words } from "../../domain/input";
import { withdraw } from "../../domain/paper";
import { command } from "../command";
import { fingerprint, loadPaperState, onPaper, paperSubject } from "./state";

/** Take back a summary or an addendum before it is in force: it stays to be read as withdrawn, and another may be drawn up. */
export const withdrawPaper = command({
  action: "paper.withdraw",
  input: z.object({ ...onPaper, fingerprint, reason: words(500) }),
  load: (tx, { paperId }, { actor }) => loadPaperState(tx, paperId, actor),
  subject: paperSubject,
  decide: ({ paper }, saw) => withdraw(paper, saw),
});
