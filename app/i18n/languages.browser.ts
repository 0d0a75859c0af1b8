// The one language a page is shown in, fetched before it begins to run.
import type { Locale } from "../domain/vocabulary";

export const languages: Partial<Record<Locale, Record<string, string>>> = {};

const fetched: Record<Locale, () => Promise<{ default: Record<string, string> }>> = { "zh-CN": () => import("./zh-CN"), en: () => import("./en") };

export async function learn(locale: Locale): Promise<void> {
  languages[locale] = (await fetched[locale]()).default;
}
