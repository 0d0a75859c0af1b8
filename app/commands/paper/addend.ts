import { z } from "zod";
import { savePaperFile } from "../../data/papers.server";
import { words } from "../../domain/input";
import { freezeAddendum } from "../../domain/paper";
import { accept } from "../../domain/refusal";
import { said } from "../../papers/record";
import { seal } from "../../papers/seal";
import { command } from "../command";
import { headOf, salt } from "./record";
import { loadPaperState, onPaper, paperSubject } from "./state";

/** Paragraphs as people type them: an empty line, or just a new one, parts them. */
export const paragraphs = (text: string): string[] =>
  text
    .split(/\n+/)
    .map((line) => line.trim())
    .filter((line) => line !== "");

/** Put something right after the minutes were adopted: a dated paper of its own, signed by the same people. */
export const addToMinutes = command({
  action: "paper.addend",
  input: z.object({ ...onPaper, text: words(10_000) }),
  async load(tx, { paperId, text }, { actor, now, newId }) {
    const state = await loadPaperState(tx, paperId, actor);
    if (!state.ok) return state;
    const { paper, meeting } = state.value;
    const place = { id: newId(), round: 1, signers: paper.signers };
    const head = await headOf(tx, meeting, place, now);
    const to = { id: paper.id, fingerprint: paper.fingerprint };
    return accept({ ...state.value, place, frozen: seal({ kind: "addendum", ...head, to, paragraphs: paragraphs(text).map(said) }, salt) });
  },
  subject: paperSubject,
  decide: ({ paper, place, frozen }) => freezeAddendum(paper, { fingerprint: frozen.fingerprint, signers: place.signers }, place),
  async beside(tx, { paper, place, frozen }) {
    await savePaperFile(tx, { communityId: paper.communityId, paperId: place.id, round: 1, file: JSON.stringify(frozen) });
    return accept(null);
  },
});
