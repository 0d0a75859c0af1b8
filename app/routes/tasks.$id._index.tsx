import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Page } from "../components/frame";
import { InOrder } from "../components/in-order";
import { Phrase } from "../components/phrase";
import { taskWord } from "../components/record";
import { LightSign, Who } from "../components/sign";
import { TaskActs } from "../components/task-acts";
import { BeforeAfter, ProgressBar, Steps, TaskDocuments, useProgressWords } from "../components/task-parts";
import { found, look } from "../http/look.server";
import { titledBy } from "../http/title";
import type { Key } from "../i18n/engine";
import { useWords } from "../i18n/t";
import { type StoryLine, type TaskPage, taskPage } from "../views/task-page";

export const meta = titledBy(({ task }: { task: TaskPage }) => task.title);

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, requestId } = await look(args);
  return { task: found(await taskPage(db, viewer, { taskId: args.params.id ?? "" })), requestId };
}

export default function Task() {
  const { task, requestId } = useLoaderData<typeof loader>();
  const { t, dates } = useWords();
  const progress = useProgressWords();
  const tone = task.light.state === "late" ? " now-late" : task.light.state === "soon" ? " now-soon" : "";
  const begun = task.percent > 0 || task.steps !== null;
  return (
    <Page width="narrow" back={{ href: "/tasks", to: t("nav.tasks") }}>
      <p className="kicker">
        {t("task.for")} <a href={`/issues/${task.issue.number}`}>{task.issue.title}</a>
      </p>
      <h1 className="title title-big mb-4">
        <Phrase>{task.title}</Phrase>
      </h1>
      <div className={`now${tone}`} data-live={`/live?task=${task.id}`} data-live-words={t("live.changed")}>
        <p>
          <LightSign light={task.light} word={taskWord(task)} />
        </p>
        <p className="head lead-line">
          <span className="soft">{t("task.lead")}</span> <Who party={task.assignee.party} name={task.assignee.name} />
          {task.desk && <span className="small soft">{t("task.desk", { body: task.desk })}</span>}
        </p>
        {task.supporting.length > 0 && <p className="soft">{t("task.supporting", { who: task.supporting.map((s) => s.name).join(t("list.comma")) })}</p>}
        <p className="soft">
          {task.handedInAt
            ? t("task.dueAndHandedIn", { due: dates.localDay(task.dueOn), date: dates.day(task.handedInAt) })
            : t("task.due", { due: dates.localDay(task.dueOn) })}
          {task.extensions > 0 && (
            <>
              {t("list.stop")} {t("task.extended", { n: task.extensions, due: dates.localDay(task.plannedDueOn) })}
            </>
          )}
          {t("list.stop")} {t("task.proof", { proof: task.proof })}
        </p>
        {task.series && <Series series={task.series} />}
        {begun && task.status !== "verified" && <ProgressBar percent={task.percent} words={progress(task)} />}
        {task.returnedFor && <p className="strong">{t("task.returnedFor", { reason: task.returnedFor })}</p>}
        {task.ownWork && <p className="soft">{t("task.ownWork")}</p>}
        {task.can.confirm && <p className="strong">{t("task.confirm.ask")}</p>}
        {task.confirmed.n > 0 && <p className="soft">{task.confirmed.mine ? t("task.confirmed.mine") : t("task.confirmed", { n: task.confirmed.n })}</p>}
        {task.reopened > 0 && task.status !== "verified" && <p className="soft">{t("task.reopenedTimes", { n: task.reopened })}</p>}
      </div>
      <Waiting task={task} />
      <TaskActs task={task} requestId={requestId} />
      {task.stepList.length > 0 && (
        <section className="section">
          <h2 className="title-small">{t("task.steps")}</h2>
          <Steps task={task} requestId={requestId} />
        </section>
      )}
      {task.beforeIds.length + task.photoIds.length > 0 && (
        <section className="section">
          <h2 className="title-small">{t("task.photos")}</h2>
          <BeforeAfter task={task} />
        </section>
      )}
      {(task.evidence || task.handedInAt) && (
        <section className="section">
          <h2 className="title-small">{t("task.evidence")}</h2>
          {task.evidence && <p className="said">{task.evidence}</p>}
          <p className="small soft mt-3">
            {task.handedInAt && t("task.handedInBy", { name: task.handedInBy, date: dates.day(task.handedInAt) })}
            {task.verifiedAt && (
              <>
                {t("list.stop")} {t("task.verifiedBy", { name: task.verifiedBy, date: dates.day(task.verifiedAt) })}
              </>
            )}
          </p>
        </section>
      )}
      {task.documents.length > 0 && (
        <section className="section">
          <h2 className="title-small">{t("task.documents")}</h2>
          <TaskDocuments task={task} />
        </section>
      )}
      <section className="section">
        <h2 className="title-small">{t("task.decision")}</h2>
        <p className="quote said">{task.decision.text}</p>
        <p className="small soft mt-2">
          <a href={`/meetings/${task.decision.meetingId}`}>{t("decision.head", { date: dates.day(task.decision.at), body: task.decision.body })}</a>
        </p>
      </section>
      <section className="section story">
        <h2 className="title-small">{t("task.story")}</h2>
        <dl>
          <InOrder of={task.story} each={(entry) => <Entry entry={entry} />} />
        </dl>
      </section>
    </Page>
  );
}

function Series({ series }: { series: NonNullable<TaskPage["series"]> }) {
  const { t } = useWords();
  return (
    <p className="soft">
      {t("task.series", { every: t(`task.series.${series.kind}`), n: series.no })}{" "}
      {series.nextId ? <a href={`/tasks/${series.nextId}`}>{t("task.series.go")}</a> : t(series.goesOn ? "task.series.next" : "task.series.last")}
    </p>
  );
}

/** What waits for the body that decided: a return for a rule, a request for more time. */
function Waiting({ task }: { task: TaskPage }) {
  const { t, dates } = useWords();
  const { sentBack, extension } = task;
  if (!sentBack && !extension && task.insisted.length === 0) return null;
  return (
    <div className="stack mt-4">
      {sentBack && (
        <div className="refusal notice">
          <p className="strong">{t("task.sentBack", { name: sentBack.by, rule: t(`returnRule.${sentBack.rule}`) })}</p>
          <p className="said">{sentBack.reason}</p>
          {sentBack.belongsTo && <p>{t("task.sentBack.to", { name: sentBack.belongsTo })}</p>}
          <p className="rule">{t("task.sentBack.waits", { body: task.decision.body, lead: task.assignee.name })}</p>
        </div>
      )}
      {extension && (
        <div className="refusal notice">
          <p>{t("task.extension.waits", { name: extension.by, due: dates.localDay(extension.dueOn), reason: extension.reason })}</p>
        </div>
      )}
      {task.insisted.length > 0 && (
        <p className="small soft">{t("task.insistedOn", { rules: task.insisted.map((rule) => t(`returnRule.${rule}`)).join(t("list.comma")) })}</p>
      )}
    </div>
  );
}

function Entry({ entry }: { entry: StoryLine }) {
  const { t, dates } = useWords();
  const by = entry.by || t("story.neighbour");
  const rule = entry.rule ? t(`returnRule.${entry.rule}`) : "";
  const params = { by, to: entry.to, rule, date: entry.on ? dates.localDay(entry.on) : "", n: entry.n };
  return (
    <div>
      <dt>{dates.day(entry.at)}</dt>
      <dd>
        <p>
          {t(`task.event.${entry.what}` as Key, params)}
          {entry.what === "task.progressed" && entry.n > 0 && ` ${t("task.event.percent", { n: entry.n })}`}
        </p>
        {entry.text && entry.what !== "task.assigned" && <p className="quote said">{entry.text}</p>}
      </dd>
    </div>
  );
}
