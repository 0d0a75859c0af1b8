import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { useActionData } from "@remix-run/react";
import { finishPaper } from "../commands/paper/finish";
import { ProblemSummary } from "../components/form";
import { Page } from "../components/frame";
import { actOnPaper } from "../http/paper-verb.server";
import { titled } from "../http/title";

export const meta = titled("signing.finish");
export const loader = ({ params }: { params: { id?: string } }) => redirect(`/papers/${params.id}`);
export const action = (args: ActionFunctionArgs) => actOnPaper(args, finishPaper, () => ({}));

export default function Finishing() {
  const sent = useActionData<typeof action>();
  return (
    <Page width="narrow">
      <ProblemSummary sent={sent} fields={{}} />
    </Page>
  );
}
