// The full minutes of a meeting as a paper: everything a minutes sheet carries, from number and place to signatures.

import { tally } from "../domain/count";
import { type Locale, parties } from "../domain/vocabulary";
import { hasWords, translator } from "../i18n/engine";
import { type Closing, signatureLines, smallPrint } from "./closing";
import { longDate, longDateTime, longDay, shortTime } from "./dates";
import { type Block, type Cell, clean, numberOf, type Paper, type Piece, piece } from "./paper";
import { attendance, capital, fact, nameOf, type Teller } from "./people-lines";
import { choices, type OpenMinutes, type RecordDecision, type RecordItem, type RecordNode, type RecordRun, type RecordVote, type Said } from "./record";

type Of = Teller & { record: OpenMinutes };

/** `closing`: what came after the freezing; null for a draft to be signed by hand. */
export function minutesPaper(record: OpenMinutes, locale: Locale, closing: Closing | null): Paper {
  const t = translator(locale);
  const of: Of = { t, locale, record };
  const { meeting } = record;
  const blocks: Block[] = [...facts(of)];
  let n = 0;
  // Only what was deliberated is numbered.
  const heading = (text: string): Block => ({ kind: "heading", level: 1, text: clean(text) });
  const numbered = (text: string): Block => ({ kind: "heading", level: 1, text: numberOf(locale, 1, ++n) + clean(text) });
  blocks.push({ kind: "blank" });
  for (const item of record.items) blocks.push(numbered(t("paper.item", { title: item.title.said, number: item.issueNumber })), ...itemBlocks(of, item));
  if (record.attachments.length > 0) blocks.push(heading(t("paper.attachments")), ...record.attachments.map((_, each) => attachmentLine(of, each)));
  const signatures = signatureLines(of, closing);
  if (signatures.length > 0) blocks.push(heading(t("paper.signatures")), ...signatures);
  for (const addendum of closing?.addenda ?? []) {
    blocks.push(heading(t("paper.addendum", { date: longDate(locale, record.timeZone, addendum.frozenAt) })));
    blocks.push(...addendum.paragraphs.map((words): Block => ({ kind: "paragraph", pieces: [piece(words.said)] })));
  }
  if (closing) blocks.push({ kind: "blank" }, smallPrint(of, closing));
  return { locale, title: clean(t("paper.minutes.title", { body: record.body.name.said, n: meeting.position })), masthead: null, blocks };
}

/** Opened more than half an hour before the time people were told, as what is urgent may be: the minutes say both times. */
const wasEarly = ({ openedAt, startsAt }: OpenMinutes["meeting"]): boolean => openedAt !== null && Date.parse(startsAt) - Date.parse(openedAt) > 30 * 60_000;

function facts(of: Of): Block[] {
  const { t, locale, record } = of;
  const { meeting, timeZone, quorum, procedure } = record;
  const mended = mends(of);
  // What the quorum counts as there is in the room or represented there.
  const inRoom = new Set(record.people.filter((p) => p.presence === "present").map((p) => p.ref));
  const represented = record.people.filter((p) => p.votes && !inRoom.has(p.ref) && p.proxyTo !== null && inRoom.has(p.proxyTo)).length;
  const at = (instant: string | null) => (instant ? longDateTime(locale, timeZone, instant) : t("paper.notSaid"));
  const line = (label: Parameters<typeof t>[0], text: string) => fact(t, t(label), text);
  return [
    line("paper.start", wasEarly(meeting) ? t("paper.start.early", { opened: at(meeting.openedAt), called: at(meeting.startsAt) }) : at(meeting.openedAt)),
    line("paper.end", at(meeting.closedAt)),
    line("paper.place", meeting.place.said || t("paper.notSaid")),
    line("paper.chair", record.chair ? nameOf(of, record.chair) : t("paper.notSaid")),
    line("paper.recorder", record.recorder ? nameOf(of, record.recorder) : t("paper.notSaid")),
    line(
      "paper.count",
      represented > 0 ? t("paper.count.represented", { ...quorum, present: quorum.present - represented, represented }) : t("paper.count.text", quorum),
    ),
    ...attendance(of, true),
    line("paper.procedure", t("paper.procedure.text", { title: locale === "zh-CN" ? procedure.title.zh : procedure.title.en, version: procedure.version })),
    ...(meeting.urgency ? [line("paper.urgency", meeting.urgency.said)] : []),
    line(
      "paper.agenda",
      record.items
        .map((item, n) => numberOf(locale, 3, n + 1) + t("paper.agenda.item", { title: item.title.said, number: item.issueNumber, n: item.minutes }))
        .join("\n"),
    ),
    ...(mended.length > 0 ? [line("paper.mended", mended.join("\n"))] : []),
  ];
}

/** Sent back and mended before it was signed: by whom, when and why. */
function mends(of: Of): string[] {
  const { t, locale, record } = of;
  const when = (at: string) => longDateTime(locale, record.timeZone, at);
  const by = (ref: string | null) => (ref ? nameOf(of, ref) : t("paper.notSaid"));
  return [
    ...(record.returned ?? []).map((back) => ({
      at: back.at,
      text: t("paper.returned", { date: when(back.at), name: by(back.ref), round: back.round, reason: back.reason.said }),
    })),
    ...(record.rollMended ?? []).map((roll) => ({
      at: roll.at,
      text: t("paper.rollMended", {
        date: when(roll.at),
        by: by(roll.by),
        name: nameOf(of, roll.ref),
        was: t(`paper.presence.${roll.was}`),
        is: t(`paper.presence.${roll.presence}`),
        reason: roll.reason.said,
      }),
    })),
  ]
    .sort((a, b) => (a.at < b.at ? -1 : 1))
    .map(({ text }) => text);
}

const say = (text: string): Block => ({ kind: "paragraph", pieces: [piece(text)] });
const labelled = ({ t }: Of, label: string, text: string): Block => ({
  kind: "paragraph",
  pieces: [piece(t("paper.colon", { label }), true), piece(text)],
});

/** Numbers of the decisions and tasks of one item, counted as they are printed. */
type Counting = { decisions: number; printed: Set<string> };

function itemBlocks(of: Of, item: RecordItem): Block[] {
  const { t } = of;
  const counting: Counting = { decisions: 0, printed: new Set() };
  const blocks: Block[] = [];
  if (item.late) blocks.push(say(lateText(of, item)));
  if (item.carried > 0) blocks.push(say(t("paper.carried", { n: item.carried })));
  for (const recusal of item.recused) blocks.push(labelled(of, t("paper.recused"), recusedText(of, recusal)));
  const told = nodeBlocks(of, item, item.nodes, counting, 0);
  blocks.push(...(told.length > 0 ? told : [say(t("paper.nothingSaid"))]));
  // What was recorded but stands nowhere in the text still belongs on the sheet.
  for (const vote of item.votes) if (!counting.printed.has(vote.id)) blocks.push(...voteBlocks(of, vote, counting));
  for (const decision of item.decisions) if (!counting.printed.has(decision.id)) blocks.push(...decisionBlocks(of, item, decision, counting));
  return blocks;
}

/** Who is recused and why; who put it down, if it was somebody else, and when. */
function recusedText(of: Of, { ref, reason, by, at }: RecordItem["recused"][number]): string {
  const { t, record } = of;
  const written = at
    ? t(by && by !== ref ? "paper.recused.by" : "paper.recused.self", { by: by ? nameOf(of, by) : "", time: shortTime(record.timeZone, at) })
    : "";
  const text = [reason.said, written].filter((part) => part !== "").join(t("paper.part"));
  return nameOf(of, ref) + (text ? t("paper.aside", { text }) : "") + t("paper.stop");
}

/** When a late item was added, before the meeting or in it, and by which rule it was not to be decided. */
function lateText({ t, locale, record }: Of, { added }: RecordItem): string {
  if (!added) return t("paper.late");
  const inSession = record.meeting.openedAt !== null && added.at >= record.meeting.openedAt;
  const when = inSession ? "paper.late.session" : "paper.late.notice";
  const date = inSession ? shortTime(record.timeZone, added.at) : longDate(locale, record.timeZone, added.at);
  return added.rule === null ? t(when, { date }) : t(`${when}.bound`, { date, rule: added.rule });
}

const piecesOf = (runs: readonly RecordRun<Said>[]): Piece[] => runs.map((run) => piece(run.text.said, run.bold, run.href?.said ?? null));
const isBlank = (pieces: readonly Piece[]) => pieces.every((each) => each.text.trim() === "");

function nodeBlocks(of: Of, item: RecordItem, nodes: readonly RecordNode[], counting: Counting, depth: number): Block[] {
  return nodes.flatMap((node): Block[] => {
    switch (node.kind) {
      case "paragraph": {
        const pieces = piecesOf(node.runs);
        return isBlank(pieces) ? [] : [{ kind: "paragraph", pieces }];
      }
      case "heading": {
        const pieces = piecesOf(node.runs);
        return isBlank(pieces) ? [] : [{ kind: "heading", level: 2, text: pieces.map((each) => each.text).join("") }];
      }
      case "speech": {
        const pieces = piecesOf(node.runs);
        if (isBlank(pieces)) return [];
        const name = clean(node.speaker.said).trim();
        return [{ kind: "paragraph", pieces: name ? [piece(of.t("paper.said", { name }), true), ...pieces] : pieces }];
      }
      case "list":
        return node.items.flatMap((entry, n) => entryBlocks(of, item, entry, node.ordered ? `${n + 1}.` : "•", counting, depth));
      case "table":
        return [{ kind: "table", rows: node.rows.map((row) => row.map((cell): Cell => ({ header: cell.header, lines: linesIn(cell.nodes) }))) }];
      case "image":
        return [{ kind: "image", photoId: node.photoId, alt: clean(node.alt.said) }];
      case "vote": {
        const vote = item.votes.find((each) => each.id === node.voteId);
        return vote && !counting.printed.has(vote.id) ? voteBlocks(of, vote, counting) : [];
      }
      case "decision": {
        const decision = item.decisions.find((each) => each.id === node.decisionId);
        return decision && !counting.printed.has(decision.id) ? decisionBlocks(of, item, decision, counting) : [];
      }
      // Tasks are printed under the decision they follow from.
      case "task":
        return [];
      case "attendance":
        return [say(of.t(`paper.attendance.${node.presence}`, { time: shortTime(of.record.timeZone, node.at), name: nameOf(of, node.ref) }))];
      case "attachment": {
        const n = of.record.attachments.findIndex((each) => each.id === node.attachmentId);
        return n < 0 ? [] : [say(of.t("paper.attachment.see", { n: n + 1, name: of.record.attachments[n]?.name.said ?? "" }))];
      }
    }
    return node satisfies never;
  });
}

function entryBlocks(of: Of, item: RecordItem, nodes: readonly RecordNode[], mark: string, counting: Counting, depth: number): Block[] {
  const [first, ...rest] = nodes;
  if (first?.kind !== "paragraph") return [{ kind: "entry", depth, mark, pieces: [] }, ...nodeBlocks(of, item, nodes, counting, depth + 1)];
  return [{ kind: "entry", depth, mark, pieces: piecesOf(first.runs) }, ...nodeBlocks(of, item, rest, counting, depth + 1)];
}

/** What stands in a cell, line by line. Tables within tables become their lines. */
const linesIn = (nodes: readonly RecordNode[]): Piece[][] =>
  nodes.flatMap((node): Piece[][] => {
    if ("runs" in node) {
      const speaker = node.kind === "speech" && node.speaker.said ? [piece(node.speaker.said, true), piece(" ")] : [];
      return [[...speaker, ...piecesOf(node.runs)]];
    }
    if (node.kind === "list") return node.items.flatMap((entry, n) => linesIn(entry).map((line) => [piece(node.ordered ? `${n + 1}. ` : "• "), ...line]));
    if (node.kind === "table") return node.rows.flatMap((row) => row.flatMap((cell) => linesIn(cell.nodes)));
    return node.kind === "image" && node.alt.said ? [[piece(node.alt.said)]] : [];
  });

function voteBlocks(of: Of, vote: RecordVote, counting: Counting): Block[] {
  const { t } = of;
  counting.printed.add(vote.id);
  const counted = parties.flatMap((party) => {
    const count = vote.counts[party];
    return count ? [[party, count] as const] : [];
  });
  const total = { for: 0, against: 0, abstained: 0 };
  for (const [, count] of counted) for (const choice of choices) total[choice] += count[choice];
  const rule = t(vote.strict ? "paper.vote.rule.strict" : "paper.vote.rule.least", {
    base: t(`paper.vote.base.${vote.base}`),
    numerator: vote.numerator,
    denominator: vote.denominator,
  });
  const told =
    vote.status === "void"
      ? calledOff(of, vote)
      : t("paper.vote.text", { method: t(`paper.vote.method.${vote.method}`), ...total, rule, status: t(`paper.vote.status.${vote.status}`) });
  const { turnout } = vote;
  const { notVoted = [], ...counts } = turnout ?? {};
  const there = turnout ? t(turnout.represented > 0 ? "paper.vote.there.represented" : "paper.vote.there", counts) : "";
  const blocks = [labelled(of, t("paper.vote"), vote.question.said), say(there + told)];
  const cell = (text: string | number, header = false): Cell => ({ header, lines: [[piece(String(text))]] });
  if (counted.length > 1 && vote.status !== "void")
    blocks.push({
      kind: "table",
      rows: [
        [cell(t("paper.vote.party"), true), ...choices.map((choice) => cell(t(`paper.vote.${choice}`), true))],
        ...counted.map(([party, count]) => [cell(capital(t(`party.${party}`))), ...choices.map((choice) => cell(count[choice]))]),
        [cell(t("paper.vote.total")), ...choices.map((choice) => cell(total[choice]))],
      ],
    });
  const named = ({ ref, by, noted }: RecordVote["ballots"][number]) =>
    by === null || by === ref ? nameOf(of, ref) : t(noted ? "paper.vote.noted" : "paper.vote.by", { name: nameOf(of, ref), by: nameOf(of, by) });
  for (const choice of choices) {
    const names = vote.ballots.filter((ballot) => ballot.choice === choice && !ballot.uncounted).map(named);
    if (names.length > 0) blocks.push(labelled(of, t(`paper.vote.${choice}`), names.join(t("paper.list")) + t("paper.stop")));
  }
  const silent = notVoted.map((ref) => nameOf(of, ref));
  if (silent.length > 0) blocks.push(labelled(of, t("paper.vote.notVoted"), silent.join(t("paper.list")) + t("paper.stop")));
  const uncounted = vote.ballots
    .filter((ballot) => ballot.uncounted)
    .map((ballot) => named(ballot) + t("paper.aside", { text: t(`paper.vote.${ballot.choice}`) }));
  if (uncounted.length > 0) blocks.push(labelled(of, t("paper.vote.uncounted"), uncounted.join(t("paper.list")) + t("paper.stop")));
  return blocks;
}

/** A vote that was called off: how it stood then, by the names that follow where it was by name, and why. It came to nothing. */
function calledOff({ t, locale }: Of, { method, ballots, off }: RecordVote): string {
  const cast = (choice: (typeof choices)[number]) => ballots.filter((b) => b.choice === choice && !b.uncounted).length;
  const stood = method === "rollCall" ? { for: cast("for"), against: cast("against"), abstained: cast("abstained") } : null;
  const ground = `voidGround.${off?.ground}`;
  const why = [hasWords(locale, ground) ? t(ground as "voidGround.quorum") : "", off?.reason.said ?? ""].filter((part) => part !== "").join(t("paper.part"));
  return (
    t(`paper.vote.method.${method}`) +
    t(stood ? "paper.vote.off.stood" : "paper.vote.off", stood ?? {}) +
    (why ? t("paper.vote.off.why", { why }) : t("paper.stop"))
  );
}

function decisionBlocks(of: Of, item: RecordItem, decision: RecordDecision, counting: Counting): Block[] {
  const { t, locale } = of;
  counting.printed.add(decision.id);
  counting.decisions++;
  const named = (kind: "method" | "outcome", code: string) => (hasWords(locale, `${kind}.${code}`) ? t(`${kind}.${code}` as "outcome.adopted") : code);
  const total = tally(decision.counts);
  const counted = decision.voteId === null && total.for + total.against + total.abstained > 0;
  const how = { method: named("method", decision.method), outcome: named("outcome", decision.outcome), ...total };
  const blocks: Block[] = [
    { kind: "heading", level: 2, text: numberOf(locale, 2, counting.decisions) + clean(decision.text.said) },
    say(t(counted ? "paper.decision.counted" : "paper.decision.how", how)),
    ...(decision.ratifyBy === undefined ? [] : [say(t("paper.decision.lapses", { date: longDay(locale, decision.ratifyBy) }))]),
  ];
  const vote = item.votes.find((each) => each.id === decision.voteId);
  if (vote && !counting.printed.has(vote.id)) blocks.push(...voteBlocks(of, vote, counting));
  for (const [n, task] of decision.tasks.entries()) {
    const words = { title: task.title.said, assignee: task.assignee.said, due: longDay(locale, task.dueOn), proof: task.proof.said };
    blocks.push(say(numberOf(locale, 3, n + 1) + t(task.proof.said ? "paper.task" : "paper.task.noProof", words)));
  }
  return blocks;
}

/** 860 bytes, 12.3 kB, 4.5 MB */
const size = (bytes: number): string =>
  bytes < 1000 ? `${bytes} B` : bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;

function attachmentLine({ t, record }: Of, n: number): Block {
  const attachment = record.attachments[n];
  if (!attachment) return say("");
  const words = t("paper.attachment", { name: attachment.name.said, size: size(attachment.bytes), digest: attachment.digest.slice(0, 16) });
  return { kind: "entry", depth: 0, mark: `${n + 1}.`, pieces: [piece(words)] };
}
