// One plain sentence for what a check found.
import { hasWords, type ShownLocale, translator } from "../i18n/engine";
import type { Fault } from "./check";

const placeWords = (locale: ShownLocale, place: string): string[] => {
  const t = translator(locale);
  const words: string[] = [];
  const names = place.split("/");
  for (let n = 0; n < names.length; n++) {
    const [name, next] = [names[n] ?? "", names[n + 1] ?? ""];
    const list = `proof.list.${name}`;
    if (/^\d+$/.test(next) && hasWords(locale, list)) {
      words.push(t(list, { n: Number(next) + 1 }));
      n++;
      // Where in a paragraph is nothing people count.
      if (name === "nodes") break;
    } else {
      const key = [`proof.name.${name}`, `party.${name}`].find((each) => hasWords(locale, each));
      if (key && hasWords(locale, key)) words.push(t(key));
      else if (/^[A-Za-z]\w{0,30}$/.test(name)) words.push(name);
      else if (!/^\d*$/.test(name)) words.push(t("proof.key", { key: name.replace(/\p{C}/gu, "").slice(0, 40) }));
    }
  }
  return words;
};

/** 议程第2项，第3段：这里的文字和定稿时不一样。 What the file itself calls a place is shortened, and nothing in it moves a cursor. */
export function faultWords(locale: ShownLocale, { place, fault, at }: Fault): string {
  const t = translator(locale);
  const what = fault === "notJson" && at ? t("proof.fault.notJson.at", at) : t(`proof.fault.${fault}`);
  const words = place === "" || fault === "otherFormat" ? [] : placeWords(locale, place);
  if (words.length === 0) return what;
  const where = words.join(t("proof.between"));
  return t("proof.at", { place: where.charAt(0).toUpperCase() + where.slice(1), what });
}
