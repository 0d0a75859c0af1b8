// A refusal in words: what was refused, why, and what to do now. Codes among its figures become words first.
import type { Refusal } from "../domain/refusal";
import type { Key, Params } from "./engine";
import type { Words } from "./t";

const named: Record<string, (refusal: Refusal) => string> = {
  method: (r) => `method.${r.params.method}`,
  party: (r) => `party.${r.params.party}`,
  outcome: (r) => `outcome.${r.params.outcome}`,
  status: (r) =>
    `${r.code.startsWith("task.") ? "taskStatus" : r.code.startsWith("meeting.") ? "meetingStatus" : r.code.startsWith("project.") ? "projectStatus" : "status"}.${r.params.status}`,
};

/** A local day, with an hour of the community's wall clock or without. */
const plainDay = /^(\d{4}-\d{2}-\d{2})(?: (\d{2}:\d{2}))?$/;

export function refusalWords(refusal: Refusal, { t, has, dates, locale }: Pick<Words, "t" | "has" | "dates" | "locale">): { what: string; why: string } {
  const params: Params = { ...refusal.params };
  // A day is written as everywhere: 11月22日.
  for (const [name, value] of Object.entries(params)) {
    const [, day, time] = (typeof value === "string" && plainDay.exec(value)) || [];
    if (day) params[name] = [dates.localDay(day), time ?? ""].join(locale === "zh-CN" ? "" : " ").trim();
  }
  for (const [name, key] of Object.entries(named)) {
    const code = key(refusal);
    if (name in params && has(code)) params[name] = t(code);
  }
  if (refusal.code === "stale") {
    const change = `change.${refusal.params.what}`;
    params.what = t(has(change) ? change : "change.other");
  }
  // Words of a procedure come in both languages; those shown are chosen here.
  const chinese = locale === "zh-CN";
  for (const name of Object.keys(refusal.params)) {
    const [, plain = "", language] = /^(\w+)(Zh|En)$/.exec(name) ?? [];
    if (language === (chinese ? "Zh" : "En")) params[plain] = refusal.params[name] ?? "";
  }
  if (typeof params.parties === "string") {
    const names = params.parties.split(",").map((party) => `party.${party}`);
    params.parties = names.map((name) => (has(name) ? t(name) : name)).join(t("list.comma"));
  }
  const key = refusal.code === "stale" && refusal.params.own ? "refusal.stale.own" : `refusal.${refusal.code}`;
  // Nobody is represented where nobody may be, and then nothing is said of it.
  const here = `${key}.why.here`;
  const why = params.represented === 0 && has(here) ? here : `${key}.why`;
  // A refusal that comes from a procedure quotes its rule.
  const rule = params.rule ? t("refusal.byRule", { rule: params.rule, source: params.source ?? "" }) : "";
  const own = typeof params.own === "string" ? t(params.own ? "refusal.byOwn.share" : "refusal.byOwn", { share: params.own }) : "";
  const whys = [has(why) ? t(why, params) : "", rule, own].filter((text) => text !== "");
  return { what: t(has(key) ? key : ("refusal.input.malformed" satisfies Key), params), why: whys.join(chinese ? "" : " ") };
}
