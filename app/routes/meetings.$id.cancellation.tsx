import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { cancelMeeting } from "../commands/meeting/cancel";
import { TextArea } from "../components/form";
import { VerbPage } from "../components/verb-page";
import { actOnMeeting, meetingFor } from "../http/meeting-verb.server";
import { one } from "../http/respond.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";

export const meta = titled("meeting.cancel");
export const loader = (args: LoaderFunctionArgs) => meetingFor(args, "cancel");
export const action = (args: ActionFunctionArgs) => actOnMeeting(args, cancelMeeting, (values) => ({ text: one(values, "text") }));

export default function Cancellation() {
  const { meeting, requestId, may } = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useT();
  return (
    <VerbPage
      back={{ href: `/meetings/${meeting.id}`, to: t("meeting.name", { body: meeting.body.name, n: meeting.position }) }}
      title={t("meeting.cancel.title")}
      lead={t("meeting.cancel.lead")}
      sent={sent}
      fields={{ text: t("meeting.cancel.text") }}
      version={meeting.version}
      requestId={requestId}
      button={t("meeting.cancel.button")}
      may={may}
    >
      <TextArea name="text" label={t("meeting.cancel.text")} sent={sent} max={500} rows={2} />
    </VerbPage>
  );
}
