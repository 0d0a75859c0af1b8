import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Dot, Page } from "../components/frame";
import { Phrase } from "../components/phrase";
import { RuleText, useSaid } from "../components/procedure";
import { found, look } from "../http/look.server";
import { titled } from "../http/title";
import { useWords } from "../i18n/t";
import { proceduresPage } from "../views/procedures";

export const meta = titled("procedures.title");

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer } = await look(args);
  return found(await proceduresPage(db, viewer));
}

export default function Procedures() {
  const { procedures, keeps } = useLoaderData<typeof loader>();
  const { t } = useWords();
  const said = useSaid();
  return (
    <Page>
      <h1 className="title title-big mb-3">
        <Phrase>{t("procedures.title")}</Phrase>
      </h1>
      <p className="soft measure mb-5">{t("procedures.lead")}</p>
      <ul className="mb-6">
        {procedures.map((p) => (
          <li key={p.code}>
            <a href={`#${p.code}`}>{said(p.title)}</a>
          </li>
        ))}
      </ul>
      {procedures.map((p) => (
        <section key={p.code} id={p.code} className="section">
          <h2 className="title-small">{said(p.title)}</h2>
          <p className="measure mt-2">{said(p.about)}</p>
          <p className="small soft mt-2">
            {t(p.own ? "procedures.version.own" : "procedures.version", { n: p.version })}
            {p.course && (
              <>
                {t("list.stop")} {t("procedures.course")}
              </>
            )}
          </p>
          {p.stages.map((stage) => (
            <section key={stage.code} className="mt-4">
              {p.stages.length > 1 && <h3 className="head">{said(stage.title)}</h3>}
              <p className="small soft">
                {stage.bodies.length === 0
                  ? t("procedures.stage.post")
                  : t("procedures.stage.bodies", { bodies: stage.bodies.map((b) => t(`bodyKind.${b}`)).join(t("list.comma")) })}
                {stage.usual && (
                  <>
                    {t("list.stop")} {t("procedures.stage.usual")}
                  </>
                )}
              </p>
              <ul className="rules">
                {stage.rules.map((rule) => (
                  <li key={rule.id}>
                    <RuleText rule={rule} />
                  </li>
                ))}
              </ul>
            </section>
          ))}
          {keeps && (
            <p className="mt-4">
              <a href={`/setup/procedures/${p.code}`}>{t("procedures.change", { procedure: said(p.title) })}</a>
              <Dot />
              <a href={`/setup/procedures/${p.code}?copy`}>{t("procedures.copy")}</a>
            </p>
          )}
        </section>
      ))}
    </Page>
  );
}
