import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { keepCommunityDays } from "../commands/community/keep-days";
import { Choices, ProblemSummary, Sealed, TextInput } from "../components/form";
import { Kicker, Page, Thumb } from "../components/frame";
import { Phrase } from "../components/phrase";
import { found } from "../http/look.server";
import { act, one, orNull } from "../http/respond.server";
import { setUp } from "../http/setup.server";
import { titled } from "../http/title";
import { useWords } from "../i18n/t";
import { clocksPage } from "../views/clocks";

export const meta = titled("days.title");

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, requestId } = await setUp(args);
  return { days: found(await clocksPage(db, viewer)).days, requestId };
}
export const action = (args: ActionFunctionArgs) =>
  act(
    args,
    keepCommunityDays,
    (values) => ({ from: one(values, "from"), until: orNull(one(values, "until")), kind: one(values, "kind") }),
    () => "/setup/days",
  );

export default function Days() {
  const { days, requestId } = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const { t, dates } = useWords();
  const fields = { from: t("days.from"), until: t("days.until"), kind: t("days.kind") };
  return (
    <Page width="narrow" back={{ href: "/setup/clocks", to: t("clocks.title") }}>
      <Kicker>{t("setup.kicker")}</Kicker>
      <h1 className="title mb-4">
        <Phrase>{t("days.title")}</Phrase>
      </h1>
      <p className="soft measure mb-5">{t("days.lead")}</p>
      <ProblemSummary sent={sent} fields={fields} />
      <form method="post" className="stack-wide mt-5" data-once>
        <Sealed requestId={requestId} />
        <div className="grid-form grid-form-2">
          <TextInput name="from" type="date" label={fields.from} sent={sent} />
          <TextInput name="until" type="date" label={fields.until} hint={t("days.until.hint")} required={false} sent={sent} />
        </div>
        <Choices
          name="kind"
          label={fields.kind}
          value="holiday"
          sent={sent}
          options={[
            { value: "holiday", label: t("days.kind.holiday") },
            { value: "worked", label: t("days.kind.worked") },
          ]}
        />
        <Thumb>
          <button className="btn btn-main">{t("days.button")}</button>
        </Thumb>
      </form>
      <section className="section">
        <h2 className="title-small mb-2">{t("days.list")}</h2>
        {days.length === 0 && <p className="soft">{t("days.none")}</p>}
        <ul className="days">
          {days.map(({ day, working }) => (
            <li key={day}>
              <span className="strong">{dates.localDay(day)}</span>
              <span className="soft">{t(working ? "days.worked" : "days.holiday")}</span>
              <form method="post" className="end" data-once>
                <Sealed requestId={`${requestId}-${day}`} />
                <input type="hidden" name="from" value={day} />
                <button className="btn btn-small" name="kind" value="ordinary" aria-label={t("days.back.of", { day: dates.localDay(day) })}>
                  {t("days.back")}
                </button>
              </form>
            </li>
          ))}
        </ul>
      </section>
    </Page>
  );
}
