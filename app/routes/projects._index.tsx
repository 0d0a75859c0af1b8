import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Page } from "../components/frame";
import { percentOf, StateSign, Yuan } from "../components/project";
import { Who } from "../components/sign";
import { isOverBudget } from "../domain/project";
import { look } from "../http/look.server";
import { titled } from "../http/title";
import { useWords } from "../i18n/t";
import { type ProjectGroup, projectList } from "../views/projects";

export const meta = titled("project.list");

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer } = await look(args);
  return projectList(db, viewer, { ended: new URL(args.request.url).searchParams.has("ended") });
}

export default function Projects() {
  const { ended, groups, counts } = useLoaderData<typeof loader>();
  const { t } = useWords();
  const { running: n, behind } = counts;
  return (
    <Page width="wide">
      <div className="page-head">
        <h1 className="title title-big">
          {n === 0 ? t("project.list.title.none") : behind > 0 ? t("project.list.title.behind", { n, behind }) : t("project.list.title", { n })}
        </h1>
        <p className="btns">
          <a className="btn btn-small" href="/wall">
            {t("project.list.wall")}
          </a>
        </p>
      </div>
      <nav className="filters" aria-label={t("docket.filter")}>
        <a href="/projects" aria-current={ended ? undefined : "page"}>
          {t("project.list.running")} <span className="n num">{counts.running}</span>
        </a>
        <a href="/projects?ended" aria-current={ended ? "page" : undefined}>
          {t("project.list.ended")} <span className="n num">{counts.ended}</span>
        </a>
      </nav>
      {groups.length === 0 && <p className="soft measure">{t("project.list.empty")}</p>}
      {groups.map((group) => (
        <Group key={group.body.id} group={group} />
      ))}
    </Page>
  );
}

function Group({ group: { body, rows, totals } }: { group: ProjectGroup }) {
  const { t, dates } = useWords();
  return (
    <section className="section">
      <h2 className="title-small">{body.name}</h2>
      <table className="table table-fold figures">
        <caption className="unseen">{body.name}</caption>
        <thead>
          <tr>
            <th scope="col">{t("project.list.name")}</th>
            <th scope="col">{t("project.budget")}</th>
            <th scope="col">{t("project.received")}</th>
            <th scope="col">{t("project.spent")}</th>
            <th scope="col">{t("project.list.percent")}</th>
            <th scope="col">{t("project.milestone.standing")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <th scope="row" className="row-name">
                <a className="strong" href={`/projects/${row.id}`}>
                  {row.name}
                </a>
                <small>
                  <Who party={row.responsible.party} name={row.responsible.name} />
                </small>
                <small>{t("project.span", { from: dates.localDay(row.startsOn), to: dates.localDay(row.endsOn) })}</small>
              </th>
              <Figures
                budget={row.budget}
                received={row.received}
                spent={row.spent}
                over={isOverBudget(row) ? t("project.over") : ""}
                done={row.state.pace.done}
                planned={row.state.pace.planned}
              />
              <td data-label={t("project.milestone.standing")}>
                <StateSign state={row.state} />
              </td>
            </tr>
          ))}
        </tbody>
        {rows.length > 1 && (
          <tfoot>
            <tr>
              <th scope="row">{t("project.list.totals")}</th>
              <Figures
                budget={totals.budget}
                received={totals.received}
                spent={totals.spent}
                over={totals.over > 0 ? t("project.over.some", { n: totals.over }) : ""}
                done={totals.pace.done}
                planned={totals.pace.planned}
              />
              <td />
            </tr>
          </tfoot>
        )}
      </table>
    </section>
  );
}

type FiguresProps = { budget: number; received: number; spent: number; over: string; done: number; planned: number };
function Figures({ budget, received, spent, over, done, planned }: FiguresProps) {
  const { t } = useWords();
  return (
    <>
      <td data-label={t("project.budget")}>
        <Yuan fen={budget} />
      </td>
      <td data-label={t("project.received")}>
        <Yuan fen={received} />
      </td>
      <td data-label={t("project.spent")}>
        <span>
          <Yuan fen={spent} />
          {over && <small className="strong">{over}</small>}
        </span>
      </td>
      <td data-label={t("project.list.percent")} className="num">
        {t("pace.both", { done: percentOf(done), planned: percentOf(planned) })}
      </td>
    </>
  );
}
