// From a form to a command and back to a page.
import { type ActionFunctionArgs, data, redirect } from "@remix-run/node";
import type { Command } from "../commands/command";
import type { Done } from "../commands/perform.server";
import { namesOf } from "../data/organisation.server";
import type { Refusal } from "../domain/refusal";
import type { SignedIn } from "./context";
import { signedIn } from "./session.server";

/** Which status a refusal is. Everything else is a 422: understood, and not done. */
export function statusOf(refusal: Refusal): number {
  switch (refusal.code) {
    case "forbidden":
      return 403;
    case "notFound":
      return 404;
    case "stale":
      return 409;
    case "tooManyTries":
      return 429;
    default:
      return refusal.code.startsWith("input.") ? 400 : 422;
  }
}

export type Values = Record<string, string | string[]>;
export type Refused = { refusal: Refusal; values: Values };

/** More than any form of ours has; a post with more was made by nobody's page. */
const mostFields = 1000;

/** A form's fields as text; a field given several times is a list; files are left out. */
export function valuesOf(form: FormData): Values {
  // Without a prototype: a field may be called "constructor".
  const values: Values = Object.create(null) as Values;
  let fields = 0;
  for (const [name, value] of form) {
    if (++fields > mostFields) throw redirect("/refused?code=input.malformed", 303);
    if (typeof value !== "string" || name.startsWith("__")) continue;
    const before = values[name];
    if (before === undefined) values[name] = value;
    else if (Array.isArray(before)) before.push(value);
    else values[name] = [before, value];
  }
  return values;
}

/** The form of a request; what is no form at all gets a page that says so. */
export async function formOf(request: Request): Promise<FormData> {
  try {
    return await request.formData();
  } catch {
    // Not a form, or cut short: there is nothing in it to give back.
    throw redirect("/refused?code=input.malformed", 303);
  }
}

/** One value of a field, whatever was forged into the form. */
export const one = (values: Values, name: string): string => {
  const value = values[name];
  return (Array.isArray(value) ? value[0] : value) ?? "";
};
export const many = (values: Values, name: string): string[] => {
  const value = values[name];
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
};

/** Sends back what was refused with everything that was typed. */
export const refused = (refusal: Refusal, values: Values) => data<Refused>({ refusal, values }, { status: statusOf(refusal) });

/**
 * Runs a command from a posted form: on success on to `next`, on a refusal back with what was typed.
 * `input` turns the form's fields into the command's.
 */
export async function act<Input extends { version?: number | undefined }, State>(
  args: ActionFunctionArgs,
  command: Command<Input, State>,
  input: (values: Values) => unknown,
  next: (done: Done, values: Values, who: SignedIn) => string | Promise<string>,
  form?: FormData,
) {
  const who = await signedIn(args);
  const values = valuesOf(form ?? (await formOf(args.request)));
  const requestId = one(values, "requestId");
  const done = await args.context.services.perform(command, who.actor, input(values), {
    requestId: /^[\w-]{8,64}$/.test(requestId) ? requestId : undefined,
  });
  if (done.ok) throw redirect(await next(done.value, values, who), 303);
  return refused(await named(args, who, done.refusal), values);
}

/** A conflict names who came first. */
async function named(args: ActionFunctionArgs, who: SignedIn, refusal: Refusal): Promise<Refusal> {
  if (refusal.code !== "stale") return refusal;
  const by = String(refusal.params.by);
  const names = await namesOf(args.context.services.store.read, who.actor.communityId, [by]);
  return { ...refusal, params: { ...refusal.params, by: names.get(by) ?? "" } };
}

/** An empty field means "none". */
export const orNull = (text: string): string | null => (text === "" ? null : text);
export const orNothing = (text: string): string | undefined => (text === "" ? undefined : text);

/** The page that is not there, or not for this person to know of. */
export const missing = () => new Response(null, { status: 404 });

/**
 * The data of a page for one act. Whoever may not act is told so with a 403; but what a refused post brought back is
 * still shown, because the loader answers after the action too.
 */
export const forAct = <T extends object>(props: T, may: boolean) => data({ ...props, may }, { status: may ? 200 : 403 });
