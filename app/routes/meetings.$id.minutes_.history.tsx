// How the minutes came to be. `?at=` opens a moment, `?from=&to=` compares two; a form brings a section back.
import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { ProblemSummary } from "../components/form";
import { Page } from "../components/frame";
import { Comparison, Moment, Stretches } from "../components/minutes/past";
import { found, look } from "../http/look.server";
import { bringBack, momentIn } from "../http/minutes-history.server";
import { formOf, missing, one, refused, valuesOf } from "../http/respond.server";
import { titledBy } from "../http/title";
import { useT } from "../i18n/t";
import type { MeetingPage } from "../views/meeting-page";
import { comparisonPage, historyPage, latest, momentPage, recordsOf, stretchList } from "../views/minutes-history";

export const meta = titledBy(({ meeting }: { meeting: MeetingPage }) => ({ key: "history.title", params: { body: meeting.body.name, n: meeting.position } }));

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer } = await look(args);
  const { services } = args.context;
  const history = found(await historyPage(db, viewer, { meetingId: args.params.id ?? "" }));
  const asked = new URL(args.request.url).searchParams;
  const moment = (name: string): number | null => {
    const text = asked.get(name);
    if (text === null) return null;
    const at = text === "now" ? latest : momentIn(text);
    if (at === null) throw missing();
    return at;
  };
  const [at, from, to] = [moment("at"), moment("from"), moment("to")];
  const { livePast } = services;
  return {
    meeting: history.meeting,
    records: await recordsOf(db, viewer, history),
    canWrite: history.canWrite,
    elsewhere: services.changeLive === null,
    moment: at === null ? null : await momentPage(db, viewer, history, livePast, at),
    comparison: at !== null || from === null || to === null ? null : comparisonPage(viewer, history, livePast, Math.min(from, to), Math.max(from, to)),
    list: at !== null || (from !== null && to !== null) ? null : await stretchList(db, viewer, history, livePast, momentIn(asked.get("page") ?? "") ?? 1),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { db, viewer } = await look(args);
  const history = found(await historyPage(db, viewer, { meetingId: args.params.id ?? "" }));
  const values = valuesOf(await formOf(args.request));
  const itemId = one(values, "itemId");
  const refusal = await bringBack(args.context.services, viewer, history, momentIn(one(values, "at")), itemId);
  if (refusal) return refused(refusal, values);
  throw redirect(`/meetings/${history.meeting.id}/minutes#item-${itemId}`, 303);
}

export default function MinutesHistory() {
  const { meeting, records, canWrite, elsewhere, moment, comparison, list } = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useT();
  const back = list
    ? { href: `/meetings/${meeting.id}/minutes`, to: t("meeting.minutes") }
    : { href: `/meetings/${meeting.id}/minutes/history`, to: t("history.back") };
  return (
    <Page back={back}>
      <ProblemSummary sent={sent} fields={{}} />
      {list && <Stretches meeting={meeting} list={list} />}
      {moment && <Moment meeting={meeting} records={records} moment={moment} restore={canWrite && !elsewhere} elsewhere={canWrite && elsewhere} />}
      {comparison && <Comparison meeting={meeting} records={records} comparison={comparison} />}
    </Page>
  );
}
