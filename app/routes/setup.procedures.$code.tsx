import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { keepProcedure } from "../commands/procedure/keep";
import { type Sent, TextInput } from "../components/form";
import { RuleText, useSaid } from "../components/procedure";
import { VerbPage } from "../components/verb-page";
import { found } from "../http/look.server";
import { act, one } from "../http/respond.server";
import { setUp } from "../http/setup.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";
import { figuresPage } from "../views/procedures";

export const meta = titled("figures.title");

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, requestId } = await setUp(args);
  return { copies: new URL(args.request.url).searchParams.has("copy"), procedure: found(await figuresPage(db, viewer, args.params.code ?? "")), requestId };
}

export const action = (args: ActionFunctionArgs) =>
  act(
    args,
    keepProcedure,
    (values) => ({
      code: args.params.code,
      // Figures are named "stage/rule.figure"; the form's other fields have no stage.
      as: values["as.zh"] === undefined ? undefined : { zh: one(values, "as.zh"), en: one(values, "as.en") },
      figures: Object.fromEntries(Object.keys(values).flatMap((name) => (name.includes("/") ? [[name, one(values, name)]] : []))),
    }),
    ({ events: [kept] }) => `/procedures#${kept?.type === "procedure.kept" ? kept.procedure.code : args.params.code}`,
  );

const ofFigure = (sent: Sent): Sent => {
  const field = sent?.refusal.field;
  return sent && field?.startsWith("figures.") ? { ...sent, refusal: { ...sent.refusal, field: field.slice("figures.".length) } } : sent;
};

export default function Figures() {
  const { procedure, copies, requestId } = useLoaderData<typeof loader>();
  const sent = ofFigure(useActionData<typeof action>());
  const t = useT();
  const said = useSaid();
  const label = (id: string, key: string) => t("figures.of", { id, what: t(`figure.${key}` as "figure.days") });
  const all = procedure.stages.flatMap((s) => s.rules.flatMap((r) => r.figures.map((f) => [f.name, label(r.id, f.key)] as const)));
  return (
    <VerbPage
      back={{ href: `/procedures#${procedure.code}`, to: t("procedures.title") }}
      kicker={said(procedure.title)}
      title={t(copies ? "figures.copy.title" : "figures.title")}
      lead={t(copies ? "figures.copy.lead" : "figures.lead")}
      sent={sent}
      fields={{ ...Object.fromEntries(all), "as.zh": t("figures.copy.zh"), "as.en": t("figures.copy.en") }}
      requestId={requestId}
      button={t(copies ? "figures.copy.button" : "figures.button")}
    >
      {copies && (
        <div className="grid-form grid-form-2">
          <TextInput name="as.zh" label={t("figures.copy.zh")} hint={t("figures.copy.zh.hint", { procedure: said(procedure.title) })} sent={sent} />
          <TextInput name="as.en" label={t("figures.copy.en")} hint={t("figures.copy.en.hint")} sent={sent} required={false} />
        </div>
      )}
      {procedure.stages.map((stage) => (
        <section key={stage.code}>
          <h2 className="head cap">{said(stage.title)}</h2>
          <ul className="rules">
            {stage.rules.map((rule) => (
              <li key={rule.id}>
                <RuleText rule={rule} />
                {rule.figures.length > 0 && (
                  <div className="grid-form grid-form-2 mt-3">
                    {rule.figures.map((figure) => (
                      <TextInput
                        key={figure.name}
                        name={figure.name}
                        label={label(rule.id, figure.key)}
                        hint={rule.kind === "proxies" ? t("figures.proxies") : undefined}
                        value={String(figure.value)}
                        inputMode="numeric"
                        sent={sent}
                      />
                    ))}
                  </div>
                )}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </VerbPage>
  );
}
