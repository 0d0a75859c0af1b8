import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BodyTree } from "../components/body-tree";
import { Page } from "../components/frame";
import { Phrase } from "../components/phrase";
import { look } from "../http/look.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";
import { tree } from "../views/setup";

export const meta = titled("nav.bodies");

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer } = await look(args);
  return tree(db, viewer);
}

export default function Bodies() {
  const { levels, others } = useLoaderData<typeof loader>();
  const t = useT();
  return (
    <Page width="narrow">
      <h1 className="title title-big mb-3">
        <Phrase>{t("body.list.title")}</Phrase>
      </h1>
      <p className="soft measure mb-5">{t("body.list.lead")}</p>
      <BodyTree lines={levels} label={t("setup.tree")} href={(id) => `/bodies/${id}`} />
      {others.length > 0 && (
        <section className="section">
          <h2 className="title-small">{t("setup.others")}</h2>
          <BodyTree lines={others} label={t("setup.others")} href={(id) => `/bodies/${id}`} />
        </section>
      )}
    </Page>
  );
}
