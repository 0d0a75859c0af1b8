// What the form of a project's plan begins with, and whom it offers.
import type { Db } from "../data/dialect.server";
import { type Money, noMoney, type Source } from "../domain/project";
import { assignees, workersOfAny } from "./people";
import type { ProjectPage } from "./project-page";
import type { Viewer } from "./viewer";

export type PlanForm = {
  name: string;
  responsibleId: string;
  personId: string;
  startsOn: string;
  endsOn: string;
  budget: number | null;
  funds: Money;
  lines: { id: string; title: string; startsOn: string; endsOn: string; weight: number; ownerId: string }[];
  bodies: { value: string; label: string }[];
  people: { value: string; label: string }[];
};

const empty = { id: "", title: "", startsOn: "", endsOn: "", weight: 1, ownerId: "" };

async function offered(db: Db, viewer: Viewer, bodyId: string, ownName: string): Promise<Pick<PlanForm, "bodies" | "people">> {
  const bodies = [...(await assignees(db, viewer, bodyId)).bodies, { id: bodyId, name: ownName }];
  const people = await workersOfAny(db, viewer, bodies);
  return {
    bodies: bodies.map(({ id, name }) => ({ value: id, label: name })),
    people: people.map(({ id, name }) => ({ value: id, label: name })),
  };
}

/** An empty plan under a decision of `body`, with room for a few steps. */
export async function newPlan(db: Db, viewer: Viewer, body: { id: string; name: string }, startsOn: string): Promise<PlanForm> {
  const lines = Array.from({ length: 4 }, () => empty);
  return {
    name: "",
    responsibleId: "",
    personId: "",
    startsOn,
    endsOn: "",
    budget: null,
    funds: noMoney,
    lines,
    ...(await offered(db, viewer, body.id, body.name)),
  };
}

/** The plan as it is, with room for two more steps. */
export async function planAsIs(db: Db, viewer: Viewer, project: ProjectPage): Promise<PlanForm> {
  const choices = await offered(db, viewer, project.body.id, project.body.name);
  // Whoever was in charge and has left the body since is in charge no more.
  const { person } = project;
  const funds: Money = { ...noMoney, ...(Object.fromEntries(project.money.map((m) => [m.source, m.planned])) as Partial<Record<Source, number>>) };
  return {
    name: project.name,
    responsibleId: project.responsible.id,
    personId: person?.id ?? "",
    startsOn: project.startsOn,
    endsOn: project.endsOn,
    budget: project.budget,
    funds,
    lines: [...project.milestones.map(({ id, title, startsOn, endsOn, weight, ownerId }) => ({ id, title, startsOn, endsOn, weight, ownerId })), empty, empty],
    ...choices,
  };
}
