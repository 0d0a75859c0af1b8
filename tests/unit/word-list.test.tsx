// The page of messages: five alike in a minute are one line.
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { WordList } from "../../app/components/word-list";
import { WordsProvider, wordsFor } from "../../app/i18n/t";
import { inRuns } from "../../app/i18n/word-words";
import type { WordItem } from "../../app/views/word";
import { mailOf } from "../../app/work/word/mail";
import type { Parcel } from "../../app/work/word/send";

const item = (n: number, over: Partial<WordItem> = {}): WordItem => ({
  id: `w${n}`,
  type: "project.reported",
  variant: "",
  why: "overseer",
  kind: "task",
  urgency: "news",
  waits: false,
  stands: true,
  at: `2026-05-12T01:${59 - n}:00.000Z`,
  read: false,
  href: "/projects/p1",
  number: "2026-0147",
  title: "Pumps",
  about: null,
  body: "",
  n: 0,
  when: "",
  place: "",
  said: "",
  acts: [],
  ...over,
});

test("[WD20] neighbours that say the same of the same matter are one line; another matter, another kind and what is read stay apart", () => {
  const items = [
    item(0, { said: "Pipes are in" }),
    item(1),
    item(2, { said: "Pump tested" }),
    item(3, { href: "/projects/p2" }),
    item(4),
    item(5, { read: true }),
  ];
  expect(inRuns(items).map((run) => run.map(({ id }) => id))).toEqual([["w0", "w1", "w2"], ["w3"], ["w4"], ["w5"]]);
  expect(inRuns([item(0), item(1, { type: "project.finished" })])).toHaveLength(2);
  const html = renderToStaticMarkup(
    <WordsProvider locale="zh-CN" timeZone="Asia/Shanghai" now="2026-05-12T04:00:00.000Z">
      <WordList items={items} />
    </WordsProvider>,
  );
  expect(html.match(/<li>/g)).toHaveLength(4);
  for (const words of ["一样的一共3条，从5月12日 09:57起", "Pipes are in", "Pump tested"]) expect(html).toContain(words);
});

test("[WD20] a collected mail merges what the page of messages merges, and loses no word or time of it", () => {
  const items = [item(2, { said: "Pump tested" }), item(1), item(0, { said: "Pipes are in" }), item(3, { href: "/projects/p2", said: "Other" })];
  const { text, html } = mailOf({
    items,
    words: wordsFor("zh-CN", "Asia/Shanghai", "2026-05-12T04:00:00.000Z"),
    community: { name: "Baoyuan" },
    name: "Li",
    origin: "https://yishi.example.cn",
    link: () => "t",
  } as unknown as Parcel);
  for (const mail of [text, html]) {
    for (const words of ["一样的一共3条，从5月12日 09:57起", "Pipes are in", "Pump tested", "Other", "有4条消息"]) expect(mail).toContain(words);
    expect(mail.match(/2026-0147 Pumps/g)).toHaveLength(2);
  }
  expect(text.match(/^5月12日 09:5\d {2}/gm)).toHaveLength(4);
});
