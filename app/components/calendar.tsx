// What meets next, and by what rule: sentences, and rows.
import { type Cadence, type Occurrence, type Preset, presetOf } from "../domain/cadence";
import { localDay } from "../domain/clock";
import type { Key } from "../i18n/engine";
import { useWords } from "../i18n/t";
import type { Coming } from "../views/calendar";

/** A preset as people say it: every month's last Thursday, days that end in 4. */
function useDaysWords(): (preset: Preset) => string {
  const { t } = useWords();
  const nth = (n: number) => t(`cadence.nth.${n === -1 ? "last" : n}` as "cadence.nth.1");
  return (preset) => {
    switch (preset.kind) {
      case "nth":
        return t("cadence.said.nth", { nth: nth(preset.nth), weekday: t(`weekday.${preset.weekday}`) });
      case "monthDays":
        return t("cadence.said.monthDays", { days: preset.days.join(t("list.comma")) });
      case "ending":
        return t("cadence.said.ending", { digit: preset.digit });
      case "weekly":
        return t(preset.every > 1 ? "cadence.said.everyWeeks" : "cadence.said.weekly", { n: preset.every, weekday: t(`weekday.${preset.weekday}`) });
      case "quarter":
        return t("cadence.said.quarter", {
          month: t(`cadence.quarterMonth.${preset.month}` as "cadence.quarterMonth.1"),
          nth: nth(preset.nth),
          weekday: t(`weekday.${preset.weekday}`),
        });
      case "own":
        return t("cadence.said.own", { rule: preset.rule });
    }
  };
}

/** When a body meets, in one sentence; without a rule it meets as needed. */
export function CadenceWords({ cadence }: { cadence: Pick<Cadence, "rule" | "time" | "place"> | null }) {
  const { t } = useWords();
  const days = useDaysWords();
  if (!cadence) return <>{t("cadence.said.none")}</>;
  return <>{t("cadence.said", { days: days(presetOf(cadence.rule)), time: cadence.time, place: cadence.place })}</>;
}

/** Why a meeting is not on the day of its rule. */
export function Moved({ from }: { from: string | null }) {
  const { t, dates } = useWords();
  return from === null ? null : <p className="small soft">{t("calendar.moved", { date: dates.localDay(from) })}</p>;
}

/** That a date may still move. */
function Unsettled({ of: { unsettled } }: { of: { unsettled: boolean } }) {
  const { t } = useWords();
  return unsettled ? <p className="small soft">{t("calendar.unsettled")}</p> : null;
}

/** The dates a cadence gives. */
export function Dates({ next }: { next: readonly Occurrence[] }) {
  const { dates } = useWords();
  return (
    <ul className="stack-tight">
      {next.map((o) => (
        <li key={o.on}>
          <span className="strong num">{dates.dayWeekdayTime(o.startsAt)}</span>
          <Moved from={o.on === o.day ? null : o.on} />
          <Unsettled of={o} />
        </li>
      ))}
    </ul>
  );
}

/** Meetings to come: called ones lead to their page, planned ones say that nobody was told yet. */
export function ComingList({ coming, level = "h3", naming = true }: { coming: readonly Coming[]; level?: "h2" | "h3"; naming?: boolean }) {
  const { t, dates, timeZone } = useWords();
  const Title = level;
  return (
    <ul className="rows">
      {coming.map((c) => {
        const when = dates.dayWeekdayTime(c.startsAt);
        if (c.kind === "called")
          return (
            <li key={c.id}>
              <a className="row" href={`/meetings/${c.id}`}>
                <Title>{naming ? t("meeting.name", { body: c.body.name, n: c.position }) : t("home.meeting", { n: c.position })}</Title>
                <p className="soft">{t("meeting.when", { date: when, place: c.place })}</p>
                <p className="small soft">{c.status === "inSession" ? t("meeting.status.inSession") : t(replyKey(c.reply))}</p>
              </a>
            </li>
          );
        return (
          <li key={`${c.body.id}-${c.on}`} className="row">
            <Title>{naming ? t("calendar.planned.of", { body: c.body.name }) : t("calendar.planned.one")}</Title>
            <p className="soft">{t("meeting.when", { date: when, place: c.place })}</p>
            <p className="small soft">{t("calendar.planned.notYet")}</p>
            <Moved from={c.movedFrom} />
            <Unsettled of={c} />
            {c.tooLate !== null && <p className="small soft">{t("calendar.planned.tooLate", { n: c.tooLate })}</p>}
            {c.callHref && (
              <p className="mt-3">
                <a
                  className="btn btn-small"
                  href={c.callHref}
                  aria-label={t("calendar.planned.call.of", { body: c.body.name, date: dates.localDay(localDay(c.startsAt, timeZone)) })}
                >
                  {t("calendar.planned.call")}
                </a>
              </p>
            )}
          </li>
        );
      })}
    </ul>
  );
}

const replyKey = (reply: string | null): Key =>
  reply === "yes" ? "home.next.reply.yes" : reply === "no" ? "home.next.reply.no" : reply === "none" ? "home.next.reply.none" : "meeting.status.called";
