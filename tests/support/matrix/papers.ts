// Every command on papers, in every state of a paper.
import { closeMeeting } from "../../../app/commands/meeting/close";
import { openMeeting } from "../../../app/commands/meeting/open";
import { takeSeat } from "../../../app/commands/meeting/seat";
import { freezeTheMinutes } from "../../../app/commands/paper/freeze";
import { sendPaperBack } from "../../../app/commands/paper/send-back";
import { signPaper } from "../../../app/commands/paper/sign";
import { loadMeeting } from "../../../app/data/meetings.server";
import { loadPaper } from "../../../app/data/papers.server";
import type { Action } from "../../../app/domain/permission";
import { done, idOf } from "../house";
import { type Area, type Case, escalated, meetingWith } from "./stage";

/** The minutes of a closed meeting: frozen, sent back, and adopted. */
export const papers: Area = async ({ on, at, who }, attempt) => {
  const { perform } = on;
  const chair = who.by("chair@council");
  const council = [at.bodies.council];
  // Papers: the minutes of a closed meeting before they are frozen, frozen, sent back, and adopted.
  const sections: never[] = [];
  const paperOf = async (what: string) => {
    const meetingId = await meetingWith(on, at, who, [(await escalated({ on, at, who }, what)).id]);
    await done(perform, takeSeat, chair, { meetingId, personId: chair.personId, presence: "present" });
    await done(perform, openMeeting, chair, { meetingId });
    await done(perform, closeMeeting, chair, { meetingId });
    return { meetingId, paperId: idOf(await done(perform, freezeTheMinutes, chair, { meetingId, sections }), "paper.frozen") };
  };
  const papers = { frozen: await paperOf("frozen"), writing: await paperOf("sent back"), adopted: await paperOf("adopted") };
  const printOf = async (paperId: string) => (await loadPaper(on.store.read, at.communityId, paperId))?.fingerprint;
  const mistaken = { paperId: papers.writing.paperId, fingerprint: await printOf(papers.writing.paperId), reason: "wrong" };
  await done(perform, sendPaperBack, chair, mistaken);
  const mark = { kind: "drawn", strokes: [[1, 1, 9, 9]] };
  await done(perform, signPaper, chair, { paperId: papers.adopted.paperId, fingerprint: await printOf(papers.adopted.paperId), mark });

  const cases: Case[] = [];
  const paperAllows = { frozen: ["sign", "sendBack"], writing: ["finish", "mendRoll"], adopted: ["addend", "summarise"] };
  for (const [state, { meetingId, paperId }] of Object.entries(papers)) {
    const items = (await loadMeeting(on.store.read, at.communityId, meetingId))?.items ?? [];
    const inputs = {
      freeze: { meetingId, sections },
      sign: { paperId, fingerprint: await printOf(paperId), mark },
      sendBack: { paperId, fingerprint: await printOf(paperId), reason: "wrong" },
      withdraw: { paperId, fingerprint: await printOf(paperId), reason: "wrong" },
      finish: { paperId },
      mendRoll: { paperId, personId: chair.personId, presence: "absent", reason: "was not there" },
      addend: { paperId, text: "more" },
      summarise: { paperId, opening: "so", parts: [{ itemId: items[0]?.id, text: "heard" }] },
    };
    for (const [act, input] of Object.entries(inputs))
      cases.push({
        state,
        action: `paper.${act}` as Action,
        communityId: at.communityId,
        input,
        where: { bodies: { body: council }, people: { signer: [chair.personId] } },
        allowed: paperAllows[state as keyof typeof paperAllows].includes(act),
      });
  }
  await attempt(cases);
};
