// What the pages of one act on a paper share.
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import type { Command } from "../commands/command";
import { type PaperPage, paperPage } from "../views/paper-page";
import { found, look } from "./look.server";
import { preferencesOf } from "./preferences.server";
import { act, forAct, type Values } from "./respond.server";

/** The language papers are read in: the reader's, of the two they are written in. */
export async function paperLocale(request: Request, fallback: "zh-CN" | "en"): Promise<"zh-CN" | "en"> {
  return (await preferencesOf(request, fallback)).locale === "zh-CN" ? "zh-CN" : "en";
}

/** The paper, and whether this person may do `what` to it now. */
export async function paperFor(args: LoaderFunctionArgs, what?: keyof PaperPage["can"]) {
  const { db, viewer, requestId } = await look(args);
  const locale = await paperLocale(args.request, viewer.community.locale);
  const paper = found(await paperPage(db, viewer, { paperId: args.params.id ?? "", locale }));
  return forAct({ paper, requestId }, what ? paper.can[what] : true);
}

export function actOnPaper<Input extends { version?: number | undefined }, State>(
  args: ActionFunctionArgs,
  command: Command<Input, State>,
  fields: (values: Values) => object,
  form?: FormData,
) {
  return act(
    args,
    command,
    (values) => ({ paperId: args.params.id, ...fields(values) }),
    (done) => `/papers/${done.events.find((e) => e.type === "paper.frozen")?.id ?? args.params.id}`,
    form,
  );
}
