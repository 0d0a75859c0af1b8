import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { moveMeeting } from "../commands/meeting/move";
import { typed } from "../components/form";
import { MeetingTimes } from "../components/meeting-times";
import { VerbPage } from "../components/verb-page";
import { wallClock } from "../domain/clock";
import { look } from "../http/look.server";
import { actOnMeeting, meetingFor, whenAndWhere } from "../http/meeting-verb.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";

export const meta = titled("meeting.move");
export const loader = (args: LoaderFunctionArgs) => meetingFor(args, "move");
export async function action(args: ActionFunctionArgs) {
  const { viewer } = await look(args);
  return actOnMeeting(args, moveMeeting, (values) => whenAndWhere(values, viewer.community.timeZone));
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
