import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { openCalendarFeed } from "../commands/feed/open";
import { revokeCalendarFeed } from "../commands/feed/revoke";
import { ProblemSummary } from "../components/form";
import { Page } from "../components/frame";
import { Phrase } from "../components/phrase";
import { freshAddress } from "../http/calendar.server";
import { look } from "../http/look.server";
import { act, formOf, one, orNull, refused, valuesOf } from "../http/respond.server";
import { titled } from "../http/title";
import { useWords } from "../i18n/t";
import { type FeedLine, feedsPage } from "../views/calendar";

export const meta = titled("calendar.title");

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer } = await look(args);
  return { lines: await feedsPage(db, viewer) };
}

/** The only moment an address's secret exists outside the program it is put into: it is shown in this answer and stored nowhere. */
export async function action(args: ActionFunctionArgs) {
  const { viewer } = await look(args);
  const form = await formOf(args.request);
  const values = valuesOf(form);
  const { services } = args.context;
  if (values.stop !== undefined)
    return act(
      args,
      revokeCalendarFeed,
      () => ({ feedId: one(values, "stop") }),
      () => "/account/calendar",
      form,
    );
  const bodyId = orNull(one(values, "body"));
  const fresh = freshAddress(services.env.ORIGIN ?? new URL(args.request.url).origin);
  const done = await services.perform(openCalendarFeed, viewer.actor, { bodyId, tokenHash: fresh.tokenHash });
  if (!done.ok) return refused(done.refusal, values);
  return data({ refusal: null, values, opened: { bodyId, address: fresh.address, subscribe: fresh.subscribe } });
}

export default function Calendars() {
  const { lines } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { t } = useWords();
  const opened = answer && "opened" in answer ? answer.opened : null;
  const sent = answer?.refusal ? { refusal: answer.refusal, values: answer.values } : undefined;
  return (
    <Page width="narrow" back={{ href: "/account", to: t("account.title") }}>
      <h1 className="title mb-3">
        <Phrase>{t("calendar.title")}</Phrase>
      </h1>
      <p className="soft measure mb-5">{t("calendar.lead")}</p>
      <ProblemSummary sent={sent} fields={{}} />
      <ul className="rows">
        {lines.map((line) => (
          <li key={line.body?.id ?? ""} className="row">
            <Line line={line} opened={opened && opened.bodyId === (line.body?.id ?? null) ? opened : null} />
          </li>
        ))}
      </ul>
      <section className="section">
        <h2 className="title-small mb-3">{t("calendar.how")}</h2>
        <ul className="stack-tight soft measure">
          <li>{t("calendar.how.phone")}</li>
          <li>{t("calendar.how.desk")}</li>
          <li>{t("calendar.how.secret")}</li>
        </ul>
      </section>
    </Page>
  );
}

function Line({ line: { body, feed }, opened }: { line: FeedLine; opened: { address: string; subscribe: string } | null }) {
  const { t, dates } = useWords();
  const name = body ? t("calendar.ofBody", { body: body.name }) : t("calendar.mine");
  return (
    <>
      <h2>{name}</h2>
      <p className="soft">{body ? t("calendar.ofBody.what") : t("calendar.mine.what")}</p>
      <p className="small soft">{feed ? t("calendar.open", { date: dates.dayTime(feed.openedAt) }) : t("calendar.closed")}</p>
      {opened && (
        <div className="kept mt-3" role="status">
          <label htmlFor="address" className="strong">
            {t("calendar.address")}
          </label>
          <p className="hint" id="address-hint">
            {t("calendar.address.hint")}
          </p>
          <input className="input" id="address" readOnly defaultValue={opened.address} aria-describedby="address-hint" />
          <p className="mt-3">
            <a className="btn btn-main" href={opened.subscribe}>
              {t("calendar.subscribe")}
            </a>
          </p>
        </div>
      )}
      <form method="post" className="btns mt-3" data-once>
        <input type="hidden" name="body" value={body?.id ?? ""} />
        <button className="btn btn-small" aria-label={t(feed ? "calendar.again.of" : "calendar.make.of", { name })}>
          {t(feed ? "calendar.again" : "calendar.make")}
        </button>
        {feed && (
          <button className="btn btn-small" name="stop" value={feed.id} aria-label={t("calendar.stop.of", { name })}>
            {t("calendar.stop")}
          </button>
        )}
      </form>
    </>
  );
}
