import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { replyToMeeting } from "../commands/meeting/reply";
import { Choices } from "../components/form";
import { VerbPage } from "../components/verb-page";
import { actOnMeeting, meetingFor } from "../http/meeting-verb.server";
import { one } from "../http/respond.server";
import { safePath } from "../http/session.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";

export const meta = titled("meeting.comes");
export const loader = (args: LoaderFunctionArgs) => meetingFor(args, "reply");
export const action = (args: ActionFunctionArgs) =>
  actOnMeeting(
    args,
    replyToMeeting,
    (values) => ({ coming: one(values, "coming") }),
    (values) => (values.to ? safePath(one(values, "to")) : `/meetings/${args.params.id}`),
  );

export default function Reply() {
  const { meeting, requestId, may } = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useT();
  return (
    <VerbPage
      back={{ href: `/meetings/${meeting.id}`, to: t("meeting.name", { body: meeting.body.name, n: meeting.position }) }}
      title={t("meeting.comes")}
      sent={sent}
      fields={{ coming: t("meeting.comes") }}
      requestId={requestId}
      button={t("reply.button")}
      may={may}
    >
      <Choices
        name="coming"
        label={t("meeting.comes")}
        sent={sent}
        options={[
          { value: "yes", label: t("home.yes") },
          { value: "no", label: t("home.no") },
        ]}
      />
    </VerbPage>
  );
}
