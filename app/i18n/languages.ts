// Both languages at once, for the server. The browser has languages.browser.ts in this place (package.json, "imports").
import type { Locale } from "../domain/vocabulary";
import en from "./en";
import zh from "./zh-CN";

export const languages: Partial<Record<Locale, Record<string, string>>> = { "zh-CN": zh, en };
