// One meeting for one's own calendar program, for whoever may see the meeting.
import type { LoaderFunctionArgs } from "@remix-run/node";
import { invitationAnswer } from "../http/calendar.server";
import { found, look } from "../http/look.server";
import { preferencesOf } from "../http/preferences.server";
import { meetingEntry } from "../views/calendar";

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer } = await look(args);
  const entry = found(await meetingEntry(db, viewer, args.params.id ?? ""));
  const { locale } = await preferencesOf(args.request, viewer.community.locale);
  return invitationAnswer(entry, viewer.actor, locale, args.context.services.env.ORIGIN ?? new URL(args.request.url).origin);
}
