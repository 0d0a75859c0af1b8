import { z } from "zod";
import { optionalWords } from "../../domain/input";
import { changePlan } from "../../domain/project";
import { command } from "../command";
import { checkPeople, loadProjectState, onProject, planFields, projectOfState, seenProject } from "./state";

/** Lay the plan, or change it with a reason once it runs. */
export const planProject = command({
  action: "project.plan",
  input: z.object({ ...onProject, ...planFields, reason: optionalWords(500) }),
  async load(tx, { projectId, ...given }, { actor, now }) {
    const state = await loadProjectState(tx, projectId, actor, now);
    if (!state.ok) return state;
    const people = await checkPeople(tx, actor.communityId, given, now);
    return people.ok ? state : people;
  },
  subject: projectOfState,
  // A report made meanwhile contradicts no plan: what it began is kept, and whether a reason is owed is asked again.
  seen: (state) => ({ ...seenProject(state), harmless: new Set(["project.received", "project.reported"]), whole: true }),
  decide: ({ project, today }, { responsibleId, personId, name, reason, ...plan }, { newId }) =>
    changePlan(project, { responsibleId, personId, name, reason, plan }, { today, newId }),
});
