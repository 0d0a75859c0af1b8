import { z } from "zod";
import { loadIssue } from "../../data/issues.server";
import { loadDecision, loadMeeting } from "../../data/meetings.server";
import { loadCommunity } from "../../data/organisation.server";
import { decisionSubject } from "../../data/subjects.server";
import { localDay } from "../../domain/clock";
import { id } from "../../domain/input";
import { openProject } from "../../domain/project";
import { accept, refuse } from "../../domain/refusal";
import { command } from "../command";
import { checkPeople, planFields } from "./state";

/** Open a project under a decision: who does it, from when to when, for how much and from which sources. */
export const openAProject = command({
  action: "project.open",
  input: z.object({ decisionId: id, ...planFields, version: z.undefined().optional() }),
  async load(tx, { decisionId, ...given }, { actor, now, newId }) {
    const { communityId } = actor;
    const decision = await loadDecision(tx, communityId, decisionId);
    const issue = decision && (await loadIssue(tx, communityId, decision.issueId));
    const meeting = decision && (await loadMeeting(tx, communityId, decision.meetingId));
    const community = await loadCommunity(tx, communityId);
    if (!decision || !issue || !meeting || !community) return refuse("notFound", { what: decisionId });
    const people = await checkPeople(tx, communityId, given, now);
    return people.ok ? accept({ decision, issue, meeting, today: localDay(now, community.timeZone), id: newId() }) : people;
  },
  subject: ({ decision }) => decisionSubject(decision),
  decide: (state, { responsibleId, personId, name, ...plan }, { newId }) =>
    openProject(state, { responsibleId, personId, name, plan }, { id: state.id, today: state.today, newId }),
});
