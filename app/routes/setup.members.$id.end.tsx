import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { endMembership } from "../commands/membership/end";
import { VerbPage } from "../components/verb-page";
import { found } from "../http/look.server";
import { act, one } from "../http/respond.server";
import { setUp } from "../http/setup.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";
import { membershipPage } from "../views/setup";

export const meta = titled("setup.member.end.button");

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, requestId } = await setUp(args);
  return { member: found(await membershipPage(db, viewer, args.params.id ?? "")), requestId };
}

export async function action(args: ActionFunctionArgs) {
  const { db, viewer } = await setUp(args);
  const { body } = found(await membershipPage(db, viewer, args.params.id ?? ""));
  return act(
    args,
    endMembership,
    (values) => ({ membershipId: args.params.id, version: one(values, "version") || undefined }),
    () => `/setup?body=${body.id}`,
  );
}

export default function EndMember() {
  const { member, requestId } = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useT();
  return (
    <VerbPage
      back={{ href: `/setup/members/${member.id}`, to: member.name }}
      title={t("setup.member.end", { name: member.name })}
      lead={t("setup.member.end.lead")}
      kicker={member.body.name}
      sent={sent}
      fields={{}}
      version={member.version}
      requestId={requestId}
      button={t("setup.member.end.button")}
    />
  );
}
