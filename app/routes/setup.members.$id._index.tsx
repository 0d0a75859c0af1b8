import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { changeMembership } from "../commands/membership/change";
import { OfficeForm, useOfficeFields } from "../components/office-form";
import { VerbPage } from "../components/verb-page";
import { found } from "../http/look.server";
import { act, one } from "../http/respond.server";
import { officeFieldsOf, setUp } from "../http/setup.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";
import { membershipPage } from "../views/setup";

export const meta = titled("setup.members");

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, requestId } = await setUp(args);
  return { member: found(await membershipPage(db, viewer, args.params.id ?? "")), requestId };
}

export async function action(args: ActionFunctionArgs) {
  const { db, viewer } = await setUp(args);
  const { body } = found(await membershipPage(db, viewer, args.params.id ?? ""));
  return act(
    args,
    changeMembership,
    (values) => ({ membershipId: args.params.id, version: one(values, "version") || undefined, ...officeFieldsOf(values) }),
    () => `/setup?body=${body.id}`,
  );
}

export default function ChangeMember() {
  const { member, requestId } = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useT();
  return (
    <VerbPage
      back={{ href: `/setup?body=${member.body.id}`, to: member.body.name }}
      title={t("setup.member.change", { name: member.name })}
      sent={sent}
      fields={useOfficeFields()}
      version={member.version}
      requestId={requestId}
      button={t("setup.body.save")}
    >
      <OfficeForm sent={sent} before={member} today="" />
      <p>
        <a href={`/setup/members/${member.id}/end`}>{t("setup.member.end", { name: member.name })}</a>
      </p>
    </VerbPage>
  );
}
