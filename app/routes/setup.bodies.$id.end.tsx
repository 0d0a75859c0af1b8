import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { endABody } from "../commands/body/end";
import { VerbPage } from "../components/verb-page";
import { found } from "../http/look.server";
import { act, one } from "../http/respond.server";
import { setUp } from "../http/setup.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";
import { setupPage } from "../views/setup";

export const meta = titled("setup.end");

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, requestId } = await setUp(args);
  const { body } = await setupPage(db, viewer, { bodyId: args.params.id ?? "" });
  return { body: found(body), requestId };
}
export const action = (args: ActionFunctionArgs) =>
  act(
    args,
    endABody,
    (values) => ({ bodyId: args.params.id, version: one(values, "version") || undefined }),
    () => "/setup",
  );

export default function EndBody() {
  const { body, requestId } = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useT();
  return (
    <VerbPage
      back={{ href: `/setup/bodies/${body.id}`, to: body.fullName }}
      title={t("setup.end.title", { name: body.fullName })}
      lead={t("setup.end.lead")}
      sent={sent}
      fields={{}}
      version={body.version}
      requestId={requestId}
      button={t("setup.end.button")}
    />
  );
}
