import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { keepCommunityClocks } from "../commands/community/keep-clocks";
import { ClocksForm, useClockFields } from "../components/clocks-form";
import { ProblemSummary, Sealed } from "../components/form";
import { Kicker, Page, Thumb } from "../components/frame";
import { Phrase } from "../components/phrase";
import { clocksOf } from "../http/clocks-form.server";
import { found } from "../http/look.server";
import { act } from "../http/respond.server";
import { setUp } from "../http/setup.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";
import { clocksPage } from "../views/clocks";

export const meta = titled("clocks.title");

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, requestId } = await setUp(args);
  return { page: found(await clocksPage(db, viewer)), saved: new URL(args.request.url).searchParams.has("saved"), requestId };
}
export const action = (args: ActionFunctionArgs) => act(args, keepCommunityClocks, clocksOf, () => "/setup/clocks?saved");

export default function Clocks() {
  const { page, saved, requestId } = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useT();
  return (
    <Page back={{ href: "/setup", to: t("setup.title") }}>
      <Kicker>{t("setup.kicker")}</Kicker>
      <h1 className="title title-big mb-4">
        <Phrase>{t("clocks.title")}</Phrase>
      </h1>
      <p className="soft measure">{t("clocks.lead")}</p>
      <p className="soft measure mt-3">{t("clocks.after")}</p>
      <p className="mt-4">
        <a href="/setup/days">{t("days.link")}</a>
      </p>
      {saved && !sent && <p className="refusal notice mt-5">{t("clocks.saved")}</p>}
      <div className="mt-5">
        <ProblemSummary sent={sent} fields={useClockFields(page)} />
      </div>
      <form method="post" className="stack-wide mt-5" data-once>
        <Sealed version={page.version} requestId={requestId} />
        <ClocksForm page={page} sent={sent} />
        <Thumb>
          <button className="btn btn-main">{t("clocks.button")}</button>
        </Thumb>
      </form>
    </Page>
  );
}
