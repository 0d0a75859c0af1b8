import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { revokeSession } from "../commands/session/revoke";
import { endCookie, sessionNameOf, whoAsks } from "../http/session.server";

export async function action(args: ActionFunctionArgs) {
  const who = await whoAsks(args);
  if (who) await args.context.services.perform(revokeSession, who.actor, { session: sessionNameOf(who), current: who.sessionHash });
  return redirect("/sign-in", { status: 303, headers: { "Set-Cookie": await endCookie() } });
}
export const loader = () => redirect("/");
