import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { PhotoStrip } from "../components/form";
import { Dot, Page, Thumb } from "../components/frame";
import { Phrase } from "../components/phrase";
import { percentOf, StateSign, Yuan } from "../components/project";
import { Who } from "../components/sign";
import { yuan } from "../domain/money";
import { dayNumber } from "../domain/schedule";
import { found, look } from "../http/look.server";
import { titledBy } from "../http/title";
import { useWords } from "../i18n/t";
import { type MilestoneProps, type ProjectPage, projectPage } from "../views/project-page";

export const meta = titledBy(({ project }: { project: ProjectPage }) => project.name);

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer } = await look(args);
  return { project: found(await projectPage(db, viewer, { projectId: args.params.id ?? "" })) };
}

export default function Project() {
  const { project } = useLoaderData<typeof loader>();
  const { t, dates } = useWords();
  const { pace } = project.state;
  const tone = project.state.light.state === "late" ? " now-late" : project.state.light.state === "soon" ? " now-soon" : "";
  return (
    <Page back={{ href: "/projects", to: t("project.list") }}>
      <p className="kicker">
        {t("project.for")} <a href={`/issues/${project.issue.number}`}>{project.issue.title}</a>
      </p>
      <h1 className="title title-big mb-4">
        <Phrase>{project.name}</Phrase>
      </h1>
      <div className={`now${tone}`} data-live={`/live?issue=${project.issue.id}`} data-live-words={t("live.changed")}>
        <p>
          <StateSign state={project.state} whole />
        </p>
        <p className="head">
          {t("pace.done", { percent: percentOf(pace.done) })}
          {project.status === "running" && pace.planned > 0 && (
            <>
              <Dot />
              {t("pace.planned", { percent: percentOf(pace.planned) })}
            </>
          )}
        </p>
        <p>
          <Who party={project.responsible.party} name={project.responsible.name} />
          {project.person && (
            <>
              <Dot />
              {project.person.name}
            </>
          )}
        </p>
        <p className="soft">
          {t("project.span", { from: dates.localDay(project.startsOn), to: dates.localDay(project.endsOn) })}
          <Dot />
          {t("project.decidedBy", { body: project.body.name })}
        </p>
        <Ending project={project} />
      </div>
      <Acts project={project} />
      <section className="section">
        <h2 className="title-small">{t("project.milestones")}</h2>
        <FirstPlan project={project} />
        {project.milestones.length === 0 ? <p className="soft measure">{t("project.milestones.none")}</p> : <Milestones lines={project.milestones} />}
        {project.dropped.length > 0 && <p className="small soft mt-3">{t("project.milestone.dropped", { titles: project.dropped.join(t("list.comma")) })}</p>}
      </section>
      <Money project={project} />
      <MoneyEntries entries={project.entries} />
      <section className="section">
        <h2 className="title-small">{t("project.reports")}</h2>
        {project.reports.length === 0 && <p className="soft">{t("project.reports.none")}</p>}
        <div className="story">
          <dl>
            {project.reports.map((report) => (
              <div key={report.id}>
                <dt>{dates.localDay(report.day)}</dt>
                <dd>
                  <p className="strong">{t("project.report.line", { percent: percentOf(report.share), spent: yuan(report.spent) })}</p>
                  {report.text && <p className="quote said">{report.text}</p>}
                  <PhotoStrip photos={report.photos} />
                  <p className="small soft">{t("project.report.by", { name: report.by })}</p>
                </dd>
              </div>
            ))}
          </dl>
        </div>
      </section>
      {project.changes.length > 0 && (
        <section className="section">
          <h2 className="title-small">{t("project.changes")}</h2>
          <div className="story">
            <dl>
              {project.changes.map((change) => (
                <div key={change.at}>
                  <dt>{dates.day(change.at)}</dt>
                  <dd>
                    <p>{t("project.change.line", { name: change.by })}</p>
                    <p className="quote said">{change.reason}</p>
                    <ChangedFigures change={change} />
                  </dd>
                </div>
              ))}
            </dl>
          </div>
        </section>
      )}
      <section className="section">
        <h2 className="title-small">{t("project.decision")}</h2>
        <p className="quote said">{project.decision.text}</p>
        <p className="small soft mt-2">
          <a href={`/meetings/${project.decision.meetingId}`}>{t("decision.head", { date: dates.day(project.decision.at), body: project.body.name })}</a>
          <Dot />
          {t("project.opened", { name: project.openedBy, date: dates.day(project.openedAt) })}
        </p>
      </section>
    </Page>
  );
}

function Ending({ project: { status, ended, verified, returnedFor, ownWork } }: { project: ProjectPage }) {
  const { t, dates } = useWords();
  return (
    <>
      {ended && status === "stopped" && <p className="strong">{t("project.now.stopped", { date: dates.localDay(ended.on), text: ended.said })}</p>}
      {ended && status !== "stopped" && <p>{t("project.now.finished", { name: ended.by, date: dates.localDay(ended.on) })}</p>}
      {ended && status !== "stopped" && ended.said && <p className="quote said">{ended.said}</p>}
      {verified && <p>{t("project.now.verified", { name: verified.by, date: dates.day(verified.at) })}</p>}
      {returnedFor && <p className="strong">{t("project.now.returned", { reason: returnedFor })}</p>}
      {ownWork && <p className="soft">{t("project.now.ownWork")}</p>}
    </>
  );
}

function Acts({ project: { id, can, laying } }: { project: ProjectPage }) {
  const { t } = useWords();
  const links = [
    can.verify && { href: "verification", label: t("project.verify") },
    can.finish && { href: "finish", label: t("project.finish") },
    can.report && { href: "report", label: t("project.report") },
    can.plan && { href: "plan", label: t(laying ? "project.plan.lay" : "project.plan") },
    can.receive && { href: "money", label: t("project.receive") },
    can.return && { href: "return", label: t("project.return") },
    can.stop && { href: "stop", label: t("project.stop") },
  ].filter((l) => l !== false);
  const [first, ...others] = links;
  if (!first) return null;
  // Changing a plan, stopping, and noting money are there for whoever needs them; nothing asks for them.
  const asked = can.verify || can.finish || can.report || laying;
  return (
    <Thumb>
      <a className={`btn${asked ? " btn-main" : ""}`} href={`/projects/${id}/${first.href}`}>
        {first.label}
      </a>
      {others.length > 0 && (
        <details className="more">
          <summary>{t("issue.more")}</summary>
          <ul className="plain">
            {others.map((link) => (
              <li key={link.href}>
                <a href={`/projects/${id}/${link.href}`}>{link.label}</a>
              </li>
            ))}
          </ul>
        </details>
      )}
    </Thumb>
  );
}

function FirstPlan({ project: { first, endsOn } }: { project: ProjectPage }) {
  const { t, dates } = useWords();
  if (!first) return null;
  const later = dayNumber(endsOn) - dayNumber(first.endsOn);
  return (
    <p className="small soft mb-3">
      {t("project.first", { from: dates.localDay(first.startsOn), to: dates.localDay(first.endsOn), budget: yuan(first.budget) })}{" "}
      {later !== 0 && t(later > 0 ? "project.first.later" : "project.first.earlier", { n: Math.abs(later) })}
    </p>
  );
}

function Milestones({ lines }: { lines: MilestoneProps[] }) {
  const { t, dates } = useWords();
  const between = (from: string, to: string) => t("project.milestone.fromTo", { from: dates.localDay(from), to: dates.localDay(to) });
  return (
    <table className="table table-fold">
      <caption className="unseen">{t("project.milestones")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("project.milestone")}</th>
          <th scope="col">{t("project.milestone.when")}</th>
          <th scope="col">{t("project.milestone.actual")}</th>
          <th scope="col">{t("project.milestone.share")}</th>
          <th scope="col">{t("project.milestone.standing")}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((m) => (
          <tr key={m.id}>
            <th scope="row" className="row-name">
              <span className="strong">{m.title}</span>
              <small>
                <Who party={m.owner.party} name={m.owner.name} />
              </small>
            </th>
            <td data-label={t("project.milestone.when")}>
              <span>
                {between(m.startsOn, m.endsOn)}
                {m.first === "new" && <small>{t("project.milestone.new")}</small>}
                {m.first !== null && m.first !== "new" && (
                  <small>{t("project.milestone.first", { from: dates.localDay(m.first.startsOn), to: dates.localDay(m.first.endsOn) })}</small>
                )}
              </span>
            </td>
            <td data-label={t("project.milestone.actual")}>
              {m.startedOn === null
                ? t("project.milestone.notBegun")
                : m.finishedOn === null
                  ? t("project.milestone.from", { date: dates.localDay(m.startedOn) })
                  : between(m.startedOn, m.finishedOn)}
            </td>
            <td data-label={t("project.milestone.share")} className="num">
              {m.weight}
            </td>
            <td data-label={t("project.milestone.standing")}>
              <span>
                <StateSign state={m.state} />
                {m.percent < 100 && m.percent > 0 && <small>{t("pace.done", { percent: m.percent })}</small>}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Money({ project: { money, budget, spent } }: { project: ProjectPage }) {
  const { t } = useWords();
  const planned = money.reduce((sum, m) => sum + m.planned, 0);
  const received = money.reduce((sum, m) => sum + m.received, 0);
  return (
    <section className="section">
      <h2 className="title-small">{t("project.money")}</h2>
      <p>
        {t("project.money.spent", { spent: yuan(spent), budget: yuan(budget) })}{" "}
        {spent > budget && <strong>{t("project.overspent", { amount: yuan(spent - budget) })}</strong>}
        {planned < budget && t("project.money.gap", { amount: yuan(budget - planned) })}
      </p>
      <table className="table table-fold figures figures-all mt-3">
        <caption className="unseen">{t("project.money")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("project.money.source")}</th>
            <th scope="col">{t("project.money.planned")}</th>
            <th scope="col">{t("project.money.received")}</th>
          </tr>
        </thead>
        <tbody>
          {money
            .filter((line) => line.planned > 0 || line.received > 0)
            .map((line) => (
              <tr key={line.source}>
                <th scope="row">{t(`source.${line.source}`)}</th>
                <td data-label={t("project.money.planned")}>
                  <Yuan fen={line.planned} />
                </td>
                <td data-label={t("project.money.received")}>
                  <Yuan fen={line.received} />
                </td>
              </tr>
            ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t("project.money.total")}</th>
            <td data-label={t("project.money.planned")}>
              <Yuan fen={planned} />
            </td>
            <td data-label={t("project.money.received")}>
              <Yuan fen={received} />
            </td>
          </tr>
        </tfoot>
      </table>
    </section>
  );
}

function MoneyEntries({ entries }: Pick<ProjectPage, "entries">) {
  const { t, dates } = useWords();
  if (entries.length === 0) return null;
  return (
    <section className="section">
      <h2 className="title-small">{t("project.entries")}</h2>
      <div className="story">
        <dl>
          {entries.map((entry) => (
            <div key={entry.at}>
              <dt>{dates.day(entry.at)}</dt>
              <dd>
                {entry.lines.map(({ source, before, now }) => (
                  <p key={source}>{t("project.entry.line", { source: t(`source.${source}`), before: yuan(before), now: yuan(now) })}</p>
                ))}
                {entry.reason && <p className="quote said">{entry.reason}</p>}
                <p className="small soft">{t("project.entry.by", { name: entry.by, time: dates.dayTime(entry.at) })}</p>
              </dd>
            </div>
          ))}
        </dl>
      </div>
    </section>
  );
}

function ChangedFigures({ change: { from, to } }: { change: ProjectPage["changes"][number] }) {
  const { t, dates } = useWords();
  const day = dates.localDay;
  return (
    <p className="small soft">
      {(from.startsOn !== to.startsOn || from.endsOn !== to.endsOn) &&
        t("project.change.days", { from: day(from.startsOn), to: day(from.endsOn), from2: day(to.startsOn), to2: day(to.endsOn) })}{" "}
      {from.budget !== to.budget && t("project.change.budget", { from: yuan(from.budget), to: yuan(to.budget) })}
    </p>
  );
}
