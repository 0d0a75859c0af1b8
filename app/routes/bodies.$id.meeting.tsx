import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { callMeeting } from "../commands/meeting/call";
import { CheckList, Choices, TextInput, typed } from "../components/form";
import { MeetingTimes, WhyUrgent } from "../components/meeting-times";
import { useSaid } from "../components/procedure";
import { VerbPage } from "../components/verb-page";
import { localDay, nextDay } from "../domain/clock";
import { day } from "../domain/input";
import { found, look } from "../http/look.server";
import { whenAndWhere } from "../http/meeting-verb.server";
import { act, forAct, many, one } from "../http/respond.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";
import { bodyPage } from "../views/body-page";
import { noticeDays, proposedTimes } from "../views/calendar";
import { alsoTakenUp, procedureChoices } from "../views/procedures";

export const meta = titled("meeting.call");

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, requestId } = await look(args);
  const asked = new URL(args.request.url).searchParams;
  const body = found(await bodyPage(db, viewer, { bodyId: args.params.id ?? "", filter: "unplanned", query: "" }));
  const last = body.meetings[0];
  const planned = await proposedTimes(db, viewer, body.id, asked.get("on"));
  const later = nextDay(localDay(viewer.now, viewer.community.timeZone), Math.max(7, await noticeDays(db, viewer, body.kind)));
  // What was decided in haste asks for a day before it lapses.
  const by = day.safeParse(asked.get("by")).data ?? later;
  const also = await alsoTakenUp(db, viewer, body);
  const procedures = await procedureChoices(db, viewer, body.kind);
  return forAct(
    {
      id: body.id,
      name: body.name,
      issues: [...also, ...body.docket.filter((i) => !also.some((a) => a.id === i.id)).map(({ id, number, title }) => ({ id, number, title, stage: null }))],
      procedures,
      picked: asked.getAll("pick"),
      regular: body.cadence !== null,
      place: planned?.place ?? last?.place ?? "",
      invited: new Set(body.members.map((m) => m.name)).size,
      // When it is planned; else a week ahead or as long as the notice takes, in the evening: when most of them have met so far.
      day: planned?.day ?? [by, later].sort()[0] ?? later,
      from: planned?.from ?? "19:00",
      until: planned?.until ?? "20:30",
      requestId,
    },
    body.can.call,
  );
}

export async function action(args: ActionFunctionArgs) {
  const { viewer } = await look(args);
  return act(
    args,
    callMeeting,
    (values) => ({
      bodyId: args.params.id,
      procedure: one(values, "procedure") || null,
      issues: many(values, "issues"),
      minutes: one(values, "minutes") || undefined,
      urgency: one(values, "urgency"),
      ...whenAndWhere(values, viewer.community.timeZone),
    }),
    (done) => `/meetings/${done.events[0]?.id}`,
  );
}

export default function Call() {
  const at = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useT();
  const said = useSaid();
  // Asked where it is chosen; below all of them where a community has made further ones of its own.
  const hasty = at.procedures.filter((p) => p.hasty);
  const fields = {
    startsAt: t("meeting.call.day"),
    endsAt: t("meeting.call.to"),
    place: t("meeting.call.place"),
    issues: t("meeting.call.issues"),
    procedure: t("meeting.call.procedure"),
    minutes: t("meeting.call.minutes"),
    urgency: t("meeting.call.urgency"),
  };
  return (
    <VerbPage
      back={{ href: `/bodies/${at.id}`, to: at.name }}
      title={t("meeting.call.title", { body: at.name })}
      lead={t("meeting.call.who", { n: at.invited })}
      sent={sent}
      fields={fields}
      requestId={at.requestId}
      button={t("meeting.call.button")}
      may={at.may}
    >
      <CheckList
        name="issues"
        label={fields.issues}
        hint={at.regular ? t("meeting.call.issues.regular") : undefined}
        sent={sent}
        values={at.picked}
        none={t("meeting.call.issues.none")}
        options={at.issues.map((i) => ({
          value: i.id,
          label: i.title,
          hint: i.stage ? `${i.number} ${t("meeting.call.stage", { stage: said(i.stage) })}` : i.number,
        }))}
      />
      <Choices
        name="procedure"
        label={fields.procedure}
        sent={sent}
        value={at.procedures[0]?.value}
        columns={1}
        options={at.procedures.map((p) => ({
          value: p.value,
          label: said(p.title),
          hint: said(p.about),
          ...(p.hasty && hasty.length === 1 && { more: <WhyUrgent sent={sent} /> }),
        }))}
      />
      <p className="small">
        <a href="/procedures">{t("terms.all")}</a>
      </p>
      {hasty.length > 1 && <WhyUrgent sent={sent} />}
      <TextInput name="minutes" label={fields.minutes} value="15" inputMode="numeric" sent={sent} />
      <MeetingTimes sent={sent} day={typed(sent, "day", at.day)} from={at.from} to={at.until} place={at.place} />
    </VerbPage>
  );
}
