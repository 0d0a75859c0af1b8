import { z } from "zod";
import { loadIssue } from "../../data/issues.server";
import { papersOf, savePaperFile, summariesIn } from "../../data/papers.server";
import { resolutionsIn } from "../../data/record-file.server";
import { localDay } from "../../domain/clock";
import { id, optionalWords, words } from "../../domain/input";
import { chairOf, claimsDecision, freezeSummary } from "../../domain/paper";
import { accept, refuse } from "../../domain/refusal";
import { type OpenRecord, said } from "../../papers/record";
import { seal } from "../../papers/seal";
import { command } from "../command";
import { paragraphs } from "./addend";
import { headOf, salt } from "./record";
import { loadPaperState, onPaper, paperSubject } from "./state";

/**
 * Draw up the summary of decisions (纪要) of adopted minutes: its opening, and for each item what was found. What was
 * resolved comes from the minutes: nobody writes it a second time, and words that claim a decision are refused.
 */
export const summariseMinutes = command({
  action: "paper.summarise",
  input: z.object({
    ...onPaper,
    opening: words(2000),
    parts: z
      .array(z.object({ itemId: id, text: optionalWords(4000) }))
      .min(1, { error: "list.missing" })
      .max(80, { error: "list.tooLong:80" }),
  }),
  async load(tx, { paperId, opening, parts }, { actor, now, newId }) {
    const state = await loadPaperState(tx, paperId, actor);
    if (!state.ok) return state;
    const { paper, meeting, timeZone } = state.value;
    if (claimsDecision(opening)) return refuse("paper.claimsDecision", {}, "opening");
    const claims = parts.find((p) => claimsDecision(p.text));
    if (claims) return refuse("paper.claimsDecision", {}, `text.${claims.itemId}`);
    const papers = await papersOf(tx, actor.communityId, meeting.id);
    if (papers.some((p) => p.kind === "summary" && p.toId === paper.id && p.status !== "withdrawn")) return refuse("paper.summarisedAlready", {});
    const year = Number(localDay(now, timeZone).slice(0, 4));
    const number = (await summariesIn(tx, actor.communityId, paper.bodyId, year)) + 1;
    // Whoever chaired signs it; the minutes it follows from were signed by all who had to.
    const place = { id: newId(), round: 1, signers: [chairOf(meeting)].filter((personId) => personId !== null), year, number };
    const drawn: Extract<OpenRecord, { kind: "summary" }>["parts"] = [];
    const resolved = paper.kind === "minutes" ? await resolutionsIn(tx, paper) : new Map<string, string[]>();
    for (const item of meeting.items) {
      const text = parts.find((p) => p.itemId === item.id)?.text ?? "";
      const resolutions = resolved.get(item.id) ?? [];
      if (text === "" && resolutions.length === 0) continue;
      const issue = await loadIssue(tx, actor.communityId, item.issueId);
      drawn.push({
        title: said(issue?.title ?? ""),
        issueNumber: issue?.number ?? null,
        paragraphs: paragraphs(text).map(said),
        resolutions: resolutions.map(said),
      });
    }
    const open: OpenRecord = {
      kind: "summary",
      ...(await headOf(tx, meeting, place, now)),
      number: { year, n: number },
      issuedAt: now,
      opening: paragraphs(opening).map(said),
      parts: drawn,
      attachments: [],
    };
    return accept({ ...state.value, place, frozen: seal(open, salt) });
  },
  subject: paperSubject,
  decide: ({ paper, place, frozen }) =>
    freezeSummary(paper, { year: place.year, number: place.number }, { fingerprint: frozen.fingerprint, signers: place.signers }, place),
  async beside(tx, { paper, place, frozen }) {
    await savePaperFile(tx, { communityId: paper.communityId, paperId: place.id, round: 1, file: JSON.stringify(frozen) });
    return accept(null);
  },
});
