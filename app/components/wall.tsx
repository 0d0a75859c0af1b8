// The wall chart (挂图作战): a table whose middle column is a timeline. It needs no script; on a phone it is a list with bars.
import type { CSSProperties, ReactNode } from "react";
import type { Light } from "../domain/clock";
import { yuan } from "../domain/money";
import { isOverBudget } from "../domain/project";
import { type Span, whole } from "../domain/schedule";
import type { Dates, T } from "../i18n/engine";
import { useWords } from "../i18n/t";
import type { Place, Wall, WallRow } from "../views/wall";
import { aheadWords, percentOf, standingWords, tenths } from "./project";
import { lightWords, shapes } from "./sign";

const lights = ["ok", "soon", "late", "paused", "done"] as const satisfies readonly Light["state"][];
/** A thousand rows draw the same five signs: each is drawn once and used by its name. */
const Signs = () => (
  <svg className="unseen" aria-hidden="true">
    {lights.map((state) => (
      <symbol key={state} id={`sign-${state}`} viewBox="0 0 16 16">
        {shapes[state]}
      </symbol>
    ))}
  </svg>
);

/** The same few sentences a thousand times over: each is made once. */
function remembering(t: T): T {
  const made = new Map<string, string>();
  return (key, params) => {
    const name = params ? `${key} ${Object.values(params).join(" ")}` : key;
    const known = made.get(name) ?? t(key, params);
    made.set(name, known);
    return known;
  };
}
/** A sentence about two days, made once and filled a thousand times. */
function between(t: T, key: "wall.planned" | "wall.promised", dates: Dates): (span: Span) => string {
  const sentence = t(key, { from: "\u0001", to: "\u0002" });
  const days = new Map<string, string>();
  // A line may end between two days, and not inside one.
  const day = (on: string): string => {
    const known = days.get(on) ?? dates.localDay(on).replaceAll(" ", "\u00a0");
    days.set(on, known);
    return known;
  };
  return ({ startsOn, endsOn }) => sentence.replace("\u0001", day(startsOn)).replace("\u0002", day(endsOn));
}

const hundredths = (n: number): string => `${n / 100}%`;
const at = ({ x, w }: Place): CSSProperties => ({ left: hundredths(x), width: hundredths(w) });

/** Hairlines where months begin, and today: one drawing behind every row. */
function behind({ months, today }: Wall): CSSProperties {
  const lines = months.map(({ x }) => `linear-gradient(var(--color-line),var(--color-line)) ${hundredths(x)} 0/1px 100% no-repeat`);
  if (today.x !== null) lines.unshift(`linear-gradient(var(--color-ink),var(--color-ink)) ${hundredths(today.x)} 0/2px 100% no-repeat`);
  return { "--behind": lines.join(",") } as CSSProperties;
}
export function WallChart({ wall }: { wall: Wall }) {
  const { t, dates } = useWords();
  const rows = [...wall.groups.flatMap((g) => g.rows), ...wall.tasks];
  const say: Say = { t: remembering(t), planned: between(t, "wall.planned", dates), promised: between(t, "wall.promised", dates) };
  return (
    <>
      <Signs />
      <table className={`wall wall-${wall.range}`} style={behind(wall)}>
        <caption className="unseen">{t("wall.span", { from: dates.monthOfYear(wall.months[0]?.day ?? wall.to), to: dates.monthOfYear(wall.to) })}</caption>
        <thead>
          <tr>
            <th scope="col">{t("wall.what")}</th>
            <th scope="col" className="tl">
              <span className="unseen">{t("wall.time")}</span>
              {wall.months.map(({ day, x }) => (
                <span key={day} className="tl-month" style={{ left: hundredths(x) }}>
                  {dates.month(day)}
                </span>
              ))}
              {wall.today.x !== null && (
                <b className="today" style={{ "--x": hundredths(wall.today.x) } as CSSProperties}>
                  {t("wall.today", { date: dates.localDay(wall.today.day) })}
                </b>
              )}
            </th>
            <th scope="col">{t("wall.standing")}</th>
          </tr>
        </thead>
        {wall.groups.map((group) => (
          <tbody key={group.id}>{group.rows.map((row) => drawRow(row, say))}</tbody>
        ))}
        {wall.tasks.length > 0 && (
          <tbody>
            <tr className="others">
              <th colSpan={3} scope="rowgroup">
                {t("wall.others")}
              </th>
            </tr>
            {wall.tasks.map((row) => drawRow(row, say))}
          </tbody>
        )}
      </table>
      <Keys first={rows.some((r) => r.first)} earlier={rows.some((r) => r.earlier)} />
    </>
  );
}

type Say = { t: T; planned: (span: Span) => string; promised: (span: Span) => string };

// Functions, not components: React would ask each of a thousand what it remembers.
function drawRow(row: WallRow, say: Say): ReactNode {
  const { t } = say;
  const { owner, money } = row;
  return (
    <tr key={row.id} className={`of-${row.kind}`}>
      <th scope="row">
        <a href={row.href}>{row.name}</a>
        <span className="by">
          {owner.party && (
            <span className={`seal seal-${owner.party}`} aria-hidden="true">
              {t(`party.${owner.party}.seal`)}
            </span>
          )}
          {owner.name}
          {money && <span className="faint">{t("wall.money", { budget: yuan(money.budget), spent: yuan(money.spent) })}</span>}
          {money && isOverBudget(money) && <strong>{t("project.over")}</strong>}
          {row.kind === "task" && <span className="faint">{row.issue ? t("wall.for", { issue: row.issue }) : t("wall.task")}</span>}
        </span>
      </th>
      <td className="tl">
        <span className="when">{row.promised ? say.planned(row) + t("list.clause") + say.promised(row.promised) : say.planned(row)}</span>
        {row.first && <i className="first" style={at(row.first)} />}
        {row.plan && <i className="plan" style={at(row.plan)} />}
        {row.done && <i className="act" style={at(row.done)} />}
        {row.earlier && <i className={row.earlier === "done" ? "earlier earlier-done" : "earlier"} />}
        {row.over && <i className="over" style={at(row.over)} />}
      </td>
      <td>{drawStanding(row, t)}</td>
    </tr>
  );
}

/** What a project says first is how much is done; what a step or task says first is its light. */
function drawStanding({ kind, share, state }: WallRow, t: T): ReactNode {
  const { light, pace } = state;
  const sign = (
    <span className={`light light-${light.state}`}>
      <svg aria-hidden="true">
        <use href={`#sign-${light.state}`} />
      </svg>
      {standing(t, state)}
    </span>
  );
  const done = t("pace.done", { percent: percentOf(share) });
  if (kind !== "project")
    return (
      <>
        {sign}
        {share > 0 && share < whole && <small>{done}</small>}
      </>
    );
  const late = light.state === "late" && pace.ahead < 0;
  return (
    <>
      <b>{done}</b>
      {sign}
      {late && <small>{aheadWords(t, pace)}</small>}
      {pace.ratio !== null && (late || said(state.standing)) && <small>{t("pace.ratio", { ratio: tenths(pace.ratio) })}</small>}
    </>
  );
}

const standing = (t: T, state: WallRow["state"]): string => standingWords(t, state) ?? lightWords(state.light, t);

function Keys({ first, earlier }: { first: boolean; earlier: boolean }) {
  const { t } = useWords();
  return (
    <p className="wall-keys">
      {(["plan", "done", "over"] as const).map((key) => (
        <span key={key}>
          <i className={key === "done" ? "act" : key} />
          {t(`wall.key.${key}`)}
        </span>
      ))}
      {earlier && (
        <span>
          <i className="earlier earlier-done" />
          {t("wall.key.earlier")}
        </span>
      )}
      {first && (
        <span>
          <i className="first" />
          {t("wall.key.first")}
        </span>
      )}
      <span>{t("wall.key.how")}</span>
    </p>
  );
}

/** What a column of its own says already. */
const said = (standing: WallRow["state"]["standing"]): boolean => standing === "ahead" || standing === "behind" || standing === "even";

/** The same figures as a table of words and numbers. */
export function WallTable({ wall }: { wall: Wall }) {
  const { t: plain, dates } = useWords();
  const t = remembering(plain);
  const promised = between(t, "wall.promised", dates);
  const rows = [...wall.groups.flatMap((g) => g.rows), ...wall.tasks];
  const percent = (share: number) => t("wall.percent", { percent: percentOf(share) });
  const columns = ["name", "kind", "owner", "from", "to", "done", "planned", "ratio", "ahead", "standing"] as const;
  return (
    <table className="table table-fold wall-table">
      <caption className="unseen">{t("wall.span", { from: dates.monthOfYear(wall.months[0]?.day ?? wall.to), to: dates.monthOfYear(wall.to) })}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col">
              {t(`wall.table.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id} className={`of-${row.kind}`}>
            <th scope="row">
              <a href={row.href}>{row.name}</a>
              {row.issue && <small>{t("wall.for", { issue: row.issue })}</small>}
              {row.promised && <small>{promised(row.promised)}</small>}
            </th>
            <td data-label={t("wall.table.kind")}>{t(`wall.kind.${row.kind}`)}</td>
            <td data-label={t("wall.table.owner")}>{row.owner.name}</td>
            <td data-label={t("wall.table.from")}>{dates.localDay(row.startsOn)}</td>
            <td data-label={t("wall.table.to")}>{dates.localDay(row.endsOn)}</td>
            <td data-label={t("wall.table.done")}>{percent(row.share)}</td>
            <td data-label={t("wall.table.planned")}>{percent(row.state.pace.planned)}</td>
            <td data-label={t("wall.table.ratio")}>{row.state.pace.ratio === null ? "" : t("wall.percent", { percent: tenths(row.state.pace.ratio) })}</td>
            <td data-label={t("wall.table.ahead")}>{aheadWords(t, row.state.pace)}</td>
            <td data-label={t("wall.table.standing")}>{said(row.state.standing) ? t("wall.running") : standing(t, row.state)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
