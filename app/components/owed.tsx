// What an issue owes: answers that were ordered, and what is to be acknowledged.
import { useWords } from "../i18n/t";
import type { IssueOwed } from "../views/clocks";
import { LightSign } from "./sign";

/** Below the sentence of what everybody waits for: why an overdue issue stays, or where it goes. */
export function OverdueWords({ owed }: { owed: IssueOwed }) {
  const { t } = useWords();
  const { overdue, upper } = owed;
  if (!overdue) return null;
  return <p className="soft">{overdue === "topLate" ? t("owed.topLate") : t(`owed.held.${overdue}`, { to: upper })}</p>;
}

export function OwedList({ owed }: { owed: IssueOwed }) {
  const { t, dates } = useWords();
  const { orders, acknowledgements } = owed;
  if (orders.length + acknowledgements.length === 0) return null;
  return (
    <section className="section">
      <h2 className="title-small">{t("owed.title")}</h2>
      {orders.map((o) => (
        <article key={o.id} className="task">
          <p className="strong">{t("owed.order", { from: o.from, body: o.to })}</p>
          <LightSign light={o.light} word={o.answeredAt ? "owed.order.done" : o.withdrawnAt ? "owed.order.gone" : undefined} />
          <div className="owed">
            <p className="quote said">{o.text}</p>
            {o.answeredAt ? (
              <>
                <p className="small soft mt-3">{t("owed.order.answered", { date: dates.day(o.answeredAt) })}</p>
                <p className="quote said">{o.answer}</p>
              </>
            ) : o.withdrawnAt ? (
              <>
                <p className="small soft mt-3">{t("owed.order.withdrawn", { date: dates.day(o.withdrawnAt) })}</p>
                <p className="quote said">{o.withdrawnFor}</p>
              </>
            ) : (
              <p className="small soft mt-3">
                {t("owed.order.by", { date: dates.localDay(o.dueOn) })}
                {o.light.state === "late" && (
                  <>
                    {t("list.stop")} {t("order.late")}
                  </>
                )}
              </p>
            )}
            {o.canAnswer && (
              <p className="mt-3">
                <a className="btn" href={`/orders/${o.id}`}>
                  {t("owed.order.answer")}
                </a>
              </p>
            )}
            {o.canWithdraw && (
              <p className="mt-3">
                <a className="link" href={`/orders/${o.id}/withdrawal`}>
                  {t("owed.order.withdraw")}
                </a>
              </p>
            )}
          </div>
        </article>
      ))}
      {acknowledgements.map((a) => (
        <article key={a.id} className="task">
          <p className="strong">{t(`owed.ack.${a.cause}`, { from: a.from, body: a.to })}</p>
          <LightSign light={a.light} word={a.givenAt ? "owed.ack.done" : undefined} />
          <div className="owed">
            <p className="small soft">
              {a.givenAt ? t(a.text ? "owed.ack.givenSaid" : "owed.ack.given", { date: dates.day(a.givenAt) }) : t("owed.ack.by", { date: dates.day(a.dueAt) })}
            </p>
            {a.text && <p className="quote said">{a.text}</p>}
            {a.canGive && (
              <p className="mt-3">
                <a className="btn" href={`/acknowledgements/${a.id}`}>
                  {t("owed.ack.give")}
                </a>
              </p>
            )}
          </div>
        </article>
      ))}
    </section>
  );
}
