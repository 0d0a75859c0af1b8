// A summary of decisions (纪要) as issued, and an addendum, as papers. Layout: GB/T 9704-2012, 10.3.

import { tally } from "../domain/count";
import type { Locale } from "../domain/vocabulary";
import { hasWords, translator } from "../i18n/engine";
import { type Closing, notInForce, signatureLines, smallPrint } from "./closing";
import { longDate, longDay } from "./dates";
import { minutesPaper } from "./minutes-paper";
import { type Block, clean, numberOf, type Paper, piece } from "./paper";
import { attendance, type Teller } from "./people-lines";
import type { OpenAddendum, OpenRecord, OpenSummary, RecordItem } from "./record";

const paragraph = (text: string): Block => ({ kind: "paragraph", pieces: [piece(text)] });

/** Red heading, number, body; after it one blank line and the lists 出席, 请假, 列席. Without signatures: it is issued, not signed. */
export function summaryPaper(record: OpenSummary, locale: Locale): Paper {
  const t = translator(locale);
  const blocks: Block[] = record.opening.map((words) => paragraph(words.said));
  for (const [n, part] of record.parts.entries()) {
    const title = part.issueNumber ? t("paper.item", { title: part.title.said, number: part.issueNumber }) : part.title.said;
    blocks.push({ kind: "heading", level: 1, text: numberOf(locale, 1, n + 1) + clean(title) });
    blocks.push(...part.paragraphs.map((words) => paragraph(words.said)));
    // Whoever signs puts nothing in force that was not decided.
    blocks.push(paragraph(t(part.resolutions.length === 0 ? "paper.summary.undecided" : "paper.summary.resolved")));
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

/**
 * What a summary says was resolved on an item, line by line: the decisions as the minutes have them, how they came about, and
 * what is to be done. `lapses`: the day by which a regular meeting must adopt a decision, by its id.
 */
export function resolutionsOf(item: RecordItem, locale: Locale, lapses: ReadonlyMap<string, string>): string[] {
  const t = translator(locale);
  return item.decisions
    .filter((decision) => decision.outcome !== "deferred")
    .flatMap((decision) => {
      const total = tally(item.votes.find((vote) => vote.id === decision.voteId)?.counts ?? decision.counts);
      const named = (kind: "method" | "outcome", code: string) => (hasWords(locale, `${kind}.${code}`) ? t(`${kind}.${code}` as "outcome.adopted") : code);
      const how = { method: named("method", decision.method), outcome: named("outcome", decision.outcome), ...total };
      const counted = total.for + total.against + total.abstained > 0;
      const by = lapses.get(decision.id);
      const said = [
        t(counted ? "paper.resolved.counted" : "paper.resolved.how", how),
        ...(by ? [t("paper.resolved.lapses", { date: longDay(locale, by) })] : []),
      ];
      const tasks = decision.tasks.map((task) =>
        t(task.proof.said ? "paper.task" : "paper.task.noProof", {
          title: task.title.said,
          assignee: task.assignee.said,
          due: longDay(locale, task.dueOn),
          proof: task.proof.said,
        }),
      );
      return [`${decision.text.said.replace(/\s*\n\s*/g, " ")}${t("paper.aside", { text: said.join(t("paper.comma")) })}`, ...tasks];
    });
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

/** The paper of any record. One that was frozen and is not in force says so before anything else. */
export function paperOf(record: OpenRecord, locale: Locale, closing: Closing | null): Paper {
  const paper = printed(record, locale, closing);
  const standing = closing && notInForce(translator(locale), closing);
  return standing ? { ...paper, blocks: [{ kind: "paragraph", pieces: [piece(standing, true)] }, ...paper.blocks] } : paper;
}

function printed(record: OpenRecord, locale: Locale, closing: Closing | null): Paper {
  if (record.kind === "minutes") return minutesPaper(record, locale, closing);
  return record.kind === "summary" ? summaryPaper(record, locale) : addendumPaper(record, locale, closing);
}
