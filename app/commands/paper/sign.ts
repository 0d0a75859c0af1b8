import { z } from "zod";
import { namesOf } from "../../data/organisation.server";
import { saveSignature } from "../../data/papers.server";
import { frozenOf, storedSignatures } from "../../data/record-file.server";
import { ink } from "../../domain/ink";
import { line } from "../../domain/input";
import { sign, signsAsSelf } from "../../domain/paper";
import { can } from "../../domain/permission";
import { accept, refuse } from "../../domain/refusal";
import type { FreshMark } from "../../papers/record";
import { signStatement, statementDigest } from "../../papers/sign";
import { command } from "../command";
import { communitySeal, refsOf, salt } from "./record";
import { fingerprint, loadPaperState, onPaper, paperSubject } from "./state";

const point = z.number().int().min(0).max(ink.width);
/** A name as it was typed, or as it was drawn on 600 × 200: strokes of x, y, x, y … */
export const freshMark = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("typed"), text: line(60) }),
  z.object({
    kind: z.literal("drawn"),
    strokes: z
      .array(
        z
          .array(point)
          .min(4)
          .max(2 * ink.points),
      )
      .min(1)
      .max(ink.strokes),
  }),
]);

/** Sign exactly what one has seen; the password was checked at the door. The last signature adopts. */
export const signPaper = command({
  action: "paper.sign",
  input: z.object({ ...onPaper, fingerprint, mark: freshMark }),
  async load(tx, { paperId, mark }, { actor, now }) {
    const state = await loadPaperState(tx, paperId, actor);
    if (!state.ok) return state;
    const { paper, meeting } = state.value;
    const before = await storedSignatures(tx, paper);
    const seat = meeting.seats.find((s) => s.personId === actor.personId);
    const signer = refsOf(meeting).get(actor.personId);
    // The seal says nothing in anybody's name but the name of who sits there.
    if (!signer) return refuse(can(actor, "paper.sign", paperSubject(state.value)) ? "paper.notSigner" : "forbidden", {});
    const signature = signStatement(
      await communitySeal(tx, actor.communityId, now),
      await frozenOf(tx, paper),
      { signer, office: seat?.role ?? "member", at: now, mark: mark as FreshMark, salt: salt() },
      before,
    );
    const own = mark.kind === "typed" ? ((await namesOf(tx, actor.communityId, [actor.personId])).get(actor.personId) ?? "") : "";
    const otherName = mark.kind === "typed" && !signsAsSelf(mark.text, own) ? { own } : null;
    return accept({ ...state.value, signature, position: before.length, otherName });
  },
  subject: paperSubject,
  decide: ({ paper, signature, otherName }, { fingerprint }, { actorId }) =>
    sign(paper, { fingerprint, statement: statementDigest(signature.statement), otherName }, actorId),
  async beside(tx, { paper, signature, position }, _input, { actor, now }) {
    await saveSignature(tx, {
      communityId: paper.communityId,
      paperId: paper.id,
      round: paper.round,
      position,
      personId: actor.personId,
      at: now,
      statement: JSON.stringify(signature.statement),
      signature: signature.signature,
      mark: JSON.stringify(signature.mark),
    });
    return accept(null);
  },
});
