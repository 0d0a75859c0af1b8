// What the pages of one act on a project share, and its forms' fields as commands take them.
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import type { Command } from "../commands/command";
import { limits, sources } from "../domain/project";
import { type ProjectAct, projectPage } from "../views/project-page";
import { found, look } from "./look.server";
import { act, forAct, one, orNull, type Values } from "./respond.server";

export async function projectFor(args: LoaderFunctionArgs, what: ProjectAct) {
  const { db, viewer, requestId } = await look(args);
  const project = found(await projectPage(db, viewer, { projectId: args.params.id ?? "" }));
  return forAct({ project, requestId }, project.can[what]);
}

/** Run `command` on the project of the address with the form's fields, then back to its page. */
export function actOnProject<Input extends { version?: number | undefined }, State>(
  args: ActionFunctionArgs,
  command: Command<Input, State>,
  fields: (values: Values) => object = (values) => ({ text: one(values, "text") }),
  form?: FormData,
) {
  return act(
    args,
    command,
    (values) => ({ projectId: args.params.id, version: one(values, "version") || undefined, ...fields(values) }),
    () => `/projects/${args.params.id}`,
    form,
  );
}

export const moneyIn = (values: Values, under: string) => Object.fromEntries(sources.map((source) => [source, one(values, `${under}.${source}`)]));

/** Lines keep their place, so that a refusal names the one people see; a line without a name is none. */
function linesIn(values: Values) {
  const lines: (object | null)[] = [];
  for (let n = 0; n <= limits.milestones && values[`milestones.${n}.title`] !== undefined; n++) {
    const field = (name: string) => one(values, `milestones.${n}.${name}`);
    const empty = field("title").trim() === "" && (field("id") !== "" || (field("startsOn") === "" && field("endsOn") === ""));
    lines.push(
      empty
        ? null
        : {
            id: orNull(field("id")),
            title: field("title"),
            startsOn: field("startsOn"),
            endsOn: field("endsOn"),
            weight: field("weight"),
            // Nobody named: whoever does the project does it.
            ownerId: field("ownerId") || one(values, "responsibleId"),
          },
    );
  }
  return lines;
}

export const planIn = (values: Values) => ({
  name: one(values, "name"),
  responsibleId: one(values, "responsibleId"),
  personId: orNull(one(values, "personId")),
  startsOn: one(values, "startsOn"),
  endsOn: one(values, "endsOn"),
  budget: one(values, "budget"),
  funds: moneyIn(values, "funds"),
  milestones: linesIn(values),
});
