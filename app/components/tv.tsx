// The hall's screen: one idea at a time, nothing smaller than a twenty-fifth of its height.
import type { CSSProperties } from "react";
import { useT, useWords } from "../i18n/t";
import type { RoomPage, RoomVote } from "../views/room";
import { Phrase } from "./phrase";
import { QrCode } from "./qr";
import { Since, TimeLeft, useNeeded, useResult, WallClock } from "./room-parts";
import { Logo, Seal } from "./sign";

/** `wide` is how many characters the title takes, about. */
export type Screen = {
  room: RoomPage;
  title: 1 | 2 | 3 | 4;
  wide: number;
  question: 1 | 2 | 3 | 4;
  alone: boolean;
  code: { path: string; size: number } | null;
};

export function Tv({ room, title, wide, question, alone, code }: Screen) {
  const t = useT();
  const { meeting, item, vote } = room;
  return (
    <>
      <header className="tv-head">
        <Logo />
        <span>{meeting.body.name}</span>
        <span className="soft">{t("room.tv.nth", { n: meeting.position })}</span>
        <span className="tv-clock">
          <WallClock />
        </span>
      </header>
      {meeting.status === "called" && <Before room={room} code={code} />}
      {meeting.status === "inSession" && vote && alone && (
        <div className="tv-body tv-end" data-key="alone">
          <TvVote vote={vote} step={2} alone />
        </div>
      )}
      {meeting.status === "inSession" && !(vote && alone) && (
        <div className={`tv-body${vote ? " tv-votes" : ""}`} data-key="sits">
          <div className="tv-item">
            {item && <p className="tv-kicker">{t("room.item", { n: item.n, of: item.of })}</p>}
            <h1 className={`tv-title tv-title-${title}`} style={{ "--wide": Math.max(1, wide) } as CSSProperties}>
              <Phrase>{!item ? t("room.noItem") : item.line.visible ? item.line.title : t("meeting.agenda.hidden")}</Phrase>
            </h1>
            {item && (
              <p className="tv-left">
                <TimeLeft item={item} exact />
                {item.late && <span className="tv-late">{t("room.late.short")}</span>}
              </p>
            )}
          </div>
          <Speakers room={room} most={vote ? 3 : 5} />
          {vote && <TvVote vote={vote} step={question} />}
        </div>
      )}
      {(meeting.status === "closed" || meeting.status === "cancelled") && (
        <div className="tv-body tv-end" data-key="over">
          <h1 className="tv-title tv-title-1">{t(meeting.status === "closed" ? "room.tv.thanks" : "room.tv.cancelled")}</h1>
          {meeting.status === "closed" && <p className="tv-left">{t("room.tv.decided", { n: meeting.decisions.length })}</p>}
        </div>
      )}
    </>
  );
}

function Speakers({ room, most }: { room: RoomPage; most: number }) {
  const t = useT();
  const { speaker, queue } = room;
  const shown = queue.slice(0, most - (speaker ? 1 : 0));
  return (
    <ol className="tv-speakers" aria-label={t("room.floor")} aria-live="polite">
      {speaker && (
        <li className="tv-speaks" data-key={`says-${speaker.personId}`}>
          <Seal party={speaker.party} />
          <span>{speaker.name}</span>
          <span className="tv-time">
            <Since at={speaker.since} />
          </span>
        </li>
      )}
      {shown.map((hand) => (
        <li key={hand.personId} data-key={`hand-${hand.personId}`}>
          <Seal party={hand.party} />
          <span>{hand.name}</span>
          {hand.kind === "order" && <span className="tv-time">{t("room.hand.order")}</span>}
        </li>
      ))}
      {queue.length > shown.length && <li className="soft">{t("room.tv.more", { n: queue.length - shown.length })}</li>}
    </ol>
  );
}

const kinds = ["for", "against", "abstained"] as const;

function TvVote({ vote, step, alone }: { vote: RoomVote; step: number; alone?: boolean }) {
  const t = useT();
  const needed = useNeeded();
  const result = useResult();
  const counted = vote.status !== "open" || vote.method === "rollCall";
  const Question = alone ? "h1" : "b";
  const left = Math.max(0, vote.voters - vote.total.for - vote.total.against - vote.total.abstained);
  return (
    <section className="tv-vote" data-key={`vote-${vote.id}`} aria-label={t("room.vote")}>
      <div className="tv-question">
        <Question className={`tv-q tv-q-${step}`}>
          <Phrase>{vote.question}</Phrase>
        </Question>
        <span className={vote.status === "carried" ? "tv-ok" : "tv-result"} aria-live="polite">
          {vote.status === "carried" && (
            <svg viewBox="0 0 16 16" aria-hidden="true">
              <path d="m1.8 8.6 4 4L14.2 3.6" fill="none" stroke="currentColor" strokeWidth="2.4" />
            </svg>
          )}
          {result(vote)}
        </span>
      </div>
      {counted && (
        <div className="tally" aria-hidden="true">
          {kinds.map((kind) => vote.total[kind] > 0 && <i key={kind} className={kind} style={{ flex: vote.total[kind] }} />)}
          {left > 0 && <i className="tv-open" style={{ flex: left }} />}
        </div>
      )}
      <p className="tv-counts">
        {counted &&
          kinds.map((kind) => (
            <span key={kind}>
              <span className={`key ${kind}`} aria-hidden="true" />
              {t(`decision.${kind}`)} <b>{vote.total[kind]}</b>
            </span>
          ))}
        <span className="soft tv-needed">{needed(vote)}</span>
      </p>
    </section>
  );
}

/** Before it begins: when and where, who is expected, and the way in. */
function Before({ room, code }: { room: RoomPage; code: Screen["code"] }) {
  const { t, dates } = useWords();
  const { meeting } = room;
  const { quorum, seats } = meeting;
  const shown = seats.slice(0, seats.length > 12 ? 11 : 12);
  return (
    <div className="tv-body tv-before" data-key="called">
      <div className="tv-item">
        <p className="tv-kicker">{t("room.tv.soon", { n: meeting.agenda.length })}</p>
        <h1 className="tv-title tv-title-3">{t("meeting.when", { date: dates.dayWeekdayTime(meeting.startsAt), place: meeting.place })}</h1>
        <p className="tv-left" aria-live="polite">
          {t("room.tv.arrived", { due: quorum.due, present: quorum.present - quorum.represented })}
        </p>
        <ul className="tv-expected">
          {shown.map((seat) => (
            <li key={seat.personId} data-key={seat.personId} className={seat.presence === "present" ? "tv-here" : "soft"}>
              <Seal party={seat.party} />
              <span>{seat.name}</span>
            </li>
          ))}
          {seats.length > shown.length && <li className="soft">{t("room.tv.more", { n: seats.length - shown.length })}</li>}
        </ul>
      </div>
      <div className="tv-door">
        {code && <QrCode code={code} label={t("room.table.qr")} />}
        <p>{code ? t("room.tv.scan") : t("room.tv.scanTable")}</p>
      </div>
    </div>
  );
}
