import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Page, Thumb } from "../components/frame";
import { IssueRowItem } from "../components/issue-row";
import { Phrase } from "../components/phrase";
import { look } from "../http/look.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";
import { issueFilters } from "../views/filters";
import { issueList } from "../views/issue-rows";

export const meta = titled("nav.issues");

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer } = await look(args);
  const asked = new URL(args.request.url).searchParams;
  const filter = issueFilters.find((f) => f === asked.get("show")) ?? "open";
  const after = asked.get("after");
  return issueList(db, viewer, { filter, query: (asked.get("q") ?? "").slice(0, 80), after: after && !Number.isNaN(Date.parse(after)) ? after : null });
}

export default function Issues() {
  const { rows, filter, query, next } = useLoaderData<typeof loader>();
  const t = useT();
  return (
    <Page>
      <h1 className="title title-big">
        <Phrase>{query ? t("issue.search.title", { query, n: rows.length }) : t(`issue.list.title.${filter}`)}</Phrase>
      </h1>
      <nav className="filters" aria-label={t("docket.filter")}>
        {issueFilters.map((f) => (
          <a key={f} href={`/issues?show=${f}`} aria-current={!query && f === filter ? "page" : undefined}>
            {t(`issue.filter.${f}`)}
          </a>
        ))}
      </nav>
      <form className="search mb-5" role="search">
        <label className="unseen" htmlFor="q">
          {t("issue.search")}
        </label>
        <input className="input" id="q" type="search" name="q" defaultValue={query} placeholder={t("issue.search")} />
        <button className="btn">{t("issue.search.button")}</button>
      </form>
      {rows.length === 0 ? (
        <p className="soft">{query ? t("issue.search.none", { query }) : t("issue.list.none")}</p>
      ) : (
        <ul className="rows">
          {rows.map((row) => (
            <IssueRowItem key={row.id} row={row} />
          ))}
        </ul>
      )}
      {next && (
        <p className="mt-4">
          <a href={`/issues?show=${filter}&after=${encodeURIComponent(next)}`}>{t("page.next")}</a>
        </p>
      )}
      <Thumb>
        <a className="btn btn-main" href="/raise">
          {t("home.raise")}
        </a>
      </Thumb>
    </Page>
  );
}
