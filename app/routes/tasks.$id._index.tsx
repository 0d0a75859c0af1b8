import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { PhotoStrip, Sealed } from "../components/form";
import { Page, Thumb } from "../components/frame";
import { taskWord } from "../components/record";
import { LightSign, Who } from "../components/sign";
import { found, look } from "../http/look.server";
import { titledBy } from "../http/title";
import type { Key } from "../i18n/engine";
import { useWords } from "../i18n/t";
import { type TaskPage, taskPage } from "../views/task-page";

export const meta = titledBy(({ task }: { task: TaskPage }) => task.title);

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, requestId } = await look(args);
  return { task: found(await taskPage(db, viewer, { taskId: args.params.id ?? "" })), requestId };
}

export default function Task() {
  const { task, requestId } = useLoaderData<typeof loader>();
  const { t, dates } = useWords();
  const tone = task.light.state === "late" ? " now-late" : task.light.state === "soon" ? " now-soon" : "";
  return (
    <Page width="narrow" back={{ href: "/tasks", to: t("nav.tasks") }}>
      <p className="kicker">
        {t("task.for")} <a href={`/issues/${task.issue.number}`}>{task.issue.title}</a>
      </p>
      <h1 className="title title-big mb-4">{task.title}</h1>
      <div className={`now${tone}`} data-live={`/live?task=${task.id}`} data-live-words={t("live.changed")}>
        <p>
          <LightSign light={task.light} word={taskWord(task)} />
        </p>
        <p className="head">
          <Who party={task.assignee.party} name={task.assignee.name} />
        </p>
        <p className="soft">
          {task.handedInAt
            ? t("task.dueAndHandedIn", { due: dates.localDay(task.dueOn), date: dates.day(task.handedInAt) })
            : t("task.due", { due: dates.localDay(task.dueOn) })}
          {t("list.stop")} {t("task.proof", { proof: task.proof })}
        </p>
        {task.returnedFor && <p className="strong">{t("task.returnedFor", { reason: task.returnedFor })}</p>}
        {task.ownWork && <p className="soft">{t("task.ownWork")}</p>}
      </div>
      {(task.evidence || task.photoIds.length > 0) && (
        <section className="section">
          <h2 className="title-small">{t("task.evidence")}</h2>
          {task.evidence && <p className="said">{task.evidence}</p>}
          <PhotoStrip photos={task.photoIds.map((id) => ({ id }))} />
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
      <Acts task={task} requestId={requestId} />
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
          {task.story.map((entry) => (
            <div key={entry.at + entry.what}>
              <dt>{dates.day(entry.at)}</dt>
              <dd>
                <p>{t(`task.event.${entry.what}` as Key, { by: entry.by })}</p>
                {entry.text && entry.what !== "task.assigned" && <p className="quote said">{entry.text}</p>}
              </dd>
            </div>
          ))}
        </dl>
      </section>
    </Page>
  );
}

function Acts({ task: { id, can, version }, requestId }: { task: TaskPage; requestId: string }) {
  const { t } = useWords();
  const links = [
    can.verify && { href: "verification", label: t("task.verify") },
    can.handIn && { href: "evidence", label: t("task.handIn") },
    can.return && { href: "return", label: t("task.return") },
    can.progress && { href: "progress", label: t("task.progress") },
  ].filter((l) => l !== false);
  if (!can.accept && links.length === 0) return null;
  return (
    <Thumb>
      {can.accept && (
        <form method="post" action={`/tasks/${id}/acceptance`} className="contents" data-once>
          <Sealed version={version} requestId={requestId} />
          <button className="btn btn-main">{t("task.accept")}</button>
        </form>
      )}
      {links.map((link, n) => (
        <a key={link.href} className={`btn${n === 0 && !can.accept ? " btn-main" : ""}`} href={`/tasks/${id}/${link.href}`}>
          {link.label}
        </a>
      ))}
    </Thumb>
  );
}
