import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { ComingList } from "../components/calendar";
import { Page } from "../components/frame";
import { Phrase } from "../components/phrase";
import { look } from "../http/look.server";
import { titled } from "../http/title";
import { useWords } from "../i18n/t";
import { plannedInCommunity } from "../views/calendar";
import { type MeetingRow, meetingList } from "../views/meeting-page";

export const meta = titled("nav.meetings");

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer } = await look(args);
  return { ...(await meetingList(db, viewer)), planned: await plannedInCommunity(db, viewer) };
}

export default function Meetings() {
  const { coming, unheld, past, cancelled, planned } = useLoaderData<typeof loader>();
  const { t } = useWords();
  return (
    <Page width="narrow">
      <h1 className="title title-big mb-5">
        <Phrase>{coming.length > 0 ? t("meeting.list.title", { n: coming.length }) : t("meeting.list.none")}</Phrase>
      </h1>
      <Rows meetings={coming} />
      {turned(coming) && <p className="small soft mt-3">{t("meeting.list.numbers")}</p>}
      {unheld.length > 0 && (
        <section className="section">
          <h2 className="title-small">{t("meeting.list.unheld")}</h2>
          <p className="small soft">{t("meeting.list.unheld.lead")}</p>
          <Rows meetings={unheld} unheld />
        </section>
      )}
      {planned.length > 0 && (
        <section className="section">
          <h2 className="title-small">{t("calendar.planned")}</h2>
          <ComingList coming={planned} />
        </section>
      )}
      <section className="section">
        <h2 className="title-small">{t("meeting.list.past")}</h2>
        {past.length === 0 && <p className="soft">{t("meeting.list.noPast")}</p>}
        <Rows meetings={past} />
      </section>
      {cancelled.length > 0 && (
        <section className="section">
          <h2 className="title-small">{t("meeting.list.cancelled")}</h2>
          <Rows meetings={cancelled} />
        </section>
      )}
    </Page>
  );
}

/** Whether some meeting comes before one of its body that has a lower number. */
const turned = (coming: readonly MeetingRow[]): boolean => coming.some((m, n) => coming.slice(n + 1).some((l) => l.body === m.body && l.position < m.position));

function Rows({ meetings, unheld = false }: { meetings: readonly MeetingRow[]; unheld?: boolean }) {
  const { t, dates } = useWords();
  if (meetings.length === 0) return null;
  return (
    <ul className="rows">
      {meetings.map((m) => (
        <li key={m.id}>
          <a className="row" href={`/meetings/${m.id}`}>
            <div className="top">
              <span className="small soft">
                {m.status === "called" && m.mine && !unheld ? t(`meeting.reply.${m.reply ?? "none"}`) : t(`meetingStatus.${m.status}`)}
              </span>
              <span className="small faint">{t("meeting.items", { n: m.items })}</span>
            </div>
            <h2>{t("meeting.name", { body: m.body, n: m.position })}</h2>
            <p className="soft">{t("meeting.when", { date: dates.dayWeekdayTime(m.startsAt), place: m.place })}</p>
          </a>
        </li>
      ))}
    </ul>
  );
}
