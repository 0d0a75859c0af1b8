import type { LinksFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { FigureListView, UnreadList } from "../components/figure-list";
import { figureAsk } from "../http/figures.server";
import { found, look } from "../http/look.server";
import { titled } from "../http/title";
import styles from "../styles/dashboard.css?url";
import { figureList } from "../views/rates";

export const meta = titled("nav.dashboard");
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
