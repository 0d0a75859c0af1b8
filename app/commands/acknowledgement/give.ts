import { z } from "zod";
import { loadAcknowledgement } from "../../data/clocks.server";
import { loadIssue } from "../../data/issues.server";
import { seesIssue } from "../../data/subjects.server";
import { acknowledge } from "../../domain/acknowledgement";
import { id, optionalWords, version } from "../../domain/input";
import { accept, refuse } from "../../domain/refusal";
import { command } from "../command";

/** A level signs that it knows what came down to it, and says what it does about it. */
export const giveAcknowledgement = command({
  action: "acknowledgement.give",
  input: z.object({ acknowledgementId: id, text: optionalWords(500), version }),
  async load(tx, { acknowledgementId }, { actor }) {
    const owed = await loadAcknowledgement(tx, actor.communityId, acknowledgementId);
    const issue = owed && (await loadIssue(tx, actor.communityId, owed.issueId));
    if (!owed || !issue || !(await seesIssue(tx, actor, issue))) return refuse("notFound", { what: acknowledgementId });
    return accept({ owed });
  },
  subject: ({ owed }) => ({ communityId: owed.communityId, bodies: { body: [owed.bodyId] }, people: {} }),
  // A newer answer takes the place of one nobody has signed for yet: what is signed is what was read.
  seen: ({ owed }) => ({ kind: "acknowledgement", id: owed.id, version: owed.version }),
  decide: ({ owed }, { text }) => acknowledge(owed, text),
});
