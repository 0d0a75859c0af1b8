// A fragment for the raise form: open issues like the text so far.
import type { LoaderFunctionArgs } from "@remix-run/node";
import { renderToStaticMarkup } from "react-dom/server";
import { Similar } from "../components/similar";
import { look } from "../http/look.server";
import { preferencesOf } from "../http/preferences.server";
import { WordsProvider } from "../i18n/t";
import { similarTo } from "../views/issue-rows";

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer } = await look(args);
  const text = (new URL(args.request.url).searchParams.get("text") ?? "").slice(0, 500);
  const rows = await similarTo(db, viewer, text);
  const { locale } = await preferencesOf(args.request, viewer.community.locale);
  const html = renderToStaticMarkup(
    <WordsProvider locale={locale} timeZone={viewer.community.timeZone} now={viewer.now}>
      <Similar rows={rows} />
    </WordsProvider>,
  );
  return new Response(html, { headers: { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff" } });
}
