import { z } from "zod";
import type { MinutesSection } from "../../collab/read";
import { minutesOf, savePaperFile } from "../../data/papers.server";
import { freezeMinutes, signersOf } from "../../domain/paper";
import { accept } from "../../domain/refusal";
import { seal } from "../../papers/seal";
import { command } from "../command";
import { loadMeetingState, meetingOfState, onMeeting } from "../meeting/state";
import { communitySeal, minutesRecord, salt } from "./record";

/**
 * Freeze the minutes of a closed meeting under their fingerprint. Given by whoever serves the live documents, once nobody
 * writes any more: `sections` is what the document holds.
 */
export const freezeTheMinutes = command({
  action: "paper.freeze",
  input: z.object({ ...onMeeting, sections: z.custom<MinutesSection[]>((value) => Array.isArray(value)) }),
  async load(tx, { meetingId, sections }, { actor, now, newId }) {
    const state = await loadMeetingState(tx, meetingId, actor);
    if (!state.ok) return state;
    const { meeting } = state.value;
    const before = await minutesOf(tx, actor.communityId, meetingId);
    const paper = { id: before?.id ?? newId(), round: (before?.round ?? 0) + 1, signers: signersOf(meeting) };
    // Whoever takes a copy of it needs the seal, signed or not.
    await communitySeal(tx, actor.communityId, now);
    const frozen = seal(await minutesRecord(tx, meeting, sections, paper, now), salt);
    return accept({ ...state.value, before, place: paper, frozen });
  },
  subject: meetingOfState,
  decide: ({ meeting, before, place, frozen }) => freezeMinutes(meeting, before, { fingerprint: frozen.fingerprint, signers: place.signers }, place),
  async beside(tx, { meeting, place, frozen }) {
    await savePaperFile(tx, { communityId: meeting.communityId, paperId: place.id, round: place.round, file: JSON.stringify(frozen) });
    return accept(null);
  },
});
