// A list of tasks as rows, as a board whose cards are moved by what is done, and as a month.
import { useWords } from "../i18n/t";
import { taskLights } from "../views/filters";
import type { TaskList, TaskRow } from "../views/task-list";
import { Sealed, Select } from "./form";
import { taskWord } from "./record";
import { LightSign, Who } from "./sign";

type Where = Partial<Pick<TaskList, "which" | "view" | "done"> & Pick<TaskList["filter"], "body" | "person" | "light"> & { month: string }>;

/** The address of the same list, but for what is changed. */
export function taskHref(list: TaskList, change: Where): string {
  const { filter } = list;
  const at = { which: list.which, view: list.view, done: list.done, body: filter.body, person: filter.person, light: filter.light, month: "", ...change };
  const query = new URLSearchParams({ show: at.which });
  if (at.view !== "list") query.set("view", at.view);
  if (at.done && at.view === "list") query.set("done", "");
  if (at.body) query.set("body", at.body);
  if (at.person) query.set("person", at.person);
  if (at.light) query.set("light", at.light);
  if (at.month) query.set("month", at.month);
  return `/tasks?${query}`;
}

/** What is found: the open tasks the list shows, or what kind of tasks they are. */
export function TaskTitle({ list }: { list: TaskList }) {
  const { t } = useWords();
  const { which, done, found: n, pressing } = list;
  const title = narrowed(list) ? "found" : which;
  return (
    <>
      <h1 className="title title-big">
        {done ? t("task.list.title.done") : n > 0 ? t(`task.list.title.${title}`, { n }) : t(`task.list.title.${title}.none`)}
      </h1>
      {!done && pressing > 0 && <p className="soft">{t("task.list.mine.due", { n: pressing })}</p>}
    </>
  );
}

const narrowed = ({ filter: { body, light, person } }: TaskList): boolean => body !== "" || light !== null || person !== "";

/** What to show of the list; folded away until something was chosen. */
export function TaskFilter({ list }: { list: TaskList }) {
  const { t } = useWords();
  const { body, light, person, bodies, people } = list.filter;
  const chosen = narrowed(list);
  if (!chosen && list.more === 0 && bodies.length + people.length < 2) return null;
  return (
    <details className="more" open={chosen}>
      <summary>{t("task.filter")}</summary>
      <form className="grid-form grid-form-3 mb-4">
        <input type="hidden" name="show" value={list.which} />
        <input type="hidden" name="view" value={list.view} />
        {list.done && <input type="hidden" name="done" value="" />}
        {list.month && <input type="hidden" name="month" value={list.month.month} />}
        <Select
          name="body"
          label={t("task.filter.body")}
          value={body}
          required={false}
          empty={t("task.filter.any")}
          options={bodies.map((b) => ({ value: b.id, label: b.name }))}
        />
        <Select
          name="light"
          label={t("task.filter.light")}
          value={light ?? ""}
          required={false}
          empty={t("task.filter.any")}
          options={taskLights.map((l) => ({ value: l, label: t(`task.filter.light.${l}`) }))}
        />
        <Select
          name="person"
          label={t("task.filter.person")}
          value={person}
          required={false}
          empty={t("task.filter.any")}
          options={people.map((p) => ({ value: p.id, label: p.name }))}
        />
        <p className="btns">
          <button className="btn btn-small">{t("task.filter.go")}</button>
          {chosen && (
            <a className="btn btn-small btn-plain" href={taskHref(list, { body: "", person: "", light: null, month: list.month?.month ?? "" })}>
              {t("task.filter.clear")}
            </a>
          )}
        </p>
      </form>
    </details>
  );
}

/** Tasks one below the other; their titles are headings of `level`. */
export function TaskRows({ rows, level = 2 }: { rows: readonly TaskRow[]; level?: 2 | 3 }) {
  const { t, dates } = useWords();
  const Heading = level === 2 ? "h2" : "h3";
  if (rows.length === 0) return <p className="soft">{t("task.list.empty")}</p>;
  return (
    <ul className="rows">
      {rows.map((task) => (
        <li key={task.id}>
          <a className="row" href={`/tasks/${task.id}`}>
            <div className="top">
              <LightSign light={task.light} word={taskWord(task)} />
              <span className="small faint num">{task.issue.number}</span>
            </div>
            <Heading>{task.title}</Heading>
            <p className="ask">{task.issue.title}</p>
            <Waits task={task} />
            <div className="foot-line small">
              <Who party={task.assignee.party} name={task.assignee.name} />
              <span className="soft">
                {t("task.due", { due: dates.localDay(task.dueOn) })}
                {task.percent > 0 && task.percent < 100 && (
                  <>
                    {t("list.stop")} {t("task.percent", { n: task.percent })}
                  </>
                )}
              </span>
            </div>
          </a>
        </li>
      ))}
    </ul>
  );
}

function Waits({ task }: { task: TaskRow }) {
  const { t } = useWords();
  return task.waitsFor && <p className="small strong">{t(`task.board.${task.waitsFor}Waits`)}</p>;
}

const columns = ["assigned", "accepted", "handedIn", "verified"] as const;

/** Columns by state. A card moves by the act that moves the task: a button of its own, reached by the keyboard like any other. */
export function TaskBoard({ list, requestId }: { list: TaskList; requestId: string }) {
  const { t } = useWords();
  return (
    <div className="board">
      {columns.map((status) => {
        const cards = list.rows.filter((task) => task.status === status);
        return (
          <section key={status} aria-labelledby={`board-${status}`}>
            <h2 className="strong" id={`board-${status}`}>
              {t(`task.board.${status}`)} <span className="num faint">{cards.length}</span>
            </h2>
            {cards.length === 0 ? (
              <p className="small soft">{t("task.board.none")}</p>
            ) : (
              <ul>
                {cards.map((task) => (
                  <Card key={task.id} task={task} requestId={requestId} />
                ))}
              </ul>
            )}
          </section>
        );
      })}
    </div>
  );
}

function Card({ task, requestId }: { task: TaskRow; requestId: string }) {
  const { t, dates } = useWords();
  const moves = [
    task.can.handIn && { act: "handIn" as const, href: "evidence" },
    task.can.verify && { act: "verify" as const, href: "verification" },
    task.can.return && { act: "return" as const, href: "return" },
  ].filter((m) => m !== false);
  return (
    <li className="card">
      <h3>
        <a href={`/tasks/${task.id}`}>{task.title}</a>
      </h3>
      <LightSign light={task.light} word={taskWord(task)} />
      <Waits task={task} />
      <p className="small soft">
        <Who party={task.assignee.party} name={task.assignee.name} />
      </p>
      <p className="small soft">
        {t("task.due", { due: dates.localDay(task.dueOn) })}
        {task.percent > 0 && task.percent < 100 && (
          <>
            {t("list.stop")} {t("task.percent", { n: task.percent })}
          </>
        )}
      </p>
      {(task.can.accept || moves.length > 0) && (
        <div className="btns">
          {task.can.accept && (
            <form method="post" action={`/tasks/${task.id}/acceptance`} data-once>
              <Sealed version={task.version} requestId={`${requestId}-${task.id}`} />
              <button className="btn btn-small" aria-label={t("task.board.accept.of", { title: task.title })}>
                {t("task.board.accept")}
              </button>
            </form>
          )}
          {moves.map((move) => (
            <a
              key={move.act}
              className="btn btn-small"
              href={`/tasks/${task.id}/${move.href}`}
              aria-label={t(`task.board.${move.act}.of`, { title: task.title })}
            >
              {t(`task.board.${move.act}`)}
            </a>
          ))}
        </div>
      )}
    </li>
  );
}

const weekdays = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] as const;

/** A month: a table on a desk; on a phone the days that have something, one below the other. */
export function TaskCalendar({ list, month }: { list: TaskList; month: NonNullable<TaskList["month"]> }) {
  const { t, dates } = useWords();
  const name = dates.monthOfYear(`${month.month}-01`);
  const none = month.weeks.flat().every((day) => day.tasks.length === 0);
  return (
    <>
      {month.earlier.length > 0 && (
        <section className="mb-5">
          <h2 className="title-small">{t("task.calendar.earlier")}</h2>
          <TaskRows rows={month.earlier} level={3} />
        </section>
      )}
      <nav className="views" aria-label={t("task.calendar.title", { month: name })}>
        <a href={taskHref(list, { month: month.before })}>{t("task.calendar.before")}</a>
        <a href={taskHref(list, { month: month.after })}>{t("task.calendar.after")}</a>
      </nav>
      {none && <p className="soft">{t("task.calendar.none")}</p>}
      <table className="month">
        <caption className="strong">{t("task.calendar.title", { month: name })}</caption>
        <thead>
          <tr>
            {weekdays.map((weekday) => (
              <th key={weekday} scope="col">
                {t(`weekday.${weekday}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {month.weeks.map((week) => (
            <tr key={week[0]?.day}>
              {week.map((day) => (
                <td
                  key={day.day}
                  className={!day.inMonth ? "out" : day.tasks.length === 0 ? "free" : undefined}
                  aria-current={day.day === month.today ? "date" : undefined}
                >
                  {day.inMonth && (
                    <>
                      <p className="small day">
                        <span className="only-wide num">{Number(day.day.slice(8))}</span>
                        <span className="only-narrow">{dates.localDay(day.day)}</span>
                      </p>
                      {day.tasks.length > 0 && (
                        <ul>
                          {day.tasks.map((task) => (
                            <li key={task.id}>
                              <a href={`/tasks/${task.id}`}>{task.title}</a> <LightSign light={task.light} word={taskWord(task)} />
                            </li>
                          ))}
                        </ul>
                      )}
                    </>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
