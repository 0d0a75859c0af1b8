// A heading that is never broken inside a word: Chinese puts no spaces between them, and browsers do not know its words.
import { Fragment } from "react";

const words = new Intl.Segmenter("zh", { granularity: "word" });
const han = /^\p{Script=Han}+$/u;
type Part = { at: number; text: string };

/** A text in parts between which a line may end, besides at spaces and signs: before a word of two or more characters that follows another. */
export function partsOf(text: string): Part[] {
  const parts: Part[] = [];
  let before = "";
  for (const { segment, index } of words.segment(text)) {
    const last = parts.at(-1);
    if (last && !(han.test(before) && han.test(segment) && [...segment].length > 1)) last.text += segment;
    else parts.push({ at: index, text: segment });
    before = segment;
  }
  return parts;
}

export const Phrase = ({ children }: { children: string }) => (
  <span className="phrase">
    {partsOf(children).map(({ at, text }) => (
      <Fragment key={at}>
        {at > 0 && <wbr />}
        {text}
      </Fragment>
    ))}
  </span>
);
