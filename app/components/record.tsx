// Decisions and tasks: the same block in minutes, on the issue's page and in print.
import { tally } from "../domain/count";
import { parties } from "../domain/vocabulary";
import type { Key } from "../i18n/engine";
import { useWords } from "../i18n/t";
import type { DecisionProps, TaskProps } from "../views/decisions";
import { LightSign, Who } from "./sign";

export const taskWord = (task: Pick<TaskProps, "status">): Key | undefined =>
  task.status === "handedIn" ? "light.waitingCheck" : task.status === "verified" ? "light.checked" : undefined;

export function TaskLine({ task }: { task: TaskProps }) {
  const { t, dates } = useWords();
  return (
    <div className="task">
      <p className="strong">{task.shut ? task.title : <a href={`/tasks/${task.id}`}>{task.title}</a>}</p>
      <LightSign light={task.light} word={taskWord(task)} />
      <p className="meta">
        <Who party={task.assignee.party} name={task.assignee.name} />
        <span>
          {task.handedInAt
            ? t("task.dueAndHandedIn", { due: dates.localDay(task.dueOn), date: dates.day(task.handedInAt) })
            : t("task.due", { due: dates.localDay(task.dueOn) })}
        </span>
        <span>{t("task.proof", { proof: task.proof })}</span>
        {task.supporting.length > 0 && <span>{t("task.supporting", { who: task.supporting.map((s) => s.name).join(t("list.comma")) })}</span>}
        {task.percent > 0 && task.percent < 100 && <span>{t("task.percent", { n: task.percent })}</span>}
        {task.progress && <span>{t("task.lastWord", { text: task.progress })}</span>}
      </p>
    </div>
  );
}

/** `issue`: say which issue it is about, where the page around it does not. */
export function DecisionBlock({
  decision,
  amendHref,
  taskHref,
  issue,
}: {
  decision: DecisionProps;
  amendHref?: string | undefined;
  taskHref?: string | undefined;
  issue?: boolean;
}) {
  const { t, dates } = useWords();
  const total = tally(decision.counts);
  const cast = total.for + total.against + total.abstained;
  const carried = decision.outcome === "adopted" || decision.outcome === "escalated";
  return (
    <article className="block" id={`decision-${decision.id}`} aria-label={t("decision.label")}>
      <p className="block-head">
        <b>{t("decision.label")}</b>
        <span>{t("decision.head", { date: dates.day(decision.recordedAt), body: decision.bodyName })}</span>
        <span>{t(`method.${decision.method}`)}</span>
        <span>{t("decision.outcome", { outcome: t(`outcome.${decision.outcome}`) })}</span>
        {issue && (
          <a className="num" href={`/issues/${decision.issueNumber}`}>
            {decision.issueNumber}
          </a>
        )}
        {amendHref && !decision.voted && (
          <a className="end" href={amendHref}>
            {t("decision.amend")}
          </a>
        )}
      </p>
      <p className="block-text said">{decision.text}</p>
      {cast > 0 && <TallyBar counts={decision.counts} />}
      {decision.standing.ratify && <Ratified ratify={decision.standing.ratify} />}
      {decision.standing.postedUntil && <p className="small soft mt-2">{t("decision.postedUntil", { date: dates.localDay(decision.standing.postedUntil) })}</p>}
      {decision.tasks.length > 0 && (
        <div className="mt-3">
          {decision.tasks.map((task) => (
            <TaskLine key={task.id} task={task} />
          ))}
        </div>
      )}
      {decision.projects.map((project) => (
        <p key={project.id} className="mt-3">
          {t("decision.projects")} <a href={`/projects/${project.id}`}>{project.name}</a>
        </p>
      ))}
      {((taskHref && carried) || decision.opensProject) && (
        <p className="btns mt-3">
          {taskHref && carried && (
            <a className="btn btn-small" href={taskHref}>
              {t("decision.task")}
            </a>
          )}
          {decision.opensProject && (
            <a className="btn btn-small" href={`/decisions/${decision.id}/project`}>
              {t("decision.project")}
            </a>
          )}
        </p>
      )}
    </article>
  );
}

/** Whether a regular meeting adopted what was decided in haste, will, or must still be called. */
function Ratified({ ratify: { state, by, noticeOn } }: { ratify: NonNullable<DecisionProps["standing"]["ratify"]> }) {
  const { t, dates } = useWords();
  const date = dates.localDay(by);
  if (state !== "unplaced") return <p className="small strong mt-2">{t(`decision.ratify.${state}`, { date })}</p>;
  return (
    <div className="now now-soon mt-3">
      <p className="strong">{t("decision.ratify.unplaced", { date })}</p>
      <p className="small soft">{noticeOn ? t("decision.ratify.notice", { date: dates.localDay(noticeOn) }) : t("decision.ratify.noNotice")}</p>
    </div>
  );
}

/** Votes as a bar and in figures. `of` is how many may vote: whoever has not leaves the bar as empty as it is. */
export function TallyBar({ counts, of }: { counts: DecisionProps["counts"]; of?: number }) {
  const { t } = useWords();
  const total = tally(counts);
  const rest = Math.max(0, (of ?? 0) - total.for - total.against - total.abstained);
  const abstaining = parties.filter((party) => (counts[party]?.abstained ?? 0) > 0).map((party) => t(`party.${party}`));
  const against = parties.filter((party) => (counts[party]?.against ?? 0) > 0).map((party) => t(`party.${party}`));
  const parts = [
    { kind: "for" as const, n: total.for, who: [] as string[] },
    { kind: "against" as const, n: total.against, who: against },
    { kind: "abstained" as const, n: total.abstained, who: abstaining },
  ];
  return (
    <>
      <div className="tally" aria-hidden="true">
        {parts
          .filter((p) => p.n > 0)
          .map((p) => (
            <i key={p.kind} className={p.kind} style={{ flex: p.n }} />
          ))}
        {rest > 0 && <i className="rest" style={{ flex: rest }} />}
      </div>
      <p className="keys">
        {parts.map((p) => (
          <span key={p.kind}>
            <span className={`key ${p.kind}`} aria-hidden="true" />
            {t(`tally.${p.kind}`, { n: p.n })}
            {p.who.length > 0 && t("tally.who", { who: p.who.join(t("list.comma")) })}
          </span>
        ))}
        {rest > 0 && <span>{t("tally.rest", { n: rest })}</span>}
      </p>
    </>
  );
}
