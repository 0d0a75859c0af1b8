import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { closeMeeting } from "../commands/meeting/close";
import { CheckList } from "../components/form";
import { VerbPage } from "../components/verb-page";
import { actOnMeeting, meetingFor } from "../http/meeting-verb.server";
import { one } from "../http/respond.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";

export const meta = titled("meeting.close");
export const loader = (args: LoaderFunctionArgs) => meetingFor(args, "close");
export const action = (args: ActionFunctionArgs) => actOnMeeting(args, closeMeeting, (values) => ({ leave: one(values, "leave") || undefined }));

export default function Closing() {
  const { meeting, requestId, may } = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useT();
  const name = t("meeting.name", { body: meeting.body.name, n: meeting.position });
  const { unrecorded } = meeting;
  const undecided = meeting.agenda.filter((line) => !meeting.decisions.some((d) => d.itemId === line.id));
  return (
    <VerbPage
      back={{ href: `/meetings/${meeting.id}`, to: name }}
      title={t("meeting.close.title", { name })}
      lead={t("meeting.close.lead")}
      about={
        <>
          {unrecorded.length > 0 && (
            <div className="now now-late mb-4">
              <p className="head">{t("meeting.close.unrecorded", { n: unrecorded.length })}</p>
              <ul>
                {unrecorded.map((vote) => (
                  <li key={vote.id}>
                    {vote.question || t("meeting.agenda.hidden")}{" "}
                    {vote.question && (
                      <a
                        href={`/meetings/${meeting.id}/items/${vote.itemId}/decision?vote=${vote.id}`}
                        aria-label={t("meeting.close.record.of", { question: vote.question })}
                      >
                        {t("room.record")}
                      </a>
                    )}
                  </li>
                ))}
              </ul>
            </div>
          )}
          {undecided.length > 0 && (
            <div className="now now-soon">
              <p className="head">{t("meeting.close.undecided", { n: undecided.length })}</p>
              <ul>
                {undecided.map((line) => (
                  <li key={line.id}>{line.visible ? line.title : t("meeting.agenda.hidden")}</li>
                ))}
              </ul>
            </div>
          )}
        </>
      }
      sent={sent}
      fields={{ leave: t("meeting.close.leave") }}
      version={meeting.version}
      requestId={requestId}
      button={t("meeting.close.button")}
      may={may}
    >
      {unrecorded.length > 0 && (
        <CheckList
          name="leave"
          label={t("meeting.close.leave")}
          options={[{ value: "yes", label: t("meeting.close.leave.yes") }]}
          values={[]}
          none=""
          sent={sent}
        />
      )}
    </VerbPage>
  );
}
