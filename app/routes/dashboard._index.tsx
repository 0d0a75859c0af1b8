import type { LinksFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { DashboardView } from "../components/dashboard";
import { found, look } from "../http/look.server";
import { titled } from "../http/title";
import styles from "../styles/dashboard.css?url";
import { dashboard } from "../views/dashboard";

export const meta = titled("nav.dashboard");
export const links: LinksFunction = () => [{ rel: "stylesheet", href: styles }];

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer } = await look(args);
  const asked = new URL(args.request.url).searchParams;
  const [from, to] = [asked.get("from"), asked.get("to")];
  const typed = from !== null || to !== null ? { from: from ?? "", to: to ?? "" } : null;
  const page = found(await dashboard(db, viewer, asked.get("period") ?? (typed ? `${typed.from}..${typed.to}` : null)));
  return { ...page, typed: page.unread === null ? null : typed };
}

export default function DashboardPage() {
  return <DashboardView at={useLoaderData<typeof loader>()} />;
}
