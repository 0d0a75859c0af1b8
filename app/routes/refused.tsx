import { data, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Page } from "../components/frame";
import { titled } from "../http/title";
import { refusalWords } from "../i18n/refusal-words";
import { useWords } from "../i18n/t";

export const meta = titled("refused.title");

const codes = ["crossSite", "tooLarge", "input.malformed"];

export const loader = ({ request }: LoaderFunctionArgs) => {
  const asked = new URL(request.url).searchParams.get("code");
  return data({ code: codes.find((code) => code === asked) ?? "crossSite" }, { status: 403 });
};

export default function Refused() {
  const { code } = useLoaderData<typeof loader>();
  const words = useWords();
  const { what, why } = refusalWords({ code, params: {} }, words);
  return (
    <Page width="narrow">
      <h1 className="title mb-4" data-error={403}>
        {words.t("refused.title")}
      </h1>
      <div className="refusal mb-6">
        <p className="head">{what}</p>
        {why && <p className="rule">{why}</p>}
      </div>
      <a className="btn btn-main" href="/">
        {words.t("error.home")}
      </a>
    </Page>
  );
}
