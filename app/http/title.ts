// Page titles come from words too, in the reader's language.
import type { MetaFunction } from "@remix-run/node";
import { type Key, type Params, type T, translator } from "../i18n/engine";
import type { Frame } from "../views/frame";

type Matches = Parameters<MetaFunction>[0]["matches"];
const localeOf = (matches: Matches) => (matches.find((m) => m.id === "root")?.data as { frame?: Frame } | undefined)?.frame?.prefs.locale ?? "zh-CN";

/** The title of a page whose name needs no data. */
export const titled =
  (key: Key): MetaFunction =>
  ({ matches }) => {
    const t = translator(localeOf(matches));
    return [{ title: t("app.title", { page: t(key) }) }];
  };

/** The title of a page that names what it shows. */
export const titledBy =
  (name: (data: never) => { key: Key; params?: Params } | { words: (t: T) => string } | string | null): MetaFunction =>
  ({ matches, data }) => {
    const t = translator(localeOf(matches));
    const given = data ? name(data as never) : null;
    const page =
      given === null ? t("error.notFound.title") : typeof given === "string" ? given : "words" in given ? given.words(t) : t(given.key, given.params);
    return [{ title: t("app.title", { page }) }];
  };
