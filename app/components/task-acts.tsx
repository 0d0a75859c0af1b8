// What this person may do to a task: one filled button, the rest folded away.
import { useT } from "../i18n/t";
import type { TaskAct, TaskPage } from "../views/task-page";
import { Sealed } from "./form";
import { Thumb } from "./frame";

type Shown = Exclude<TaskAct, "givePhotos" | "giveDocument" | "dropStep" | "tickStep">;

/** Most urgent first: what others wait for stands before what one may do besides. Photos and documents are given where it is said how it goes. */
const inOrder: readonly { act: Shown; path: string }[] = [
  { act: "rule", path: "ruling" },
  { act: "decideExtension", path: "extension-ruling" },
  { act: "accept", path: "acceptance" },
  { act: "verify", path: "verification" },
  { act: "handIn", path: "evidence" },
  { act: "confirm", path: "confirmation" },
  { act: "progress", path: "progress" },
  { act: "addStep", path: "steps" },
  { act: "return", path: "return" },
  { act: "reopen", path: "reopening" },
  { act: "askExtension", path: "extension" },
  { act: "sendBack", path: "sending-back" },
  { act: "handOver", path: "handover" },
  { act: "setSupport", path: "support" },
  { act: "reassign", path: "reassignment" },
  { act: "stopRepeat", path: "repeat-end" },
];

const pressed = new Set<Shown>(["accept", "confirm", "stopRepeat"]);

export function TaskActs({ task, requestId }: { task: TaskPage; requestId: string }) {
  const t = useT();
  const label = {
    rule: t("task.rule"),
    decideExtension: t("task.extension.decide"),
    accept: t("task.accept"),
    verify: t("task.verify"),
    handIn: t("task.handIn"),
    confirm: t("task.confirm.yes"),
    progress: t("task.progress"),
    addStep: t("task.steps.change"),
    return: t("task.return"),
    reopen: t("task.confirm.no"),
    askExtension: t("task.extension.ask"),
    sendBack: t("task.sendBack"),
    handOver: t("task.handOver"),
    setSupport: t("task.support"),
    reassign: t("task.reassign"),
    stopRepeat: t("task.stopRepeat"),
  } satisfies Record<Shown, string>;
  // While steps are open, or a return waits, it is not to be handed in yet: that stands last.
  const early = task.sentBack !== null || (task.steps !== null && task.steps.done < task.steps.all);
  const possible = inOrder.filter(({ act }) => task.can[act]);
  const acts = early ? [...possible.filter(({ act }) => act !== "handIn"), ...possible.filter(({ act }) => act === "handIn")] : possible;
  const [main, ...others] = acts;
  if (!main) return null;
  // Beside the main action stands the one that most often is the answer instead.
  const beside: Partial<Record<Shown, Shown>> = { verify: "return", confirm: "reopen", handIn: "progress", accept: "sendBack" };
  const second = others.filter((o) => o.act === beside[main.act]);
  const rest = others.filter((o) => !second.includes(o));
  const press = (act: Shown, path: string, className: string) =>
    pressed.has(act) ? (
      <form key={act} method="post" action={`/tasks/${task.id}/${path}`} className="contents" data-once>
        <Sealed version={task.version} requestId={`${requestId}-${act}`} />
        <button className={className}>{label[act]}</button>
      </form>
    ) : (
      <a key={act} className={className} href={`/tasks/${task.id}/${path}`}>
        {label[act]}
      </a>
    );
  return (
    <Thumb>
      {press(main.act, main.path, "btn btn-main")}
      {second.map((o) => press(o.act, o.path, "btn"))}
      {rest.length > 0 && (
        <details className="more">
          <summary>{t("issue.more")}</summary>
          <ul>
            {rest.map((o) => (
              <li key={o.act}>{press(o.act, o.path, pressed.has(o.act) ? "btn btn-plain" : "")}</li>
            ))}
          </ul>
        </details>
      )}
    </Thumb>
  );
}
