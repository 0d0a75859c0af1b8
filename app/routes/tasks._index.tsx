import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Page } from "../components/frame";
import { taskWord } from "../components/record";
import { LightSign, Who } from "../components/sign";
import { look } from "../http/look.server";
import { titled } from "../http/title";
import { useWords } from "../i18n/t";
import { taskList } from "../views/task-page";

export const meta = titled("nav.tasks");

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer } = await look(args);
  const asked = new URL(args.request.url).searchParams;
  const list = (which: "mine" | "given", done: boolean) => taskList(db, viewer, { which, done });
  const which = asked.get("show");
  const done = asked.has("done");
  if (which === "mine" || which === "given") return list(which, done);
  const mine = await list("mine", done);
  // Whoever only hands work out should not land on an empty page.
  return mine.counts.mine === 0 && mine.counts.given > 0 ? list("given", done) : mine;
}

export default function Tasks() {
  const { rows, which, done, counts } = useLoaderData<typeof loader>();
  const { t, dates } = useWords();
  const n = counts[which];
  return (
    <Page>
      <h1 className="title title-big">
        {done ? t("task.list.title.done") : n > 0 ? t(`task.list.title.${which}`, { n }) : t(`task.list.title.${which}.none`)}
      </h1>
      <nav className="filters" aria-label={t("docket.filter")}>
        {(["mine", "given"] as const).map((w) => (
          <a key={w} href={`/tasks?show=${w}`} aria-current={w === which ? "page" : undefined}>
            {t(`task.list.${w}`)} <span className="n num">{counts[w]}</span>
          </a>
        ))}
      </nav>
      {rows.length === 0 ? (
        <p className="soft">{t("task.list.empty")}</p>
      ) : (
        <ul className="rows">
          {rows.map((task) => (
            <li key={task.id}>
              <a className="row" href={`/tasks/${task.id}`}>
                <div className="top">
                  <LightSign light={task.light} word={taskWord(task)} />
                  <span className="small faint num">{task.issue.number}</span>
                </div>
                <h2>{task.title}</h2>
                <p className="ask">{task.issue.title}</p>
                <div className="foot-line small">
                  <Who party={task.assignee.party} name={task.assignee.name} />
                  <span className="soft">{t("task.due", { due: dates.localDay(task.dueOn) })}</span>
                </div>
              </a>
            </li>
          ))}
        </ul>
      )}
      <p className="mt-4">
        <a href={done ? `/tasks?show=${which}` : `/tasks?show=${which}&done`}>{done ? t("task.list.open") : t("task.list.done")}</a>
      </p>
    </Page>
  );
}
