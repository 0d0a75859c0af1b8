import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { markWordsRead } from "../commands/word/mark-read";
import { Page, Thumb } from "../components/frame";
import { Phrase } from "../components/phrase";
import { WordList } from "../components/word-list";
import { look } from "../http/look.server";
import { act, one } from "../http/respond.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";
import { wordPage } from "../views/word";

export const meta = titled("word.title");

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer } = await look(args);
  const before = new URL(args.request.url).searchParams.get("before");
  return { ...(await wordPage(db, viewer, { before: before && /^[\dTZ:.-]{20,30}~[0-9a-z]{1,32}$/.test(before) ? before : null })), first: before === null };
}

export const action = (args: ActionFunctionArgs) =>
  act(
    args,
    markWordsRead,
    (values) => ({ until: one(values, "until") }),
    () => "/word",
  );

export default function WordsOfMine() {
  const { items, unread, until, older, first } = useLoaderData<typeof loader>();
  const t = useT();
  return (
    <Page width="narrow">
      <h1 className="title mb-3">
        <Phrase>{unread > 0 ? t("word.title.unread", { n: unread }) : items.length > 0 ? t("word.title.none") : t("word.title")}</Phrase>
      </h1>
      <p className="soft measure mb-5">{items.length > 0 ? t("word.lead") : t("word.empty")}</p>
      {items.length > 0 && <WordList items={items} />}
      <p className="btns mt-4">
        {!first && <a href="/word">{t("word.newest")}</a>}
        {older && <a href={`/word?before=${encodeURIComponent(older)}`}>{t("word.older")}</a>}
      </p>
      <p className="mt-4">
        <a href="/account/word">{t("word.prefs")}</a>
      </p>
      {unread > 0 && (
        <form method="post" data-once>
          <input type="hidden" name="until" value={until} />
          <Thumb>
            <button className="btn btn-main">{t("word.read.all")}</button>
          </Thumb>
        </form>
      )}
    </Page>
  );
}
