import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { changedPreferences } from "../http/preferences.server";
import { formOf } from "../http/respond.server";
import { safePath } from "../http/session.server";

export async function action({ request }: ActionFunctionArgs) {
  const form = await formOf(request);
  const to = form.get("to");
  return redirect(safePath(typeof to === "string" ? to : null), { status: 303, headers: { "Set-Cookie": await changedPreferences(request, form) } });
}
export const loader = () => redirect("/");
