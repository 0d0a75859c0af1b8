import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BodyTree } from "../components/body-tree";
import { Kicker, Page } from "../components/frame";
import { Members } from "../components/members";
import { Phrase } from "../components/phrase";
import { setUp } from "../http/setup.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";
import { setupPage } from "../views/setup";

export const meta = titled("setup.title");

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer } = await setUp(args);
  return setupPage(db, viewer, { bodyId: new URL(args.request.url).searchParams.get("body") });
}

export default function Setup() {
  const { levels, others, body } = useLoaderData<typeof loader>();
  const t = useT();
  const href = (id: string) => `/setup?body=${id}#body`;
  return (
    <Page width="wide">
      <Kicker>{t("setup.kicker")}</Kicker>
      <h1 className="title title-big mb-6">
        <Phrase>{t("setup.title")}</Phrase>
      </h1>
      <div className="split">
        <div>
          <p className="small soft mb-3">{t("setup.tree.lead")}</p>
          <BodyTree lines={levels} label={t("setup.tree")} href={href} current={body?.id} />
          <h2 className="small soft mt-5 mb-3">{t("setup.others")}</h2>
          <BodyTree lines={others} label={t("setup.others")} href={href} current={body?.id} />
          <p className="mt-4">
            <a href="/setup/bodies/new">{t("setup.add")}</a>
          </p>
          <p className="small soft mt-4">{t("setup.tree.hint")}</p>
          <p className="mt-4">
            <a href="/setup/clocks">{t("clocks.link")}</a>
          </p>
          <p className="mt-4">
            <a href="/procedures">{t("procedures.title")}</a>
          </p>
          <p className="mt-3">
            <a href="/setup/follow-up">{t("followUp.setup.title")}</a>
          </p>
          <p className="mt-4">
            <a href="/setup/word">{t("dead.link")}</a>
          </p>
        </div>
        {body && <Members body={body} />}
      </div>
    </Page>
  );
}
