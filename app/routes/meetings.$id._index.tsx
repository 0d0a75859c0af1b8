import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Agenda } from "../components/agenda";
import { Sealed } from "../components/form";
import { Page, Thumb } from "../components/frame";
import { Phrase } from "../components/phrase";
import { useSaid } from "../components/procedure";
import { QuorumSign } from "../components/quorum";
import { DecisionBlock } from "../components/record";
import { Who } from "../components/sign";
import { found, look } from "../http/look.server";
import { titledBy } from "../http/title";
import { useWords } from "../i18n/t";
import { type MeetingPage, meetingPage } from "../views/meeting-page";
import { meetingHandouts } from "../views/minutes";
import { papersOfMeeting } from "../views/paper-page";

export const meta = titledBy(({ meeting }: { meeting: MeetingPage }) => ({ key: "meeting.name", params: { body: meeting.body.name, n: meeting.position } }));
export const handle = { enhance: "tools" };

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, requestId } = await look(args);
  const meeting = found(await meetingPage(db, viewer, { meetingId: args.params.id ?? "" }));
  return { meeting, handouts: await meetingHandouts(db, viewer.actor, meeting), papers: await papersOfMeeting(db, viewer, meeting.id), requestId };
}

export default function Meeting() {
  const { meeting, handouts, papers, requestId } = useLoaderData<typeof loader>();
  const given = new Map(meeting.agenda.map((line) => [line.id, handouts.filter((h) => h.itemId === line.id).length]));
  const { t, dates } = useWords();
  const frozen = papers.find((p) => p.kind === "minutes" && p.status !== "writing");
  const minutesHref = frozen ? `/papers/${frozen.id}` : `/meetings/${meeting.id}/minutes`;
  const said = useSaid();
  return (
    <Page back={{ href: `/bodies/${meeting.body.id}`, to: meeting.body.name }}>
      <p className="kicker">
        {meeting.status === "cancelled"
          ? t(meeting.reason === "" ? "meeting.status.emptied" : "meeting.status.cancelled", { reason: meeting.reason })
          : t(`meeting.status.${meeting.status}`)}
      </p>
      <h1 className="title title-big mb-2">
        <Phrase>{t("meeting.name", { body: meeting.body.name, n: meeting.position })}</Phrase>
      </h1>
      <p className="head mb-2">{t("meeting.when", { date: dates.dayWeekdayTime(meeting.startsAt), place: meeting.place })}</p>
      {meeting.urgency && <p className="measure said mb-2">{t("meeting.urgency", { why: meeting.urgency })}</p>}
      <p className="mb-2">
        <a href={`/meetings/${meeting.id}/invitation.ics`}>{t("calendar.add")}</a>
      </p>
      {(handouts.length > 0 || meeting.can.agenda) && (
        <p className="mb-2">
          <a href={`/meetings/${meeting.id}/handouts`}>{handouts.length > 0 ? t("handout.see", { n: handouts.length }) : t("handout.add")}</a>
        </p>
      )}
      <div data-live={`/live?meeting=${meeting.id}`} data-live-words={t("live.changed")} />
      <div className="under">
        <Reply meeting={meeting} requestId={requestId} />
        <Acts meeting={meeting} minutesHref={minutesHref} requestId={requestId} />
      </div>
      {papers.length > 0 && (
        <section className="section">
          <h2 className="title-small mb-2">{t("signing.papers")}</h2>
          <ul className="plain">
            {papers.map((paper) => (
              <li key={paper.id}>
                <a href={`/papers/${paper.id}`}>{t(`signing.kind.${paper.kind}`)}</a>{" "}
                <span className="small soft">{paper.status === "frozen" ? t("signing.waits") : t(`signing.status.${paper.status}`)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <div className="meeting-parts">
        <section>
          <h2 className="title-small mb-3">{t("meeting.agenda.until", { n: meeting.agenda.length, time: dates.time(meeting.endsAt) })}</h2>
          <Agenda meeting={meeting} papers={given} requestId={requestId} />
        </section>
        <section>
          <h2 className="title-small mb-3">{t("meeting.people")}</h2>
          {meeting.masked && <p className="small soft mb-3">{t("meeting.masked")}</p>}
          <QuorumSign meeting={meeting} />
          <p className="small mt-3">
            <a href={`/meetings/${meeting.id}/terms`}>{said(meeting.procedure) ? t("terms.link", { procedure: said(meeting.procedure) }) : t("terms.title")}</a>
          </p>
          <ul className="seats mt-3">
            {meeting.seats.map((seat) => (
              <li key={seat.personId}>
                <Who party={seat.party} name={seat.name} />
                <span className="end small soft">
                  {meeting.status === "called" && seat.presence === "unknown" ? t(`meeting.reply.${seat.reply}`) : t(`meeting.presence.${seat.presence}`)}
                  {!seat.votes && <> {t("meeting.noVote")}</>}
                </span>
              </li>
            ))}
          </ul>
        </section>
      </div>
      {meeting.decisions.length > 0 && (
        <section className="section issue-decisions">
          <h2 className="title-small">{t("meeting.decisions")}</h2>
          {meeting.decisions.map((decision) => (
            <DecisionBlock
              key={decision.id}
              decision={decision}
              issue
              amendHref={meeting.can.record ? `/decisions/${decision.id}` : undefined}
              taskHref={meeting.can.record ? `/decisions/${decision.id}/task` : undefined}
            />
          ))}
        </section>
      )}
    </Page>
  );
}

function Reply({ meeting, requestId }: { meeting: MeetingPage; requestId: string }) {
  const { t } = useWords();
  if (!meeting.can.reply) return <div />;
  return (
    <form method="post" action={`/meetings/${meeting.id}/reply`} className="now">
      <Sealed requestId={`${requestId}-reply`} />
      <p className="head">{meeting.myReply === "none" || meeting.myReply === null ? t("meeting.comes") : t(`meeting.comes.${meeting.myReply}`)}</p>
      <p className="btns mt-3">
        {(["yes", "no"] as const).map((coming) => (
          <button key={coming} className="btn" name="coming" value={coming} aria-pressed={meeting.myReply === coming}>
            {t(`home.${coming}`)}
          </button>
        ))}
      </p>
    </form>
  );
}

function Acts({ meeting, minutesHref, requestId }: { meeting: MeetingPage; minutesHref: string; requestId: string }) {
  const { t, dates } = useWords();
  const { can, status, opensAt } = meeting;
  const main = mainAct(meeting);
  const others = [
    main === "room" && can.read && { href: "minutes", label: can.write ? t("meeting.minutes.write") : t("meeting.minutes.read") },
    (can.seat || status === "inSession") && { href: "screen", label: t("room.screen") },
    can.seat && { href: "table", label: t("room.table") },
    can.seat && (status === "inSession" || opensAt !== null) && { href: "attendance", label: t("meeting.roll") },
    can.move && { href: "time", label: t("meeting.move") },
    can.cancel && { href: "cancellation", label: t("meeting.cancel") },
    can.close && { href: "closing", label: t("meeting.close") },
  ].filter((o) => o !== false);
  const counted = meeting.seats.some((s) => s.presence === "present");
  if (!main && others.length === 0) return null;
  return (
    <Thumb>
      {main === "roll" && (
        <a className="btn btn-main" href={`/meetings/${meeting.id}/attendance`}>
          {t("meeting.roll")}
        </a>
      )}
      {main === "open" && (
        <form method="post" action={`/meetings/${meeting.id}/opening`} className="contents" data-once>
          <Sealed version={meeting.version} requestId={requestId} />
          <button className="btn btn-main">{t("meeting.open")}</button>
          <a className="btn" href={`/meetings/${meeting.id}/attendance`}>
            {t("meeting.roll")}
          </a>
        </form>
      )}
      {main === "room" && (
        <a className="btn btn-main" href={`/meetings/${meeting.id}/room`}>
          {t("room.enter")}
        </a>
      )}
      {main === "minutes" && (
        <a className="btn btn-main" href={minutesHref}>
          {can.write ? t("meeting.minutes.write") : t("meeting.minutes.read")}
        </a>
      )}
      {can.open && opensAt !== null && <p className="small soft">{t("meeting.open.from", { when: dates.dayWeekdayTime(opensAt) })}</p>}
      {main === "open" && !counted && <p className="small soft">{t("meeting.open.hint")}</p>}
      {others.length > 0 && (
        <details className="more">
          <summary>{t("issue.more")}</summary>
          <ul>
            {others.map((o) => (
              <li key={o.href}>
                <a href={`/meetings/${meeting.id}/${o.href}`}>{o.label}</a>
              </li>
            ))}
          </ul>
        </details>
      )}
    </Thumb>
  );
}

/** First the roll, then the opening, then the room, then the minutes. */
function mainAct({ can, seats, opensAt }: MeetingPage): "roll" | "open" | "room" | "minutes" | null {
  if (can.enter) return "room";
  // Before its time there is nothing to press: people were told another hour.
  if (can.open && opensAt !== null) return null;
  if (can.open) return seats.some((s) => s.presence === "present") ? "open" : "roll";
  return can.read ? "minutes" : null;
}
