// A summary of decisions (纪要) as issued, and an addendum, as papers. Layout: GB/T 9704-2012, 10.3.

import type { Locale } from "../domain/vocabulary";
import { translator } from "../i18n/engine";
import { type Closing, signatureLines, smallPrint } from "./closing";
import { longDate } from "./dates";
import { minutesPaper } from "./minutes-paper";
import { type Block, clean, numberOf, type Paper, piece } from "./paper";
import { attendance, type Teller } from "./people-lines";
import type { OpenAddendum, OpenRecord, OpenSummary } from "./record";

const paragraph = (text: string): Block => ({ kind: "paragraph", pieces: [piece(text)] });

/** Red heading, number, body; after it one blank line and the lists 出席, 请假, 列席. Without signatures: it is issued, not signed. */
export function summaryPaper(record: OpenSummary, locale: Locale): Paper {
  const t = translator(locale);
  const blocks: Block[] = record.opening.map((words) => paragraph(words.said));
  for (const [n, part] of record.parts.entries()) {
    const title = part.issueNumber ? t("paper.item", { title: part.title.said, number: part.issueNumber }) : part.title.said;
    blocks.push({ kind: "heading", level: 1, text: numberOf(locale, 1, n + 1) + clean(title) });
    blocks.push(...part.paragraphs.map((words) => paragraph(words.said)));
    blocks.push(
      ...part.resolutions.map(
        (words, m): Block => ({ kind: "heading", level: 2, text: (part.resolutions.length > 1 ? numberOf(locale, 2, m + 1) : "") + clean(words.said) }),
      ),
    );
  }
  blocks.push({ kind: "blank" }, ...attendance({ t, locale, record }, false));
  return {
    locale,
    title: clean(t("paper.summary.title", { body: record.body.name.said })),
    masthead: {
      number: t("paper.number", record.number),
      office: clean(record.body.name.said),
      date: longDate(locale, record.timeZone, record.issuedAt),
    },
    blocks,
  };
}

/** An addendum on a sheet of its own. */
export function addendumPaper(record: OpenAddendum, locale: Locale, closing: Closing | null): Paper {
  const t = translator(locale);
  const of: Teller = { t, locale, record };
  const { meeting } = record;
  const blocks = [
    paragraph(t("paper.addendum.to", { date: longDate(locale, record.timeZone, meeting.openedAt ?? meeting.startsAt), n: meeting.position })),
    ...record.paragraphs.map((words) => paragraph(words.said)),
    { kind: "blank" } as const,
    ...signatureLines(of, closing),
    ...(closing ? [smallPrint(of, closing)] : []),
  ];
  return { locale, title: clean(t("paper.addendum.title", { body: record.body.name.said, n: meeting.position })), masthead: null, blocks };
}

/** The paper of any record. */
export function paperOf(record: OpenRecord, locale: Locale, closing: Closing | null): Paper {
  if (record.kind === "minutes") return minutesPaper(record, locale, closing);
  return record.kind === "summary" ? summaryPaper(record, locale) : addendumPaper(record, locale, closing);
}
