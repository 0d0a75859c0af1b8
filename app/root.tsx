import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { isRouteErrorResponse, Links, Meta, Outlet, Scripts, useLocation, useMatches, useRouteError, useRouteLoaderData } from "@remix-run/react";
import type { ReactNode } from "react";
import { Page, PageFrame } from "./components/frame";
import { preferencesOf } from "./http/preferences.server";
import { whoAsks } from "./http/session.server";
import { translator } from "./i18n/engine";
import { useT, WordsProvider } from "./i18n/t";
import stylesheet from "./styles/app.css?url";
import { type Frame, frameOf } from "./views/frame";

export const links: LinksFunction = () => [
  { rel: "stylesheet", href: stylesheet },
  { rel: "icon", href: "/icon.svg", type: "image/svg+xml" },
];
export const meta: MetaFunction = () => [{ title: "议事 Yishi" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { services, nonce } = context;
  const who = await whoAsks({ request, context });
  const prefs = await preferencesOf(request, who?.community.locale ?? null);
  return { frame: await frameOf(services.store.read, who, prefs, services.env.DEMO), now: services.now(), enhance: services.enhance, nonce };
}

/** What a route may ask of the frame: to run in the browser (with this data), to stand without the frame, or to follow the room. */
export type Handle = { hydrate?: (data: unknown) => boolean; bare?: boolean; enhance?: "room" | "tools" | "minutes" };
type RootData = Awaited<ReturnType<typeof loader>>;
const plainFrame: Frame = { who: null, nav: [], prefs: { locale: "zh-CN", view: "normal", theme: "system" }, demo: false };

export function Layout({ children }: { children: ReactNode }) {
  const data = useRouteLoaderData<RootData>("root");
  const hydrates = useMatches().some((match) => (match.handle as Handle | undefined)?.hydrate?.(match.data));
  const script = useMatches().flatMap((match) => (match.handle as Handle | undefined)?.enhance ?? [])[0] ?? "page";
  const { prefs, who } = data?.frame ?? plainFrame;
  const offline = translator(prefs.locale)("form.offline");
  return (
    <html
      lang={prefs.locale === "en-XA" ? "en" : prefs.locale}
      data-view={prefs.view}
      data-theme={prefs.theme === "system" ? undefined : prefs.theme}
      data-who={who?.id}
      data-offline={offline}
    >
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <Meta />
        <Links />
        {data && !hydrates && <script type="module" src={data.enhance[script]} />}
      </head>
      <body>
        <WordsProvider locale={prefs.locale} timeZone={who?.timeZone ?? "Asia/Shanghai"} now={data?.now ?? "2026-01-01T00:00:00.000Z"}>
          {children}
        </WordsProvider>
        {hydrates && <Scripts nonce={data?.nonce} />}
      </body>
    </html>
  );
}

function Framed({ children }: { children: ReactNode }) {
  const data = useRouteLoaderData<RootData>("root");
  const { pathname, search } = useLocation();
  return (
    <PageFrame frame={data?.frame ?? plainFrame} path={pathname} search={search}>
      {children}
    </PageFrame>
  );
}

export default function App() {
  const bare = useMatches().some((match) => (match.handle as Handle | undefined)?.bare);
  if (bare) return <Outlet />;
  return (
    <Framed>
      <Outlet />
    </Framed>
  );
}

export function ErrorBoundary() {
  const error = useRouteError();
  const t = useT();
  const status = isRouteErrorResponse(error) ? error.status : 500;
  const kind = status === 404 ? "notFound" : status === 403 ? "forbidden" : "server";
  return (
    <Framed>
      <Page width="narrow">
        <h1 className="title title-big mb-4" data-error={status}>
          {t(`error.${kind}.title`)}
        </h1>
        <p className="soft measure mb-6">{t(`error.${kind}.text`)}</p>
        <a className="btn btn-main" href="/">
          {t("error.home")}
        </a>
      </Page>
    </Framed>
  );
}
