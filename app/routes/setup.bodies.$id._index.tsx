import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { changeBody } from "../commands/body/change";
import { BodyForm, useBodyFields } from "../components/body-form";
import { VerbPage } from "../components/verb-page";
import { found } from "../http/look.server";
import { act, one } from "../http/respond.server";
import { bodyFieldsOf, setUp } from "../http/setup.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";
import { setupPage } from "../views/setup";

export const meta = titled("setup.title");

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, requestId } = await setUp(args);
  const { levels, body } = await setupPage(db, viewer, { bodyId: args.params.id ?? "" });
  return { levels, body: found(body), requestId };
}
export const action = (args: ActionFunctionArgs) =>
  act(
    args,
    changeBody,
    (values) => ({ bodyId: args.params.id, version: one(values, "version") || undefined, ...bodyFieldsOf(values) }),
    () => `/setup?body=${args.params.id}`,
  );

export default function ChangeBody() {
  const { levels, body, requestId } = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useT();
  return (
    <VerbPage
      back={{ href: `/setup?body=${body.id}`, to: t("setup.title") }}
      title={t("setup.body.change", { name: body.fullName })}
      sent={sent}
      fields={useBodyFields()}
      version={body.version}
      requestId={requestId}
      button={t("setup.body.save")}
    >
      <BodyForm sent={sent} before={body} uppers={levels.filter((l) => l.kind !== "building" && l.kind !== "grid")} />
      {body.kind !== "community" && (
        <p>
          <a href={`/setup/bodies/${body.id}/end`}>{t("setup.end")}</a>
        </p>
      )}
    </VerbPage>
  );
}
