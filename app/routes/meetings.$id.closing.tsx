import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { closeMeeting } from "../commands/meeting/close";
import { VerbPage } from "../components/verb-page";
import { actOnMeeting, meetingFor } from "../http/meeting-verb.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";

export const meta = titled("meeting.close");
export const loader = (args: LoaderFunctionArgs) => meetingFor(args, "close");
export const action = (args: ActionFunctionArgs) => actOnMeeting(args, closeMeeting, () => ({}));

export default function Closing() {
  const { meeting, requestId, may } = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useT();
  const name = t("meeting.name", { body: meeting.body.name, n: meeting.position });
  const undecided = meeting.agenda.filter((line) => !meeting.decisions.some((d) => d.itemId === line.id));
  return (
    <VerbPage
      back={{ href: `/meetings/${meeting.id}`, to: name }}
      title={t("meeting.close.title", { name })}
      lead={t("meeting.close.lead")}
      about={
        undecided.length > 0 && (
          <div className="now now-soon">
            <p className="head">{t("meeting.close.undecided", { n: undecided.length })}</p>
            <ul>
              {undecided.map((line) => (
                <li key={line.id}>{line.visible ? line.title : t("meeting.agenda.hidden")}</li>
              ))}
            </ul>
          </div>
        )
      }
      sent={sent}
      fields={{}}
      version={meeting.version}
      requestId={requestId}
      button={t("meeting.close.button")}
      may={may}
    />
  );
}
