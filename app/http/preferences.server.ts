// How a person likes to read: language, size, theme. A cookie of this device, no account needed.
import { createCookie } from "@remix-run/node";
import type { Preferences } from "../views/frame";

const cookie = createCookie("yishi-view", { httpOnly: true, sameSite: "lax", path: "/", maxAge: 60 * 60 * 24 * 365 });

const oneOf = <V extends string>(value: unknown, allowed: readonly V[]): V | undefined => allowed.find((v) => v === value);

/** What the device chose, else the community's language, else the browser's. */
export async function preferencesOf(request: Request, communityLocale: "zh-CN" | "en" | null): Promise<Preferences> {
  const kept: unknown = await cookie.parse(request.headers.get("Cookie"));
  const chosen = (kept !== null && typeof kept === "object" ? kept : {}) as Record<string, unknown>;
  const asked = /^\s*en\b/i.test(request.headers.get("Accept-Language") ?? "") ? "en" : "zh-CN";
  return {
    locale: oneOf(chosen.locale, ["zh-CN", "en", "en-XA"]) ?? communityLocale ?? asked,
    view: oneOf(chosen.view, ["normal", "elder"]) ?? "normal",
    theme: oneOf(chosen.theme, ["light", "dark"]) ?? "system",
  };
}

/** Whether this device chose a language for all pages. */
export async function choseLanguage(request: Request): Promise<boolean> {
  const kept: unknown = await cookie.parse(request.headers.get("Cookie"));
  return kept !== null && typeof kept === "object" && "locale" in kept;
}

/** @returns the Set-Cookie header with what `form` changes. */
export async function changedPreferences(request: Request, form: FormData): Promise<string> {
  const kept: unknown = await cookie.parse(request.headers.get("Cookie"));
  const before = kept !== null && typeof kept === "object" ? kept : {};
  const change = {
    locale: oneOf(form.get("language"), ["zh-CN", "en", "en-XA"]),
    view: oneOf(form.get("view"), ["normal", "elder"]),
    theme: oneOf(form.get("theme"), ["light", "dark"]),
  };
  return cookie.serialize({ ...before, ...Object.fromEntries(Object.entries(change).filter(([, v]) => v !== undefined)) });
}
