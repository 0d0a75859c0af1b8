import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { beginMembership } from "../commands/membership/begin";
import { Select, TextInput } from "../components/form";
import { OfficeForm, useOfficeFields } from "../components/office-form";
import { VerbPage } from "../components/verb-page";
import { localDay } from "../domain/clock";
import { found } from "../http/look.server";
import { act, one, orNull } from "../http/respond.server";
import { officeFieldsOf, setUp } from "../http/setup.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";
import { everybody } from "../views/people";
import { setupPage } from "../views/setup";

export const meta = titled("setup.invite");

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, requestId } = await setUp(args);
  const { body } = await setupPage(db, viewer, { bodyId: args.params.id ?? "" });
  return { body: found(body), people: await everybody(db, viewer), today: localDay(viewer.now, viewer.community.timeZone), requestId };
}

export const action = (args: ActionFunctionArgs) =>
  act(
    args,
    beginMembership,
    (values) => ({ bodyId: args.params.id, personId: orNull(one(values, "personId")), name: orNull(one(values, "name").trim()), ...officeFieldsOf(values) }),
    (done) => {
      const begun = done.events.find((e) => e.type === "membership.begun");
      // Somebody new gets their slip next; somebody known has been in for long.
      const isNew = done.events.some((e) => e.type === "person.added");
      return isNew && begun ? `/setup/members/${begun.id}/slip` : `/setup?body=${args.params.id}`;
    },
  );

export default function NewMember() {
  const { body, people, today, requestId } = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useT();
  const fields = { personId: t("setup.member.person"), name: t("setup.member.name"), ...useOfficeFields() };
  return (
    <VerbPage
      back={{ href: `/setup?body=${body.id}`, to: t("setup.title") }}
      title={t("setup.member.new", { body: body.fullName })}
      lead={t("setup.member.lead")}
      sent={sent}
      fields={fields}
      requestId={requestId}
      button={t("setup.member.button")}
    >
      <TextInput name="name" label={fields.name} hint={t("setup.member.name.hint")} required={false} sent={sent} />
      <Select
        name="personId"
        label={fields.personId}
        empty={t("setup.member.person.new")}
        required={false}
        sent={sent}
        options={people.map((p) => ({ value: p.id, label: p.name }))}
      />
      <OfficeForm sent={sent} before={null} today={today} />
    </VerbPage>
  );
}
