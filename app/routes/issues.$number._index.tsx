import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { IssueView } from "../components/issue-page";
import { found, look } from "../http/look.server";
import { titledBy } from "../http/title";
import { issueOwed } from "../views/clocks";
import { papersOn } from "../views/forward";
import { type IssuePage, issuePage } from "../views/issue-page";

export const meta = titledBy(({ issue }: { issue: IssuePage }) => `${issue.number} ${issue.title}`);

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, requestId } = await look(args);
  const issue = found(await issuePage(db, viewer, { number: args.params.number ?? "" }));
  return { issue, papers: await papersOn(db, viewer, issue.id), owed: await issueOwed(db, viewer, issue.id), requestId };
}

export default function Issue() {
  return <IssueView {...useLoaderData<typeof loader>()} />;
}
