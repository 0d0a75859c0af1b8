import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { moveMeeting } from "../commands/meeting/move";
import { typed } from "../components/form";
import { MeetingTimes } from "../components/meeting-times";
import { VerbPage } from "../components/verb-page";
import { wallClock } from "../domain/clock";
import { found, look } from "../http/look.server";
import { actOnMeeting, meetingFor, overlapAsked, timesOf } from "../http/meeting-verb.server";
import { formOf, one, refused, type Values, valuesOf } from "../http/respond.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";
import { meetingPage } from "../views/meeting-page";

export const meta = titled("meeting.move");
export const loader = (args: LoaderFunctionArgs) => meetingFor(args, "move");
export async function action(args: ActionFunctionArgs) {
  const { db, viewer } = await look(args);
  const form = await formOf(args.request);
  const { id, body } = found(await meetingPage(db, viewer, { meetingId: args.params.id ?? "" }));
  const asked = await overlapAsked(db, viewer, valuesOf(form), { bodyId: body.id, except: id });
  if (asked) return refused(asked, valuesOf(form));
  const to = (values: Values) => ({ place: one(values, "place"), ...timesOf(values, viewer.community.timeZone) });
  return actOnMeeting(args, moveMeeting, to, () => `/meetings/${id}`, form);
}

export default function Move() {
  const { meeting, requestId, may, timeZone } = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useT();
  const [starts, ends] = [wallClock(meeting.startsAt, timeZone), wallClock(meeting.endsAt, timeZone)];
  return (
    <VerbPage
      back={{ href: `/meetings/${meeting.id}`, to: t("meeting.name", { body: meeting.body.name, n: meeting.position }) }}
      title={t("meeting.move.title")}
      lead={t("meeting.move.lead")}
      sent={sent}
      fields={{ startsAt: t("meeting.call.day"), endsAt: t("meeting.call.to"), place: t("meeting.call.place") }}
      version={meeting.version}
      requestId={requestId}
      button={t("meeting.move.button")}
      may={may}
    >
      <MeetingTimes sent={sent} day={typed(sent, "day", starts.slice(0, 10))} from={starts.slice(11, 16)} to={ends.slice(11, 16)} place={meeting.place} />
    </VerbPage>
  );
}
