import type { Key } from "../i18n/engine";
import { useWords } from "../i18n/t";
import type { IssueRow } from "../views/issue-rows";
import { LightSign, MiniStairs } from "./sign";

/** What a light that does not count says for an issue. */
export const issueWord = (status: IssueRow["status"]): Key | undefined =>
  status === "waiting" ? "light.waitingRaiser" : status === "answered" ? "light.waitingFeedback" : status === "merged" ? "light.merged" : undefined;

/** Where an issue is, in the words beside the small staircase. */
export function useWhere(): (row: Pick<IssueRow, "status" | "holder" | "since">) => string {
  const { t, dates } = useWords();
  return ({ status, holder, since }) => {
    switch (status) {
      case "open":
        return t("mini.at", { name: holder, date: dates.day(since) });
      case "merged":
        return t("mini.merged");
      default:
        return t(`mini.${status}`, { name: holder });
    }
  };
}

export function IssueRowItem({ row, children }: { row: IssueRow; children?: React.ReactNode }) {
  const { t } = useWords();
  const where = useWhere();
  return (
    <li>
      <a className="row" href={`/issues/${row.number}`}>
        <div className="top">
          <LightSign light={row.light} word={issueWord(row.status)} />
          <span className="small faint num">{row.number}</span>
        </div>
        <h2>{row.title}</h2>
        <div className="foot-line">
          <MiniStairs steps={row.steps} label={where(row)} />
          <span className="small soft">{row.households > 1 ? t("issue.households", { n: row.households }) : t(`category.${row.category}`)}</span>
        </div>
      </a>
      {children}
    </li>
  );
}
