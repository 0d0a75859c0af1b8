import type { LinksFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { FigureListView, UnreadList } from "../components/figure-list";
import { figureAsk } from "../http/figures.server";
import { found, look } from "../http/look.server";
import { titledBy } from "../http/title";
import { listWords } from "../i18n/figure-words";
import styles from "../styles/dashboard.css?url";
import { type FigureList, figureList } from "../views/rates";

export const meta = titledBy(({ list }: { list: FigureList | false }) =>
  list ? { words: (t) => listWords(t, list.ask, list.total, list.whole) } : { key: "list.unread" },
);
export const links: LinksFunction = () => [{ rel: "stylesheet", href: styles }];

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer } = await look(args);
  const { ask, page } = figureAsk(new URL(args.request.url).searchParams);
  return { list: ask ? found(await figureList(db, viewer, ask, page)) : false };
}

export default function FigureListPage() {
  const { list } = useLoaderData<typeof loader>();
  return list ? <FigureListView list={list} /> : <UnreadList />;
}
