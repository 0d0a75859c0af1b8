import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Page } from "../components/frame";
import { Phrase } from "../components/phrase";
import { castMember, demoCast } from "../http/demo.server";
import { preferencesOf } from "../http/preferences.server";
import { formOf, missing, one, valuesOf } from "../http/respond.server";
import { beginSession } from "../http/session.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";

export const meta = titled("demo.title");

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { env } = context.services;
  if (!env.DEMO) throw missing();
  const { locale } = await preferencesOf(request, null);
  const asked = new URL(request.url).searchParams.get("story");
  const story = asked === "en" || asked === "zh-CN" ? asked : locale === "zh-CN" ? "zh-CN" : "en";
  const { password, people } = await demoCast(env.DATA_DIR);
  return { password, people: people.filter((p) => p.locale === story) };
}

export async function action(args: ActionFunctionArgs) {
  const { services } = args.context;
  if (!services.env.DEMO) throw missing();
  const values = valuesOf(await formOf(args.request));
  const actor = await castMember(services, one(values, "person"));
  if (!actor) throw missing();
  return redirect("/", { status: 303, headers: { "Set-Cookie": await beginSession(args, actor) } });
}

export default function Demo() {
  const { people, password } = useLoaderData<typeof loader>();
  const t = useT();
  const communities = [...new Set(people.map((p) => p.community))];
  return (
    <Page width="narrow">
      <h1 className="title title-big mb-3">
        <Phrase>{t("demo.title")}</Phrase>
      </h1>
      <p className="soft measure mb-5">{t("demo.lead", { estate: communities[0] ?? "" })}</p>
      {communities.map((community) => (
        <section key={community} className="section">
          <h2 className="title-small mb-3">{community}</h2>
          <ul className="rows">
            {people
              .filter((p) => p.community === community)
              .map((p) => (
                <li key={p.personId}>
                  <form method="post" className="row cast">
                    <input type="hidden" name="person" value={p.personId} />
                    <div>
                      <h3>{p.name}</h3>
                      <p className="soft">{p.why}</p>
                    </div>
                    <button className="btn" aria-label={t("demo.enter", { name: p.name })}>
                      {t("demo.go")}
                    </button>
                  </form>
                </li>
              ))}
          </ul>
        </section>
      ))}
      <p className="small soft mt-5">{t("demo.password", { password })}</p>
    </Page>
  );
}
