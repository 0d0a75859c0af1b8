// A body's queue: pick what to deliberate, see how much time the next meeting has left.
import { useWords } from "../i18n/t";
import type { BodyPage } from "../views/body-page";
import { docketFilters } from "../views/filters";
import { ProblemSummary, Sealed, type Sent, typedMany } from "./form";
import { Thumb } from "./frame";
import { issueWord, useWhere } from "./issue-row";
import { WhyUrgent } from "./meeting-times";
import { LightSign, MiniStairs } from "./sign";

type Props = { body: BodyPage & { picked: readonly string[]; requestId: string }; sent: Sent };

export function Docket({ body, sent }: Props) {
  const { t } = useWords();
  const { next } = body;
  return (
    <>
      <nav className="filters" aria-label={t("docket.filter")}>
        {docketFilters
          .filter((f) => f === "all" || body.counts[f] > 0)
          .map((f) => (
            <a key={f} href={`/bodies/${body.id}?show=${f}`} aria-current={f === body.filter ? "page" : undefined}>
              {t(`docket.filter.${f}`)} <span className="n num">{body.counts[f]}</span>
            </a>
          ))}
      </nav>
      <form className="search" role="search">
        <input type="hidden" name="show" value={body.filter} />
        <label className="unseen" htmlFor="q">
          {t("issue.search")}
        </label>
        <input className="input" id="q" type="search" name="q" defaultValue={body.query} placeholder={t("issue.search")} />
        <button className="btn">{t("issue.search.button")}</button>
        <span className="small soft">{t("docket.sorted")}</span>
      </form>
      <ProblemSummary sent={sent} fields={next?.asksUrgency ? { urgency: t("meeting.call.urgency") } : {}} />
      {body.docket.length === 0 && <p className="soft mt-4">{t("docket.noneHere")}</p>}
      <form method="post" data-once>
        <Sealed requestId={body.requestId} />
        {next && <input type="hidden" name="meeting" value={next.id} />}
        <DocketTable body={body} sent={sent} />
        {body.can.call && body.docket.length > 0 && next?.asksUrgency && (
          <div className="mt-5">
            <WhyUrgent sent={sent} called />
          </div>
        )}
        {body.can.call && body.docket.length > 0 && (
          <Thumb>
            {next && (
              <p className="small soft">{next.minutesLeft >= 0 ? t("docket.left", { n: next.minutesLeft }) : t("docket.over", { n: -next.minutesLeft })}</p>
            )}
            <DocketButtons next={next} />
          </Thumb>
        )}
      </form>
    </>
  );
}

function DocketButtons({ next }: { next: BodyPage["next"] }) {
  const { t, dates } = useWords();
  if (!next)
    return (
      <button className="btn btn-main" name="to" value="new">
        {t("docket.toNew")}
      </button>
    );
  return (
    <>
      <button className="btn btn-main" name="to" value="next">
        {t("docket.toNext", { date: dates.day(next.startsAt) })}
      </button>
      <button className="btn btn-plain" name="to" value="new">
        {t("docket.toNew")}
      </button>
    </>
  );
}

function DocketTable({ body, sent }: Props) {
  const { t, dates } = useWords();
  const where = useWhere();
  const chosen = new Set(sent ? typedMany(sent, "pick") : body.picked);
  const picks = body.can.call;
  return (
    <table className={`table table-fold${picks ? " table-pick" : ""} mt-3`}>
      <thead>
        <tr>
          {picks && (
            <th>
              <span className="unseen">{t("docket.col.pick")}</span>
            </th>
          )}
          <th>{t("docket.col.issue")}</th>
          <th>{t("docket.col.from")}</th>
          <th>{t("docket.col.track")}</th>
          <th>{t("docket.col.where")}</th>
          <th>{t("docket.col.due")}</th>
        </tr>
      </thead>
      <tbody>
        {body.docket.map((row) => (
          <tr key={row.id}>
            {picks && (
              <td>
                {!row.planned && (
                  <label className="pick">
                    <input type="checkbox" name="pick" value={row.id} defaultChecked={chosen.has(row.id)} aria-label={t("docket.pick", { title: row.title })} />
                  </label>
                )}
              </td>
            )}
            <td>
              <a className="strong" href={`/issues/${row.number}`}>
                {row.title}
              </a>
              <small>
                <span className="num">{row.number}</span>
                {row.households > 1 && <> {t("issue.households", { n: row.households })}</>}
              </small>
            </td>
            <td data-label={t("docket.col.from")}>
              {row.from}
              {row.came === "overdue" && <small>{t("docket.cameOverdue")}</small>}
            </td>
            <td data-label={t("docket.col.track")}>{t(`track.${row.track}.long`)}</td>
            <td>
              <MiniStairs
                steps={row.steps}
                label={row.planned ? t("docket.planned") : row.status === "open" ? t("docket.here", { n: row.days }) : where(row)}
              />
            </td>
            <td>
              <LightSign light={row.light} word={issueWord(row.status)} />
              <span className="unseen">{dates.day(row.since)}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
