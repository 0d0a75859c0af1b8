import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { addAgendaItem } from "../commands/meeting/add-item";
import { orderAgenda } from "../commands/meeting/order";
import { removeAgendaItem } from "../commands/meeting/remove-item";
import { Select, TextInput } from "../components/form";
import { WhyUrgent } from "../components/meeting-times";
import { VerbPage } from "../components/verb-page";
import { found, look } from "../http/look.server";
import { meetingFor } from "../http/meeting-verb.server";
import { act, formOf, many, one, type Values, valuesOf } from "../http/respond.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";
import { meetingPage } from "../views/meeting-page";

export const meta = titled("meeting.agenda.add.title");
export const loader = (args: LoaderFunctionArgs) => meetingFor(args, "agenda");

export async function action(args: ActionFunctionArgs) {
  const form = await formOf(args.request);
  const values = valuesOf(form);
  const meetingId = args.params.id ?? "";
  const on = (v: Values) => ({ meetingId, version: one(v, "version") || undefined });
  const back = () => `/meetings/${meetingId}`;
  if (values.remove !== undefined) return act(args, removeAgendaItem, (v) => ({ ...on(v), itemId: one(v, "remove") }), back, form);
  if (values.order !== undefined) return act(args, orderAgenda, (v) => ({ ...on(v), order: many(v, "order") }), back, form);
  if (values.up !== undefined || values.down !== undefined) {
    const { db, viewer } = await look(args);
    const ids = found(await meetingPage(db, viewer, { meetingId })).agenda.map((line) => line.id);
    // The later of the two lines that change places.
    const at = values.up === undefined ? ids.indexOf(one(values, "down")) + 1 : ids.indexOf(one(values, "up"));
    const order = at > 0 && at < ids.length ? [...ids.slice(0, at - 1), ids[at], ids[at - 1], ...ids.slice(at + 1)] : ids;
    // Back at the button that was pressed, in the line that was moved, for whoever has no mouse: a browser gives it the focus.
    // At the top and at the bottom only the other button is left.
    const moved = one(values, values.up === undefined ? "down" : "up");
    const now = order.indexOf(moved);
    const button = (values.up === undefined || now === 0) && now < order.length - 1 ? "down" : "up";
    return act(
      args,
      orderAgenda,
      (v) => ({ ...on(v), order }),
      () => `${back()}#${button}-${moved}`,
      form,
    );
  }
  return act(
    args,
    addAgendaItem,
    (v) => ({ ...on(v), issue: one(v, "issue"), minutes: one(v, "minutes") || undefined, urgency: one(v, "urgency") }),
    back,
    form,
  );
}

export default function AddItem() {
  const { meeting, requestId, may } = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useT();
  const name = t("meeting.name", { body: meeting.body.name, n: meeting.position });
  return (
    <VerbPage
      back={{ href: `/meetings/${meeting.id}`, to: name }}
      title={t("meeting.agenda.add.title")}
      sent={sent}
      fields={{ issue: t("docket.col.issue"), minutes: t("meeting.agenda.minutesOf"), urgency: t("meeting.call.urgency") }}
      version={meeting.version}
      requestId={requestId}
      button={t("meeting.agenda.add.button")}
      may={may}
    >
      <Select
        name="issue"
        label={t("docket.col.issue")}
        sent={sent}
        options={meeting.addable.map((row) => ({ value: row.id, label: `${row.number} ${row.title}` }))}
      />
      <TextInput name="minutes" label={t("meeting.agenda.minutesOf")} value="15" inputMode="numeric" sent={sent} />
      {meeting.asksUrgency && <WhyUrgent sent={sent} called />}
    </VerbPage>
  );
}
