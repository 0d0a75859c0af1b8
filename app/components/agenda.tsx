// The agenda of a meeting: what is deliberated in which order, and for how long.
import { useWords } from "../i18n/t";
import type { MeetingPage } from "../views/meeting-page";
import { Sealed } from "./form";
import { Dot } from "./frame";

const directions = ["up", "down"] as const;

/** `papers`: how many papers each item has. */
export function Agenda({ meeting, papers, requestId }: { meeting: MeetingPage; papers: ReadonlyMap<string, number>; requestId: string }) {
  const { t, dates } = useWords();
  const path = `/meetings/${meeting.id}/agenda`;
  const removable = meeting.can.reorder && meeting.agenda.length > 1;
  return (
    <>
      {meeting.can.reorder && (
        <form method="post" action={path} id="agenda-order" hidden>
          <Sealed version={meeting.version} requestId={`${requestId}-o`} />
        </form>
      )}
      {meeting.agenda.length === 0 && <p className="soft">{t("meeting.agenda.empty")}</p>}
      {meeting.can.reorder && <p role="status" className="unseen" data-moved="" />}
      <ol className="agenda" data-order={meeting.can.reorder ? "agenda-order" : undefined}>
        {meeting.agenda.map((line, n) => (
          <li key={line.id} id={`line-${line.id}`} data-line={line.id} data-place={t("meeting.agenda.place", { n: n + 1, of: meeting.agenda.length })}>
            <span className="n num">{n + 1}</span>
            <div>
              <p className="strong">{line.visible ? <a href={`/issues/${line.number}`}>{line.title}</a> : t("meeting.agenda.hidden")}</p>
              <p className="small soft">
                {line.number && (
                  <>
                    <span className="num nowrap">{line.number}</span>
                    <Dot />
                  </>
                )}
                {line.from && (
                  <>
                    {t("meeting.agenda.from", { from: line.from, date: dates.day(line.since) })}
                    <Dot />
                  </>
                )}
                <span className="nowrap">{t("meeting.agenda.minutes", { n: line.minutes })}</span>
                {line.carried > 0 && (
                  <>
                    <Dot />
                    {t("meeting.agenda.carried", { n: line.carried })}
                  </>
                )}
              </p>
              {line.ratifyBy && <p className="small strong cap">{t("meeting.agenda.ratify", { date: dates.localDay(line.ratifyBy) })}</p>}
              {line.late && <p className="small cap">{t(line.undecidable ? "meeting.agenda.late.undecidable" : "meeting.agenda.late")}</p>}
              {line.visible && (papers.get(line.id) ?? 0) > 0 && (
                <p>
                  <a href={`/meetings/${meeting.id}/handouts#item-${line.id}`}>{t("handout.see", { n: papers.get(line.id) ?? 0 })}</a>
                </p>
              )}
              <div className="btns">
                {meeting.can.reorder &&
                  directions
                    .filter((way) => n !== (way === "up" ? 0 : meeting.agenda.length - 1))
                    .map((way) => (
                      <form key={way} method="post" action={path}>
                        <Sealed version={meeting.version} requestId={`${requestId}-${way}${n}`} />
                        <button
                          id={`${way}-${line.id}`}
                          className="btn btn-plain btn-small"
                          name={way}
                          value={line.id}
                          aria-label={t(`meeting.agenda.${way}.of`, { title: line.title })}
                        >
                          {t(`meeting.agenda.${way}`)}
                        </button>
                      </form>
                    ))}
                {removable && (
                  <span className="btn btn-plain btn-small grip" data-grip="" hidden aria-hidden="true">
                    {t("meeting.agenda.drag")}
                  </span>
                )}
                {removable && (
                  <form method="post" action={path}>
                    <Sealed version={meeting.version} requestId={`${requestId}-r${n}`} />
                    <button className="btn btn-plain btn-small" name="remove" value={line.id} aria-label={t("meeting.agenda.remove.of", { title: line.title })}>
                      {t("meeting.agenda.remove")}
                    </button>
                  </form>
                )}
                {meeting.can.record && line.visible && (
                  <a className="btn btn-small" href={`/meetings/${meeting.id}/items/${line.id}/decision`}>
                    {t("decision.new.title")}
                  </a>
                )}
              </div>
            </div>
          </li>
        ))}
      </ol>
      {meeting.can.agenda && meeting.addable.length > 0 && (
        <p className="mt-3">
          <a href={path}>{t("meeting.agenda.add")}</a>
        </p>
      )}
    </>
  );
}
