import { z } from "zod";
import { attachmentsOf, draftOwner, giveAttachments } from "../../data/attachments.server";
import { day, id, optionalWords, percentGiven } from "../../domain/input";
import { amount } from "../../domain/money";
import { limits, report } from "../../domain/project";
import { accept } from "../../domain/refusal";
import { command } from "../command";
import { loadProjectState, onProject, projectOfState, seenProject } from "./state";

/** Report how far it is on a day: percentages, what was spent, words and photos. */
export const reportOnProject = command({
  action: "project.report",
  input: z.object({
    ...onProject,
    day,
    percent: percentGiven.nullable().default(null),
    percents: z
      .array(z.object({ id, percent: percentGiven }))
      .max(limits.milestones, { error: `list.tooLong:${limits.milestones}` })
      .default([]),
    spent: amount,
    text: optionalWords(2000),
  }),
  async load(tx, { projectId }, { actor, now, newId }) {
    const state = await loadProjectState(tx, projectId, actor, now);
    if (!state.ok) return state;
    const photos = await attachmentsOf(tx, actor.communityId, "draft", [draftOwner(actor.personId, `project.${projectId}`)]);
    return accept({ ...state.value, photos: photos.length, reportId: newId() });
  },
  subject: projectOfState,
  seen: (state) => ({ ...seenProject(state), whole: true }),
  decide: ({ project, photos, reportId, today }, { day: on, percent, percents, spent, text }) =>
    report(project, { day: on, percent, percents, spent, text, photos }, { id: reportId, today }),
  async beside(tx, { project, reportId }, _input, { actor }) {
    await giveAttachments(tx, actor.communityId, draftOwner(actor.personId, `project.${project.id}`), { kind: "project", id: reportId });
    return undefined;
  },
});
