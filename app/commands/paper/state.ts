// What the commands on one paper look at.
import { z } from "zod";
import type { Db } from "../../data/dialect.server";
import { loadPaper } from "../../data/papers.server";
import { meetingSubject } from "../../data/subjects.server";
import { id } from "../../domain/input";
import type { Paper } from "../../domain/paper";
import type { Actor } from "../../domain/permission";
import { accept, type Outcome, refuse } from "../../domain/refusal";
import { loadMeetingState, type MeetingState } from "../meeting/state";

/** No version: what somebody signs or sends back is named by its fingerprint, and the rest by where the paper stands. */
export const onPaper = { paperId: id, version: z.undefined().optional() };
/** Which text the person saw. */
export const fingerprint = z.string({ error: "id.missing" }).regex(/^[0-9a-f]{64}$/, { error: "id.malformed" });
export type PaperState = MeetingState & { paper: Paper };

export async function loadPaperState(tx: Db, paperId: string, actor: Actor): Promise<Outcome<PaperState>> {
  const paper = await loadPaper(tx, actor.communityId, paperId);
  if (!paper) return refuse("notFound", { what: paperId });
  const state = await loadMeetingState(tx, paper.meetingId, actor);
  return state.ok ? accept({ ...state.value, paper }) : state;
}

/** The meeting, and who must sign. */
export const paperSubject = ({ meeting, paper }: Pick<PaperState, "meeting" | "paper">) => ({
  ...meetingSubject(meeting),
  people: { invited: meeting.seats.map((s) => s.personId), signer: paper.signers },
});
