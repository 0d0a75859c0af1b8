import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { checkInToMeeting } from "../commands/meeting/check-in";
import { ProblemSummary, Sealed, TextInput } from "../components/form";
import { Phrase } from "../components/phrase";
import { found, look } from "../http/look.server";
import { actOnMeeting } from "../http/meeting-verb.server";
import { one } from "../http/respond.server";
import { titled } from "../http/title";
import { useWords } from "../i18n/t";
import { meetingPage } from "../views/meeting-page";

export const meta = titled("room.checkIn");
export const handle = { enhance: "room" };

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, requestId } = await look(args);
  const meeting = found(await meetingPage(db, viewer, { meetingId: args.params.id ?? "" }));
  return { meeting, requestId, code: new URL(args.request.url).searchParams.get("code") ?? "", seat: meeting.seats.find((s) => s.me) ?? null };
}

export const action = (args: ActionFunctionArgs) =>
  actOnMeeting(
    args,
    checkInToMeeting,
    (values) => ({ version: undefined, code: one(values, "code").trim() }),
    () => `/meetings/${args.params.id}/room`,
  );

export default function CheckIn() {
  const { meeting, requestId, code, seat } = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const { t, dates, now } = useWords();
  const runs = meeting.status === "called" || meeting.status === "inSession";
  const why = !seat ? "notInvited" : !runs ? "over" : seat.presence === "present" ? "done" : null;
  return (
    <main id="main" className="page page-narrow" data-room="" data-now={now} data-queued={t("room.queued")} data-late={t("room.queued.late")}>
      <p className="kicker">{t("meeting.when", { date: dates.dayWeekdayTime(meeting.startsAt), place: meeting.place })}</p>
      <h1 className="title title-big mb-3">
        <Phrase>{t("meeting.name", { body: meeting.body.name, n: meeting.position })}</Phrase>
      </h1>
      {sent && (
        <div data-stays="" data-key="problem">
          <ProblemSummary sent={sent} fields={{ code: t("room.checkIn.code") }} />
        </div>
      )}
      {why ? (
        <div data-key="why">
          <p className="head">{t(`room.checkIn.${why}`)}</p>
          <p className="mt-5">
            <a className="btn btn-main" href={`/meetings/${meeting.id}${why === "done" ? "/room" : ""}`}>
              {t(why === "done" ? "room.enter" : "room.meeting")}
            </a>
          </p>
        </div>
      ) : (
        <form method="post" action={`/meetings/${meeting.id}/check-in`} id="check-in" data-press="queue" className="stack">
          <Sealed requestId={requestId} />
          <p className="soft">{t("room.checkIn.lead", { name: seat?.name ?? "" })}</p>
          {code ? (
            <input type="hidden" name="code" value={code} />
          ) : (
            <TextInput name="code" label={t("room.checkIn.code")} hint={t("room.checkIn.code.hint")} sent={sent} autoComplete="off" />
          )}
          <div className="thumb">
            <button className="btn btn-main">{t("room.checkIn.button")}</button>
          </div>
        </form>
      )}
    </main>
  );
}
