import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { addAgendaItem } from "../commands/meeting/add-item";
import { CadenceWords, ComingList } from "../components/calendar";
import { Docket } from "../components/docket";
import { Dot, Page } from "../components/frame";
import { Phrase } from "../components/phrase";
import { Who } from "../components/sign";
import { isLevel } from "../domain/vocabulary";
import { found, look } from "../http/look.server";
import { formOf, many, one, refused, valuesOf } from "../http/respond.server";
import { titledBy } from "../http/title";
import type { T } from "../i18n/engine";
import { useWords } from "../i18n/t";
import { type BodyPage, bodyPage } from "../views/body-page";
import { climbedFrom } from "../views/clocks";
import { docketFilters } from "../views/filters";

export const meta = titledBy((body: BodyPage) => body.name);

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, requestId } = await look(args);
  const asked = new URL(args.request.url).searchParams;
  const filter = docketFilters.find((f) => f === asked.get("show")) ?? "all";
  const body = found(await bodyPage(db, viewer, { bodyId: args.params.id ?? "", filter, query: (asked.get("q") ?? "").slice(0, 80) }));
  return { ...body, climbed: await climbedFrom(db, viewer, body.id), picked: asked.getAll("pick"), requestId };
}

/** The picked issues go on the agenda of the next meeting, one command each; the first refusal stops and says which. */
export async function action(args: ActionFunctionArgs) {
  const { viewer } = await look(args);
  const values = valuesOf(await formOf(args.request));
  const picked = many(values, "pick");
  if (picked.length === 0) return refused({ code: "docket.pickNone", params: {} }, values);
  if (one(values, "to") === "new") return redirect(`/bodies/${args.params.id}/meeting?${picked.map((p) => `pick=${encodeURIComponent(p)}`).join("&")}`, 303);
  const meetingId = one(values, "meeting");
  for (const issue of picked) {
    const done = await args.context.services.perform(
      addAgendaItem,
      viewer.actor,
      { meetingId, issue, urgency: one(values, "urgency") },
      { requestId: `${one(values, "requestId")}-${issue}` },
    );
    if (!done.ok) return refused(done.refusal, values);
  }
  return redirect(`/meetings/${meetingId}`, 303);
}

/** A council has a docket; a building has things in hand; an organization has people. */
function titleOf(body: BodyPage, t: T): string {
  const n = body.counts.all;
  if (body.deliberates) return n > 0 ? t("docket.title", { n }) : t("docket.none");
  if (body.kind === "building" || body.kind === "grid") return n > 0 ? t("body.hands", { n }) : t("body.hands.none");
  return t("body.members", { n: body.members.length });
}

export default function BodyRoute() {
  const body = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const { t, dates } = useWords();
  const { next } = body;
  return (
    <Page>
      <p className="kicker">
        <span className="nowrap">{body.name}</span>
        {next && (
          <>
            <Dot />
            <a href={`/meetings/${next.id}`}>{t("docket.next", { date: dates.dayWeekdayTime(next.startsAt) })}</a>
          </>
        )}
      </p>
      <h1 className="title title-big">
        <Phrase>{titleOf(body, t)}</Phrase>
      </h1>
      {body.counts.all > 0 && <Docket body={body} sent={sent} />}
      {body.can.call && body.counts.all === 0 && (
        <p className="mt-5">
          <a className="btn" href={`/bodies/${body.id}/meeting`}>
            {t("meeting.call")}
          </a>
        </p>
      )}
      {body.climbed.length > 0 && (
        <section className="section">
          <h2 className="title-small">{t("body.climbed")}</h2>
          <p className="soft">{t("body.climbed.lead", { n: body.climbed.length })}</p>
          <ul className="plain mt-3">
            {body.climbed.map((issue) => (
              <li key={issue.number + issue.at}>
                <span className="small faint num">{issue.number}</span> <a href={`/issues/${issue.number}`}>{issue.title}</a>{" "}
                <span className="small soft nowrap">{dates.day(issue.at)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {body.deliberates && (
        <section className="section">
          <h2 className="title-small">{t("calendar.next")}</h2>
          {body.coming.length > 0 && <ComingList coming={body.coming} naming={false} />}
          <p className="soft mt-3">
            <CadenceWords cadence={body.cadence} />
          </p>
          {body.can.setRobots && (
            <p className="mt-3">
              <a href={`/bodies/${body.id}/robots`}>{t("robots.link")}</a>
            </p>
          )}
          {body.can.setCadence && (
            <p className="mt-3">
              <a href={`/bodies/${body.id}/cadence`}>{t("cadence.link")}</a>
            </p>
          )}
        </section>
      )}
      {body.meetings.length > 0 && (
        <section className="section">
          <h2 className="title-small">{t("body.meetings")}</h2>
          <ul className="rows">
            {body.meetings.map((m) => (
              <li key={m.id}>
                <a className="row" href={`/meetings/${m.id}`}>
                  <h3>{t("home.meeting", { n: m.position })}</h3>
                  <p className="soft">
                    {t("meeting.when", { date: dates.dayWeekdayTime(m.startsAt), place: m.place })}
                    {t("list.stop")} {t("meeting.items", { n: m.items })}
                    {t("list.stop")} {t(`meetingStatus.${m.status as "called"}`)}
                  </p>
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section className="section">
        <h2 className="title-small">{t("body.members", { n: body.members.length })}</h2>
        <ul className="seats">
          {body.members.map((m) => (
            <li key={m.name + m.role}>
              <Who party={m.party} name={m.name} />
              <span className="end small soft">
                {t(`role.${m.role}`)}
                {m.endsOn && (
                  <>
                    <Dot />
                    {t("body.until", { date: dates.localDay(m.endsOn) })}
                  </>
                )}
              </span>
            </li>
          ))}
        </ul>
        <p className="small soft mt-4">{body.upper ? t("body.upper", { name: body.upper.name }) : isLevel(body.kind) ? t("body.top") : ""}</p>
      </section>
    </Page>
  );
}
