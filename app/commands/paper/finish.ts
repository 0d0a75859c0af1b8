import { z } from "zod";
import { finish } from "../../domain/paper";
import { command } from "../command";
import { loadPaperState, onPaper, paperSubject } from "./state";

/** The minutes are mended: they are frozen again once nobody writes any more. */
export const finishPaper = command({
  action: "paper.finish",
  input: z.object({ ...onPaper }),
  load: (tx, { paperId }, { actor }) => loadPaperState(tx, paperId, actor),
  subject: paperSubject,
  decide: ({ paper }) => finish(paper),
});
