// Open issues like the one somebody is about to raise: "me too" instead of a twin.
import { useT } from "../i18n/t";
import type { IssueRow } from "../views/issue-rows";
import { useWhere } from "./issue-row";
import { MiniStairs } from "./sign";

export function Similar({ rows }: { rows: readonly (IssueRow & { canJoin: boolean })[] }) {
  const t = useT();
  const where = useWhere();
  if (rows.length === 0) return null;
  return (
    <section className="similar" aria-labelledby="similar-title">
      <h2 className="head" id="similar-title">
        {t("raise.similar", { n: rows.length })}
      </h2>
      <p className="hint">{t("raise.similar.hint")}</p>
      <ul className="rows">
        {rows.map((row) => (
          <li key={row.id} className="row">
            <div className="top">
              <span className="small faint num">{row.number}</span>
              {row.households > 1 && <span className="small soft">{t("issue.households", { n: row.households })}</span>}
            </div>
            <h3>
              <a href={`/issues/${row.number}`}>{row.title}</a>
            </h3>
            <div className="foot-line">
              <MiniStairs steps={row.steps} label={where(row)} />
              {row.canJoin && (
                <button
                  className="btn btn-small"
                  formAction={`/issues/${row.number}/support`}
                  formNoValidate
                  aria-label={t("raise.join.of", { title: row.title })}
                >
                  {t("act.join")}
                </button>
              )}
            </div>
          </li>
        ))}
      </ul>
      <input type="hidden" name="confirmed" value="1" />
    </section>
  );
}
