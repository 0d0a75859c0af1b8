// What every page of one act on an issue begins with.
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import type { Command } from "../commands/command";
import { originOf } from "../views/forward";
import { type IssueAct, issuePage } from "../views/issue-page";
import { found, look } from "./look.server";
import { act, forAct, one, type Values } from "./respond.server";

/** The issue, and whether this person may do `what` to it now. */
export async function issueFor(args: LoaderFunctionArgs, what: IssueAct) {
  const { db, viewer, requestId } = await look(args);
  const issue = found(await issuePage(db, viewer, { number: args.params.number ?? "" }));
  // Sent on from adopted minutes: their words are filled in.
  const paper = new URL(args.request.url).searchParams.get("paper");
  const origin = paper ? await originOf(db, viewer, paper, issue.id) : null;
  return forAct({ issue, requestId, origin }, issue.can[what]);
}

/** Run `command` on the issue of the address with the form's fields, then back to its page. */
export function actOnIssue<Input extends { version?: number | undefined }, State>(
  args: ActionFunctionArgs,
  command: Command<Input, State>,
  fields: (values: Values) => object,
  next: (values: Values) => string | Promise<string> = () => `/issues/${args.params.number}`,
  form?: FormData,
) {
  return act(
    args,
    command,
    (values) => ({ number: args.params.number, version: one(values, "version") || undefined, ...fields(values) }),
    (_done, values) => next(values),
    form,
  );
}

export const textOf = (values: Values) => ({ text: one(values, "text") });
