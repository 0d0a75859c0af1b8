import { type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { found, look } from "../http/look.server";
import { monthsToReport } from "../views/report";

/** The last whole month; a form that chose another comes by here too. */
export async function loader(args: LoaderFunctionArgs) {
  const { viewer } = await look(args);
  const asked = new URL(args.request.url).searchParams;
  const months = monthsToReport(viewer);
  const month = found(months.find((m) => m.code === asked.get("month")) ?? months[1] ?? months[0]);
  const body = asked.get("body");
  return redirect(`/reports/${month.code}${body ? `?body=${encodeURIComponent(body)}` : ""}`);
}
