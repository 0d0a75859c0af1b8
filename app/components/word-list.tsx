// What somebody was told, as one sheet of lines.
import { useWords } from "../i18n/t";
import { wordWords } from "../i18n/word-words";
import type { WordItem } from "../views/word";
import { Dot } from "./frame";

export function WordLine({ item }: { item: WordItem }) {
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
      {item.said && <p className="soft said">{item.said}</p>}
      <p className="small faint">
        {why}
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
    {items.map((item) => (
      <li key={item.id}>
        <a className="row" href={item.href}>
          <WordLine item={item} />
        </a>
      </li>
    ))}
  </ul>
);
