import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { openMeeting } from "../commands/meeting/open";
import { QuorumSign } from "../components/quorum";
import { VerbPage } from "../components/verb-page";
import { actOnMeeting, meetingFor } from "../http/meeting-verb.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";

export const meta = titled("meeting.open");
export const loader = (args: LoaderFunctionArgs) => meetingFor(args, "open");
export const action = (args: ActionFunctionArgs) =>
  actOnMeeting(
    args,
    openMeeting,
    () => ({}),
    () => `/meetings/${args.params.id}/minutes`,
  );

export default function Opening() {
  const { meeting, requestId, may } = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useT();
  return (
    <VerbPage
      back={{ href: `/meetings/${meeting.id}`, to: t("meeting.name", { body: meeting.body.name, n: meeting.position }) }}
      title={t("meeting.open")}
      lead={t("meeting.open.hint")}
      about={<QuorumSign meeting={meeting} />}
      sent={sent}
      fields={{}}
      version={meeting.version}
      requestId={requestId}
      button={t("meeting.open")}
      may={may}
    />
  );
}
