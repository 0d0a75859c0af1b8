// What somebody was told, as one sheet of lines.
import { useWords } from "../i18n/t";
import { inRuns, wordWords } from "../i18n/word-words";
import type { WordItem } from "../views/word";
import { Dot } from "./frame";

/** `earlier`: those of the same run, the newest first. */
export function WordLine({ item, earlier = [] }: { item: WordItem; earlier?: readonly WordItem[] }) {
  const words = useWords();
  const { t, dates } = words;
  const { head, what, why } = wordWords(item, words);
  return (
    <>
      <div className="top">
        <span className="small faint">{dates.dayTime(item.at)}</span>
        {!item.read && <span className="small strong">{t("word.new")}</span>}
      </div>
      <h2>{head}</h2>
      <p className="ask">{what}</p>
      {[item, ...earlier].map(
        ({ id, said }) =>
          said && (
            <p key={id} className="soft said">
              {said}
            </p>
          ),
      )}
      <p className="small faint">
        {why}
        {earlier.length > 0 && (
          <>
            <Dot />
            {t("word.run", { n: earlier.length + 1, date: dates.dayTime(earlier.at(-1)?.at ?? item.at) })}
          </>
        )}
        {item.waits && (
          <>
            <Dot />
            {t("word.owed")}
          </>
        )}
      </p>
    </>
  );
}

export const WordList = ({ items }: { items: readonly WordItem[] }) => (
  <ul className="rows">
    {inRuns(items).map(
      ([item, ...earlier]) =>
        item && (
          <li key={item.id}>
            <a className="row" href={item.href}>
              <WordLine item={item} earlier={earlier} />
            </a>
          </li>
        ),
    )}
  </ul>
);
