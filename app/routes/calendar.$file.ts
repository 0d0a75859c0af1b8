// A calendar's secret address. Programs fetch it without a cookie; the token in it is all they have.
import type { LoaderFunctionArgs } from "@remix-run/node";
import { feedAnswer, noCalendar } from "../http/calendar.server";
import { feedContent } from "../views/calendar";

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const { env, store, now } = context.services;
  const token = /^(.*)\.ics$/.exec(params.file ?? "")?.[1] ?? "";
  const content = await feedContent(store.read, token, now());
  return content ? feedAnswer(request, content, env.ORIGIN ?? new URL(request.url).origin) : noCalendar();
}
