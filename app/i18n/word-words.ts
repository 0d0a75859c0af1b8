// A word in words: what happened, and why this person is told.
import type { WordItem } from "../views/word";
import type { Words } from "./t";

export type SaidItem = { head: string; what: string; why: string };

/** The line people know the thing by, what happened to it, and why they are told. */
export function wordWords(item: WordItem, { t, has, dates }: Pick<Words, "t" | "has" | "dates">): SaidItem {
  const meeting = item.n > 0 ? t("meeting.name", { body: item.body, n: item.n }) : "";
  const about = item.about ? [t(`category.${item.about.category}`), item.about.building].filter((text) => text !== "").join(t("list.comma")) : "";
  const named = [item.number, item.title || about].filter((text) => text !== "").join(" ");
  // Said otherwise for how it came out, or for whoever has to answer.
  const closer = [`word.what.${item.type}.${item.variant}`, `word.what.${item.type}.${item.why}`].find(has);
  const outcome = `outcome.${item.variant}`;
  const params = {
    body: item.body,
    meeting,
    when: item.when ? dates.dayWeekdayTime(item.when) : "",
    day: item.when ? dates.day(item.when) : "",
    place: item.place,
    outcome: has(outcome) ? t(outcome) : "",
  };
  return {
    head: named || meeting || item.body || t("app.name"),
    what: t(closer ?? `word.what.${item.type}`, params),
    why: t(`word.why.${item.why}`),
  };
}

/** Neighbours that say the same of the same matter, for the same reason, are one line, with what all of them said. */
export function inRuns(items: readonly WordItem[]): WordItem[][] {
  const same = (item: WordItem): string =>
    JSON.stringify([item.type, item.variant, item.why, item.href, item.title, item.body, item.when, item.read, item.waits]);
  const runs: WordItem[][] = [];
  for (const item of items) {
    const run = runs.at(-1);
    if (run?.[0] && same(run[0]) === same(item)) run.push(item);
    else runs.push([item]);
  }
  return runs;
}
