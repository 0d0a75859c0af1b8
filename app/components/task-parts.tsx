// The parts of a task's page: its steps with their boxes, how it was before beside how it is now, its papers.
import { useWords } from "../i18n/t";
import type { TaskPage } from "../views/task-page";
import { Sealed } from "./form";

/** A bar with its words: nobody has to guess what it measures. */
export function ProgressBar({ percent, words }: { percent: number; words: string }) {
  return (
    <p className="progress">
      <span className="progress-bar" aria-hidden="true">
        <i style={{ inlineSize: `${percent}%` }} />
      </span>
      <span className="small">{words}</span>
    </p>
  );
}

export function useProgressWords(): (task: Pick<TaskPage, "percent" | "steps">) => string {
  const { t } = useWords();
  return ({ percent, steps }) => (steps ? t("task.stepsDone", { n: steps.done, all: steps.all, percent }) : t("task.percent", { n: percent }));
}

/** The list of steps; whoever works on the task ticks them here. With `drop`, on its own page, a tick is taken back and a step taken off. */
export function Steps({ task, requestId, drop = false }: { task: TaskPage; requestId: string; drop?: boolean }) {
  const { t, dates } = useWords();
  return (
    <ol className="steps">
      {task.stepList.map((step) => (
        <li key={step.id} className={step.done ? "step-line step-line-done" : "step-line"}>
          <div>
            <p>
              <span aria-hidden="true">{step.done ? "✓ " : "○ "}</span>
              {step.title}
            </p>
            <p className="small soft">
              {step.done && step.doneAt
                ? t("task.step.done", { name: step.doneBy, date: dates.day(step.doneAt) })
                : step.owner
                  ? t("task.step.owner", { name: step.owner })
                  : ""}
            </p>
          </div>
          {((task.can.tickStep && (drop || !step.done)) || (drop && task.can.dropStep && !step.done)) && (
            <form method="post" action={`/tasks/${task.id}/steps`} className="btns" data-once>
              <Sealed requestId={`${requestId}-${step.id.slice(0, 8)}`} />
              <input type="hidden" name="stepId" value={step.id} />
              <input type="hidden" name="from" value={drop ? "steps" : "task"} />
              {task.can.tickStep && (
                <button
                  className="btn btn-small"
                  name="act"
                  value={step.done ? "untick" : "tick"}
                  aria-label={t(step.done ? "task.step.untick.of" : "task.step.tick.of", { title: step.title })}
                >
                  {t(step.done ? "task.step.untick" : "task.step.tick")}
                </button>
              )}
              {drop && task.can.dropStep && !step.done && (
                <button className="btn btn-small btn-plain" name="act" value="drop" aria-label={t("task.step.drop.of", { title: step.title })}>
                  {t("task.step.drop")}
                </button>
              )}
            </form>
          )}
        </li>
      ))}
    </ol>
  );
}

/** How it was and how it is, side by side. */
export function BeforeAfter({ task }: { task: TaskPage }) {
  const { t } = useWords();
  if (task.beforeIds.length + task.photoIds.length === 0) return null;
  const side = (which: "before" | "after", ids: readonly string[]) => (
    <div>
      <p className="small strong">{t(`task.${which}`)}</p>
      {ids.length === 0 && <p className="small soft">{t(`task.${which}.none`)}</p>}
      {ids.map((id, n) => (
        <a key={id} href={`/files/${id}`}>
          <img src={`/files/${id}?small`} alt={t(`task.photo.${which}`, { n: n + 1 })} width={320} height={240} loading="lazy" />
        </a>
      ))}
    </div>
  );
  return (
    <div className="before-after">
      {side("before", task.beforeIds)}
      {side("after", task.photoIds)}
    </div>
  );
}

/** Papers by name, kind and size. */
export function TaskDocuments({ task }: { task: Pick<TaskPage, "id" | "documents"> }) {
  const { t } = useWords();
  if (task.documents.length === 0) return null;
  const size = (bytes: number) =>
    bytes < 1_048_576 ? t("handout.kb", { n: Math.ceil(bytes / 1024) }) : t("handout.mb", { n: (bytes / 1_048_576).toFixed(1) });
  return (
    <ul className="plain">
      {task.documents.map((d) => (
        <li key={d.id}>
          <a className="said" href={`/tasks/${task.id}/documents/${d.id}`}>
            {d.name}
          </a>{" "}
          <span className="small soft nowrap">{t(d.type === "application/pdf" ? "handout.pdf" : "handout.photo", { size: size(d.bytes) })}</span>
        </li>
      ))}
    </ul>
  );
}

/** Where photos and documents are given, for whoever may give them now; nothing for anybody else. */
export function ProofLinks({ task, from = "" }: { task: Pick<TaskPage, "id" | "can">; from?: string }) {
  const { t } = useWords();
  if (!task.can.givePhotos && !task.can.giveDocument) return null;
  return (
    <p className="btns mt-2">
      {task.can.givePhotos && <a href={`/tasks/${task.id}/photos`}>{t("task.photos.give")}</a>}
      {task.can.giveDocument && <a href={`/tasks/${task.id}/documents${from}`}>{t("task.documents.give")}</a>}
    </p>
  );
}

/** The papers that prove it, or that there are none; whoever may still add one, or photos, is led there. */
export function ProofPapers({ task, add = false }: { task: Pick<TaskPage, "id" | "documents" | "can">; add?: boolean }) {
  const { t } = useWords();
  return (
    <div className="mt-3">
      <p className="small strong">{t("task.documents")}</p>
      {task.documents.length === 0 ? <p className="small soft">{t("task.documents.none")}</p> : <TaskDocuments task={task} />}
      {add && <ProofLinks task={task} from="?from=evidence" />}
    </div>
  );
}
