import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { setBodyCadence } from "../commands/body/set-cadence";
import { CadenceForm, useCadenceFields } from "../components/cadence-form";
import { CadenceWords, Dates } from "../components/calendar";
import { VerbPage } from "../components/verb-page";
import { atField, cadenceOf, datesOf } from "../http/cadence-form.server";
import { found, look } from "../http/look.server";
import { act, forAct, formOf, one, statusOf, valuesOf } from "../http/respond.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";
import { cadencePage, previewCadence } from "../views/calendar";

export const meta = titled("cadence.page");

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, requestId } = await look(args);
  const page = found(await cadencePage(db, viewer, { bodyId: args.params.id ?? "" }));
  return forAct({ ...page, saved: new URL(args.request.url).searchParams.has("saved"), requestId }, page.may);
}

/** One press shows the next dates before anything is kept, the other keeps the rule; a refusal shows what dates there are. */
export async function action(args: ActionFunctionArgs) {
  const { db, viewer } = await look(args);
  const form = await formOf(args.request);
  const values = valuesOf(form);
  const fields = datesOf(values);
  const shown = fields.ok ? await previewCadence(db, viewer, fields.value) : fields;
  const next = shown.ok ? shown.value : [];
  if (one(values, "act") === "preview") {
    const refusal = shown.ok ? null : atField(shown.refusal, values);
    return data({ refusal, values, next }, { status: refusal ? statusOf(refusal) : 200 });
  }
  const { data: sent } = await act(
    args,
    setBodyCadence,
    () => ({ bodyId: args.params.id, version: one(values, "version") || undefined, cadence: cadenceOf(values) }),
    () => `/bodies/${args.params.id}/cadence?saved`,
    form,
  );
  const refusal = atField(sent.refusal, values);
  return data({ refusal, values, next }, { status: statusOf(refusal) });
}

export default function SetCadence() {
  const { body, cadence, next, today, may, saved, requestId } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useT();
  const sent = answer?.refusal ? { refusal: answer.refusal, values: answer.values } : undefined;
  const dates = answer ? answer.next : next;
  return (
    <VerbPage
      back={{ href: `/bodies/${body.id}`, to: body.name }}
      title={t("cadence.title", { body: body.name })}
      lead={t("cadence.lead")}
      sent={sent}
      fields={useCadenceFields()}
      version={body.version}
      requestId={requestId}
      button={t("cadence.button")}
      may={may}
      about={
        <>
          {saved && !answer && <p className="refusal notice mb-5">{t(cadence ? "cadence.saved" : "cadence.ended")}</p>}
          {!answer && (
            <p className="head">
              <CadenceWords cadence={cadence} />
            </p>
          )}
          {dates.length > 0 && (
            <section className="now stack-tight mt-3" aria-labelledby="next-dates">
              <h2 className="head" id="next-dates">
                {t(answer ? "cadence.preview" : "cadence.next")}
              </h2>
              <Dates next={dates} />
            </section>
          )}
        </>
      }
    >
      <CadenceForm sent={sent} typed={answer?.values} cadence={cadence} today={today} />
      <p>
        <button className="btn" name="act" value="preview">
          {t("cadence.show")}
        </button>
      </p>
    </VerbPage>
  );
}
