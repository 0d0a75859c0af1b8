// Tasks in three lists that never mix, each as rows, as a board, or as a month.
import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Page } from "../components/frame";
import { TaskBoard, TaskCalendar, TaskFilter, TaskRows, TaskTitle, taskHref } from "../components/task-list";
import { look } from "../http/look.server";
import { titled } from "../http/title";
import { useWords } from "../i18n/t";
import { taskLights, taskLists, taskViews } from "../views/filters";
import { taskList } from "../views/task-list";

export const meta = titled("nav.tasks");

const oneOf = <T extends string>(all: readonly T[], asked: string | null): T | null => all.find((one) => one === asked) ?? null;

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, requestId } = await look(args);
  const asked = new URL(args.request.url).searchParams;
  const list = await taskList(db, viewer, {
    which: oneOf(taskLists, asked.get("show")),
    view: oneOf(taskViews, asked.get("view")) ?? "list",
    done: asked.has("done"),
    body: asked.get("body") ?? "",
    light: oneOf(taskLights, asked.get("light")),
    person: asked.get("person") ?? "",
    month: asked.get("month") ?? "",
  });
  return { list, requestId };
}

export default function Tasks() {
  const { list, requestId } = useLoaderData<typeof loader>();
  const { t } = useWords();
  return (
    <Page {...(list.view === "list" ? {} : { width: "wide" as const })}>
      <TaskTitle list={list} />
      <nav className="filters" aria-label={t("task.tab")}>
        {taskLists.map((which) => (
          <a key={which} href={taskHref(list, { which, body: "", person: "" })} aria-current={which === list.which ? "page" : undefined}>
            {t(`task.tab.${which}`)} <span className="n num">{list.counts[which]}</span>
          </a>
        ))}
      </nav>
      <nav className="views" aria-label={t("task.view")}>
        {taskViews.map((view) => (
          <a key={view} href={taskHref(list, { view })} aria-current={view === list.view ? "true" : undefined}>
            {t(`task.view.${view}`)}
          </a>
        ))}
        <a href="/wall">{t("nav.wall")}</a>
      </nav>
      <TaskFilter list={list} />
      {list.view === "board" ? (
        <TaskBoard list={list} requestId={requestId} />
      ) : list.view === "calendar" && list.month ? (
        <TaskCalendar list={list} month={list.month} />
      ) : (
        <TaskRows rows={list.rows} />
      )}
      {list.more > 0 && <p className="mt-4">{t("task.list.more", { n: list.more })}</p>}
      {list.view === "list" && (
        <p className="mt-4">
          <a href={taskHref(list, { done: !list.done })}>{list.done ? t("task.list.open") : t("task.list.done")}</a>
        </p>
      )}
    </Page>
  );
}
