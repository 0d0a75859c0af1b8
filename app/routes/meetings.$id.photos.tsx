// A photo for the minutes: taken in like any other, answered with its name or with what was wrong.
import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { look } from "../http/look.server";
import { keepPhoto } from "../http/photos.server";
import { preferencesOf } from "../http/preferences.server";
import { formOf } from "../http/respond.server";
import { refusalWords } from "../i18n/refusal-words";
import { wordsFor } from "../i18n/t";
import { minutesAccess } from "../views/minutes";

export const loader = ({ params }: { params: { id?: string } }) => redirect(`/meetings/${params.id}`);

export async function action(args: ActionFunctionArgs) {
  const { db, viewer } = await look(args);
  const meetingId = args.params.id ?? "";
  if ((await minutesAccess(db, viewer, meetingId)) !== "write") return Response.json({}, { status: 403 });
  const photo = (await formOf(args.request)).get("photo");
  const kept = photo instanceof File ? await keepPhoto(args.context.services.store, viewer, photo, meetingId) : null;
  if (kept?.ok) return Response.json({ id: kept.value.id });
  const { locale } = await preferencesOf(args.request, viewer.community.locale);
  const words = wordsFor(locale, viewer.community.timeZone, viewer.now);
  return Response.json({ problem: kept ? refusalWords(kept.refusal, words).what : undefined }, { status: 422 });
}
