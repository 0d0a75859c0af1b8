// What this person may do to an issue: one filled button, the next likely beside it, the rest folded away.
import type { Key } from "../i18n/engine";
import { useT } from "../i18n/t";
import type { IssueAct, IssuePage } from "../views/issue-page";
import { Sealed } from "./form";
import { Thumb } from "./frame";

type Act = { act: IssueAct; href: string; label: string };

/** Most urgent first: what only this person can do stands before what others can do too. */
const inOrder: readonly IssueAct[] = [
  "verify",
  "feedback",
  "rate",
  "reply",
  "pass",
  "post",
  "accept",
  "agenda",
  "settle",
  "escalate",
  "note",
  "ask",
  "remit",
  "classify",
  "extend",
  "order",
  "merge",
  "decline",
  "course",
  "stop",
  "appeal",
  "join",
];
const paths: Partial<Record<IssueAct, string>> = {
  accept: "acceptance",
  classify: "classification",
  note: "note",
  ask: "question",
  reply: "reply",
  join: "support",
  settle: "settlement",
  decline: "declining",
  merge: "merger",
  escalate: "escalation",
  remit: "remission",
  feedback: "feedback",
  rate: "rating",
  course: "course",
  post: "posting",
  pass: "passage",
  stop: "course-end",
  appeal: "appeal",
  extend: "extension",
  order: "order",
};

function useActs(issue: IssuePage): Act[] {
  const t = useT();
  const label = (act: IssueAct): string =>
    act === "verify"
      ? t("act.verify", { title: issue.toVerify?.title ?? "" })
      : act === "escalate"
        ? t("act.escalate", { to: issue.upper?.name ?? "" })
        : act === "rate" && issue.followUp.mine
          ? t("act.rate.again")
          : t(`act.${act}` as Key);
  const href = (act: IssueAct): string =>
    act === "verify"
      ? `/tasks/${issue.toVerify?.id}`
      : act === "agenda"
        ? `/bodies/${issue.holder.id}?pick=${issue.id}`
        : `/issues/${issue.number}/${paths[act]}`;
  return inOrder.filter((act) => issue.can[act]).map((act) => ({ act, href: href(act), label: label(act) }));
}

export function IssueActs({ issue, requestId }: { issue: IssuePage; requestId: string }) {
  const t = useT();
  const acts = useActs(issue);
  const [main, ...others] = acts;
  if (!main) return null;
  // Beside the main action stands the one that most often is the answer instead.
  const second = others.filter((o) =>
    main.act === "settle" || main.act === "agenda" ? o.act === "escalate" : main.act === "accept" ? o.act === "note" : false,
  );
  const rest = others.filter((o) => !second.includes(o));
  return (
    <Thumb>
      {main.act === "accept" ? (
        <form method="post" action={main.href} className="contents" data-once>
          <Sealed version={issue.version} requestId={requestId} />
          <button className="btn btn-main">{main.label}</button>
        </form>
      ) : (
        <a className="btn btn-main" href={main.href}>
          {main.label}
        </a>
      )}
      {second.map((o) => (
        <a key={o.act} className="btn" href={o.href}>
          {o.label}
        </a>
      ))}
      {rest.length > 0 && (
        <details className="more">
          <summary>{t("issue.more")}</summary>
          <ul>
            {rest.map((o) => (
              <li key={o.act}>
                <a href={o.href}>{o.label}</a>
              </li>
            ))}
          </ul>
        </details>
      )}
    </Thumb>
  );
}
