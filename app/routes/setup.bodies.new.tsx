import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { addBody } from "../commands/body/add";
import { BodyForm, useBodyFields } from "../components/body-form";
import { VerbPage } from "../components/verb-page";
import { act } from "../http/respond.server";
import { bodyFieldsOf, setUp } from "../http/setup.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";
import { tree } from "../views/setup";

export const meta = titled("setup.body.new");

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, requestId } = await setUp(args);
  return { ...(await tree(db, viewer)), requestId };
}
export const action = (args: ActionFunctionArgs) => act(args, addBody, bodyFieldsOf, (done) => `/setup?body=${done.events[0]?.id}`);

export default function NewBody() {
  const { levels, requestId } = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useT();
  return (
    <VerbPage
      back={{ href: "/setup", to: t("setup.title") }}
      title={t("setup.body.new")}
      sent={sent}
      fields={useBodyFields()}
      requestId={requestId}
      button={t("setup.body.add.button")}
    >
      <BodyForm sent={sent} before={null} uppers={levels.filter((l) => l.kind !== "building" && l.kind !== "grid")} />
    </VerbPage>
  );
}
