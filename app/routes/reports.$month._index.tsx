import type { LinksFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { ReportView } from "../components/report";
import { found, look } from "../http/look.server";
import { titled } from "../http/title";
import styles from "../styles/dashboard.css?url";
import { bodiesToReport, monthsToReport, reportOf } from "../views/report";

export const meta = titled("report.page");
export const links: LinksFunction = () => [{ rel: "stylesheet", href: styles }];

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer } = await look(args);
  const body = new URL(args.request.url).searchParams.get("body") || null;
  const report = found(await reportOf(db, viewer, args.params.month ?? "", body));
  return { report, body, bodies: await bodiesToReport(db, viewer), months: monthsToReport(viewer) };
}

export default function ReportPage() {
  return <ReportView {...useLoaderData<typeof loader>()} />;
}
