import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData, useRevalidator } from "@remix-run/react";
import { lazy, Suspense, useCallback, useEffect, useState } from "react";
import { knownIn, readState } from "../collab/read";
import { roomOf } from "../collab/room";
import { Page, Thumb } from "../components/frame";
import { MinutesReading } from "../components/minutes/reading";
import { Phrase } from "../components/phrase";
import { QuorumSign, thereIn, useThere } from "../components/quorum";
import { Who } from "../components/sign";
import { found, look } from "../http/look.server";
import { missing } from "../http/respond.server";
import { titledBy } from "../http/title";
import { useWords } from "../i18n/t";
import { type MeetingPage, meetingPage } from "../views/meeting-page";
import { minutesAccess, minutesRecords, minutesShape, seatParty } from "../views/minutes";
import { maskFor, withoutNames } from "../views/names";

const MinutesEditor = lazy(() => import("../components/minutes/editor"));

export const meta = titledBy(({ meeting }: { meeting: MeetingPage }) => ({ key: "minutes.title", params: { body: meeting.body.name, n: meeting.position } }));
/** Only a meeting in session needs React in the browser; closed minutes are a page like any other. */
export const handle = { hydrate: (data: { live?: boolean } | undefined) => data?.live === true, enhance: "minutes" };

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer } = await look(args);
  const meeting = found(await meetingPage(db, viewer, { meetingId: args.params.id ?? "" }));
  const access = await minutesAccess(db, viewer, meeting.id);
  if (!access) throw missing();
  const { communityId, name } = viewer.actor;
  const room = roomOf({ communityId, meetingId: meeting.id });
  const shape = await minutesShape(db, communityId, meeting.id);
  const { liveState, enhance, env } = args.context.services;
  const state = liveState(room);
  const mask = await maskFor(db, viewer, meeting.id);
  const seen = meeting.agenda.filter((line) => line.visible).map((line) => line.id);
  return {
    meeting,
    recorded: withoutNames(await minutesRecords(db, viewer.actor, meeting.id, seen), mask),
    // What somebody may not see does not leave the server.
    sections: withoutNames(
      readState(state, shape).filter((s) => seen.includes(s.itemId)),
      mask,
    ),
    room,
    origin: env.LIVE_ORIGIN ?? null,
    live: access === "write" || access === "read",
    follows: access === "parts",
    canWrite: access === "write",
    // What a browser kept beyond this came too late.
    late: access === "over" ? { reader: enhance.late, known: JSON.stringify(knownIn(state)) } : null,
    me: { name, party: await seatParty(db, viewer.actor, meeting.id) },
  };
}

export default function Minutes() {
  const { meeting, recorded, sections, room, origin, live, follows, canWrite, late, me } = useLoaderData<typeof loader>();
  const { t, dates } = useWords();
  const there = useThere();
  const { revalidate } = useRevalidator();
  const onRecords = useCallback(() => revalidate(), [revalidate]);
  // The server renders the minutes to read; the editor takes their place once it can run.
  const [running, setRunning] = useState(false);
  useEffect(() => setRunning(true), []);
  const records = { ...recorded, meetingId: meeting.id, decisions: meeting.decisions, amend: meeting.can.record, assign: meeting.can.record };
  const reading = <MinutesReading meeting={meeting} sections={sections} records={records} />;
  const name = t("meeting.name", { body: meeting.body.name, n: meeting.position });
  return (
    <Page width="wide" back={{ href: `/meetings/${meeting.id}`, to: name }}>
      <h1 className="title title-big mb-2">
        <Phrase>{t("minutes.title", { body: meeting.body.name, n: meeting.position })}</Phrase>
      </h1>
      <p className="soft mb-5">
        {t("meeting.when", { date: dates.dayWeekdayTime(meeting.openedAt ?? meeting.startsAt), place: meeting.place })}
        {meeting.closedAt && (
          <>
            {t("list.stop")} {t("minutes.closedAt", { time: dates.dayTime(meeting.closedAt) })}
          </>
        )}
      </p>
      {meeting.masked && <p className="small soft mb-5">{t("meeting.masked")}</p>}
      <div className="minutes-page">
        <nav className="minutes-agenda" aria-label={t("meeting.agenda")}>
          <p className="small soft">{t("meeting.agenda.until", { n: meeting.agenda.length, time: dates.time(meeting.endsAt) })}</p>
          <ol>
            {meeting.agenda.map((line, n) => (
              <li key={line.id}>
                <a href={`#item-${line.id}`}>
                  <span className="n num">{n + 1}</span> {line.visible ? line.title : t("meeting.agenda.hidden")}
                </a>
              </li>
            ))}
          </ol>
        </nav>
        <article className="minutes-sheet">
          {late && <Late room={room} {...late} />}
          {follows && <div data-live={`/live?meeting=${meeting.id}&minutes=${meeting.id}`} data-live-words={t("live.changed")} />}
          {live && running ? (
            <Suspense fallback={reading}>
              <MinutesEditor meeting={meeting} records={records} room={room} origin={origin} me={me} canWrite={canWrite} onRecords={onRecords} />
            </Suspense>
          ) : (
            reading
          )}
        </article>
        <aside className="minutes-people">
          <QuorumSign meeting={meeting} />
          <p className="small soft mt-5">{there(thereIn(meeting))}</p>
          <ul className="seats">
            {meeting.seats.map((seat) => (
              <li key={seat.personId} className={seat.presence === "present" ? undefined : "faint"}>
                <Who party={seat.party} name={seat.name} />
                <span className="end small soft">
                  {seat.presence === "present" ? (seat.votes ? t(`role.${seat.role}`) : t("meeting.noVote")) : t(`meeting.presence.${seat.presence}`)}
                </span>
              </li>
            ))}
          </ul>
          {meeting.can.history && (
            <p className="mt-5">
              <a href={`/meetings/${meeting.id}/minutes/history`}>{t("history.link")}</a>
            </p>
          )}
          {(meeting.can.seat || meeting.can.close) && (
            <Thumb>
              {meeting.can.close && (
                <a className="btn btn-main" href={`/meetings/${meeting.id}/closing`}>
                  {t("meeting.close")}
                </a>
              )}
              {meeting.can.seat && (
                <a className="btn" href={`/meetings/${meeting.id}/attendance`}>
                  {t("meeting.roll")}
                </a>
              )}
            </Thumb>
          )}
        </aside>
      </div>
    </Page>
  );
}

/** Words this browser kept that came too late for the minutes; empty and hidden until a script finds some. */
function Late({ room, reader, known }: { room: string; reader: string; known: string }) {
  const { t } = useWords();
  return (
    <section
      className="late"
      hidden
      aria-label={t("minutes.late.title")}
      data-late={room}
      data-reader={reader}
      data-known={known}
      data-copied={t("minutes.late.copied")}
      data-selected={t("minutes.late.selected")}
      data-elsewhere={t("minutes.differs.elsewhere")}
    >
      <h2 className="title-small mb-2">{t("minutes.late.title")}</h2>
      <p className="soft mb-3">{t("minutes.late.lead")}</p>
      <div className="said" data-late-words />
      <p className="mt-4 flex flex-wrap gap-3">
        <button type="button" className="btn" data-late-copy>
          {t("minutes.late.copy")}
        </button>
        <button type="button" className="btn" data-late-done>
          {t("minutes.late.done")}
        </button>
      </p>
      <p className="small soft mt-2" role="status" data-late-said />
    </section>
  );
}
