// Search in Chinese and Latin text: our own bigrams in a contentless FTS5 table. The trigram tokenizer of SQLite
// finds no two-character word (停车). A derived table: dropped and rebuilt at will, so it is not in the migrations.
import type Database from "better-sqlite3";
import { sql } from "kysely";
import type { Issue } from "../domain/issue";
import type { Db } from "./dialect.server";

const han = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** The terms of a text: bigrams of runs of ideographs, whole words of the rest, lower-cased, without marks. */
export function terms(text: string): string[] {
  const found: string[] = [];
  for (const run of text
    .normalize("NFKC")
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? []) {
    for (const part of run.match(
      /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+|[^\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+/gu,
    ) ?? []) {
      const characters = [...part];
      if (!han.test(part) || characters.length === 1) found.push(part);
      else for (let i = 0; i + 1 < characters.length; i++) found.push(`${characters[i]}${characters[i + 1]}`);
    }
  }
  return found;
}

/** Words so common in what people raise that sharing them says nothing. */
const common = new Set([
  "没有",
  "不了",
  "一个",
  "我们",
  "今天",
  "昨天",
  "晚上",
  "早上",
  "有人",
  "the",
  "a",
  "is",
  "of",
  "in",
  "and",
  "to",
  "no",
  "on",
  "at",
  "it",
  "our",
  "we",
]);

/** Lay the search table and fill it when it is missing or was made by an older way of cutting words. */
export function laySearch(sqlite: Database.Database): void {
  sqlite.exec(
    "CREATE VIRTUAL TABLE IF NOT EXISTS IssueSearch USING fts5(text, content='', contentless_delete=1, detail=column, tokenize='unicode61 remove_diacritics 2')",
  );
  const filled = sqlite.prepare("SELECT count(*) FROM (SELECT rowid FROM IssueSearch LIMIT 1)").pluck().get();
  if (filled) return;
  const insert = sqlite.prepare("INSERT INTO IssueSearch(rowid, text) VALUES (?, ?)");
  const rows = sqlite.prepare("SELECT rowid AS at, number, title, what, place FROM Issue").all() as {
    at: number;
    number: string;
    title: string;
    what: string;
    place: string;
  }[];
  sqlite.transaction(() => {
    for (const row of rows) insert.run(row.at, indexed(row));
  })();
}

const indexed = (issue: { title: string; what: string; place: string }) => terms(`${issue.title}\n${issue.what}\n${issue.place}`).join(" ");

/** Put an issue into the index, or put it there anew after its title changed. */
export async function indexIssue(tx: Db, issue: Issue): Promise<void> {
  const rowid = sql<number>`(SELECT rowid FROM Issue WHERE communityId = ${issue.communityId} AND id = ${issue.id})`;
  await sql`DELETE FROM IssueSearch WHERE rowid = ${rowid}`.execute(tx);
  await sql`INSERT INTO IssueSearch(rowid, text) VALUES (${rowid}, ${indexed(issue)})`.execute(tx);
}

const quoted = (term: string) => `"${term.replaceAll('"', '""')}"`;

export type Match = { id: string; score: number };

/** Open issues of a community that share words with `text`, best first. At least two shared terms, or all of a short text. */
export async function similarIssues(db: Db, communityId: string, text: string, limit: number): Promise<Match[]> {
  const wanted = [...new Set(terms(text))].filter((t) => !common.has(t)).slice(0, 60);
  if (wanted.length === 0) return [];
  const any = wanted.map(quoted).join(" OR ");
  // bm25 has to score every match, so it only ever sees the newest few hundred.
  const { rows } = await sql<Match>`
    SELECT Issue.id AS id, hits.rank AS score
    FROM (SELECT rowid, rank FROM IssueSearch WHERE IssueSearch MATCH ${any} ORDER BY rowid DESC LIMIT 400) AS hits
    JOIN Issue ON Issue.rowid = hits.rowid
    WHERE Issue.communityId = ${communityId} AND Issue.status IN ('open', 'waiting', 'doing')
    ORDER BY hits.rank LIMIT ${limit * 4}`.execute(db);
  return rows;
}

/** Ids of issues that hold all the words of `query`, newest first. */
export async function findIssues(db: Db, communityId: string, query: string, limit: number): Promise<string[]> {
  const wanted = [...new Set(terms(query))].slice(0, 20);
  if (wanted.length === 0) return [];
  const all = wanted.map(quoted).join(" AND ");
  const { rows } = await sql<{ id: string }>`
    SELECT Issue.id AS id FROM IssueSearch JOIN Issue ON Issue.rowid = IssueSearch.rowid
    WHERE IssueSearch MATCH ${all} AND Issue.communityId = ${communityId}
    ORDER BY IssueSearch.rowid DESC LIMIT ${limit}`.execute(db);
  return rows.map((r) => r.id);
}
