// The frame around every page: one bar, the text, the menu at its foot.
import type { ReactNode } from "react";
import { useT } from "../i18n/t";
import type { Frame } from "../views/frame";
import { Logo } from "./sign";

export function PageFrame({ frame, path, search, children }: { frame: Frame; path: string; search: string; children: ReactNode }) {
  const t = useT();
  const { who, nav, prefs } = frame;
  const within = (href: string) => path === href || (href !== "/" && path.startsWith(`${href}/`));
  // One body's docket lies under all bodies: the nearest entry is where one is.
  const here = nav
    .map(({ href }) => href)
    .filter(within)
    .sort((a, b) => b.length - a.length)[0];
  const items = nav.map(({ key, href, count }) => ({
    href,
    // Counting stops at a hundred.
    label: count ? `${t(`nav.${key}`)} ${count < 100 ? count : "99+"}` : t(`nav.${key}`),
    here: href === here,
  }));
  return (
    <>
      <a className="skip" href="#main">
        {t("nav.skip")}
      </a>
      <header className={`bar${items.length > 7 ? " bar-full" : ""}`}>
        <a className="brand" href="/">
          <Logo />
          <b>{t("app.name")}</b>
          {who && <span>{who.communityName}</span>}
        </a>
        {items.length > 0 && (
          <nav aria-label={t("nav.main")}>
            {items.map((item) => (
              <a key={item.href} href={item.href} aria-current={item.here ? "page" : undefined}>
                {item.label}
              </a>
            ))}
          </nav>
        )}
        <div className="tools">
          <form method="post" action="/preferences">
            <input type="hidden" name="to" value={path + search} />
            <button className="tool" name="view" value={prefs.view === "elder" ? "normal" : "elder"}>
              {prefs.view === "elder" ? t("view.normal") : t("view.elder")}
            </button>
          </form>
          {who ? (
            <a className="tool only-desk" href="/account">
              {who.name}
            </a>
          ) : (
            <a className="tool only-desk" href="/sign-in">
              {t("nav.signIn")}
            </a>
          )}
          <a className="tool only-phone" href="#foot">
            {t("nav.menu")}
          </a>
        </div>
      </header>
      {children}
      <footer className="foot" id="foot" tabIndex={-1}>
        <nav aria-label={t("nav.foot")}>
          {items.map((item) => (
            <a key={item.href} href={item.href}>
              {item.label}
            </a>
          ))}
          {who ? <a href="/account">{t("nav.account")}</a> : <a href="/sign-in">{t("nav.signIn")}</a>}
          {frame.demo && <a href="/demo">{t("nav.demo")}</a>}
        </nav>
        <form method="post" action="/preferences">
          <input type="hidden" name="to" value={path + search} />
          <button name="language" value={prefs.locale === "zh-CN" ? "en" : "zh-CN"} lang={prefs.locale === "zh-CN" ? "en" : "zh-CN"}>
            {t("language.other")}
          </button>
          <button name="theme" value={prefs.theme === "dark" ? "light" : "dark"}>
            {prefs.theme === "dark" ? t("theme.light") : t("theme.dark")}
          </button>
        </form>
        {who && (
          <form method="post" action="/sign-out">
            <button>{t("nav.signOut")}</button>
          </form>
        )}
      </footer>
    </>
  );
}

/** The main text of a page. `width` follows what it holds: a form is narrow, a table wide. */
export function Page({ children, width, back }: { children: ReactNode; width?: "narrow" | "wide"; back?: { href: string; to: string } }) {
  const t = useT();
  return (
    <main className={`page${width ? ` page-${width}` : ""}`} id="main">
      {back && (
        <a className="back" href={back.href}>
          {t("nav.back", { to: back.to })}
        </a>
      )}
      {children}
    </main>
  );
}

/** The one main action, under the thumb on a phone; what else there is beside it on a desk. */
export const Thumb = ({ children }: { children: ReactNode }) => <div className="thumb">{children}</div>;

export const Kicker = ({ children }: { children: ReactNode }) => <p className="kicker">{children}</p>;
/** A dot between two facts; the line may break after it. */
export const Dot = () => (
  <>
    <span className="dot" />
    <wbr />
  </>
);
