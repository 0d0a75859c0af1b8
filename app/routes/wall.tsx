// The wall chart, for a quarter, half a year or a year, of one body or of all.
import type { LinksFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Select } from "../components/form";
import { Phrase } from "../components/phrase";
import { WallChart, WallTable } from "../components/wall";
import { look } from "../http/look.server";
import { titled } from "../http/title";
import type { T } from "../i18n/engine";
import { useWords } from "../i18n/t";
import styles from "../styles/wall.css?url";
import { type WallCounts, wall } from "../views/wall";

export const meta = titled("wall.title");
export const links: LinksFunction = () => [{ rel: "stylesheet", href: styles }];

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer } = await look(args);
  const asked = new URL(args.request.url).searchParams;
  const one = (name: string) => asked.get(name) ?? "";
  return { wall: await wall(db, viewer, { range: one("range"), from: one("from"), body: one("body") }), asTable: one("as") === "table" };
}

function titleOf(t: T, { projects, behind, tasks, late }: WallCounts): string {
  if (projects + tasks === 0) return t("wall.title.none");
  const what =
    projects > 0 ? (behind > 0 ? t("wall.title.behind", { n: projects, behind }) : t("wall.title.all", { n: projects })) : t("wall.title.tasks", { n: tasks });
  return late > 0 ? what + t("list.clause") + t("wall.late", { n: late }) : what;
}

export default function WallPage() {
  const { wall, asTable } = useLoaderData<typeof loader>();
  const { t, dates } = useWords();
  const { range, from, body, months, today } = wall;
  const to = (over: Record<string, string>) => {
    const asked = Object.entries({ range, from, body, as: asTable ? "table" : "", ...over }).filter(([, value]) => value !== "");
    return `/wall?${new URLSearchParams(asked)}`;
  };
  const empty = wall.groups.length === 0 && wall.tasks.length === 0;
  return (
    <main className="page wall-page" id="main">
      <div className="page-head">
        <div>
          <p className="kicker">
            {t("wall.span", { from: dates.monthOfYear(months[0]?.day ?? wall.to), to: dates.monthOfYear(wall.to) })}
            {body && t("list.clause") + (wall.bodies.find((b) => b.id === body)?.name ?? "")}
          </p>
          <h1 className="title title-big">
            <Phrase>{titleOf(t, wall.counts)}</Phrase>
          </h1>
        </div>
        <p className="btns furniture">
          <a className="btn btn-small" href="/projects">
            {t("wall.projects")}
          </a>
          <a className="btn btn-small" href={to({ as: asTable ? "" : "table" })}>
            {t(asTable ? "wall.asChart" : "wall.asTable")}
          </a>
          <button type="button" className="btn btn-small" data-print hidden>
            {t("wall.print")}
          </button>
        </p>
      </div>
      <div className="wall-ask furniture">
        <nav className="filters" aria-label={t("wall.range")}>
          {(["quarter", "half", "year"] as const).map((r) => (
            <a key={r} href={to({ range: r, from: "" })} aria-current={r === range ? "page" : undefined}>
              {t(`wall.range.${r}`)}
            </a>
          ))}
          <a href={to({ from: wall.previous })}>{t("wall.previous")}</a>
          <a href={to({ from: wall.next })}>{t("wall.next")}</a>
          {today.x === null && <a href={to({ from: "" })}>{t("wall.now")}</a>}
        </nav>
        <form method="get" action="/wall" className="wall-body">
          <input type="hidden" name="range" value={range} />
          <input type="hidden" name="from" value={from} />
          {asTable && <input type="hidden" name="as" value="table" />}
          <Select
            name="body"
            label={t("wall.body")}
            required={false}
            empty={t("wall.body.all")}
            value={body}
            options={wall.bodies.map(({ id, name }) => ({ value: id, label: name }))}
          />
          <button className="btn btn-small">{t("wall.body.show")}</button>
        </form>
      </div>
      {empty ? <p className="soft measure">{t("wall.empty")}</p> : asTable ? <WallTable wall={wall} /> : <WallChart wall={wall} />}
    </main>
  );
}
