// How minutes came to be: who wrote when, how they stood at a moment, what changed between two.
import { type ComparedSection, compare, type LivePast, type PastSection, readPast, type Stretch } from "../collab/past";
import { roomOf } from "../collab/room";
import { eventsSince } from "../data/audit.server";
import type { Db } from "../data/dialect.server";
import { loadMeeting } from "../data/meetings.server";
import { namesOf, partiesIn } from "../data/organisation.server";
import { minutesOf } from "../data/papers.server";
import { meetingSubject } from "../data/subjects.server";
import type { Presence } from "../domain/meeting";
import type { Party } from "../domain/vocabulary";
import { type MeetingPage, meetingPage } from "./meeting-page";
import { minutesAccess, minutesRecords } from "./minutes";
import { mayDo, type Viewer } from "./viewer";

/** Who wrote, by their ids. Names of people who left stay; an id without a name is nobody known. */
export type Writers = Record<string, { name: string; party: Party | null }>;
export type HistoryPage = {
  meeting: MeetingPage;
  /** Whether this person may write the minutes now, and so bring a section back. */
  canWrite: boolean;
};
/** What became of the minutes as a whole, in the midst of what was written: `at` in milliseconds since 1970. */
export type Turn = { at: number; by: string } & (
  | { kind: "frozen"; round: number }
  | { kind: "sentBack"; reason: string }
  | { kind: "rollMended"; personId: string; was: Presence; presence: Presence; reason: string }
);
export type StretchList = { rows: (Stretch | Turn)[]; page: number; pages: number; writers: Writers };
export type MomentPage = { at: number; sections: (PastSection & { differs: boolean })[]; writers: Writers };
export type ComparisonPage = { from: number; to: number; sections: ComparedSection[] };

const onePage = 40;
/** Later than every moment there is. */
export const latest = Number.MAX_SAFE_INTEGER;

/** The meeting whose minutes' history this person may read: its body's members and the invited, before and after the close. */
export async function historyPage(db: Db, viewer: Viewer, { meetingId }: { meetingId: string }): Promise<HistoryPage | null> {
  const found = await loadMeeting(db, viewer.actor.communityId, meetingId);
  if (!found || found.openedAt === null || !mayDo(viewer, "minutes.read", meetingSubject(found))) return null;
  const meeting = await meetingPage(db, viewer, { meetingId });
  return meeting && { meeting, canWrite: (await minutesAccess(db, viewer, meetingId)) === "write" };
}

const roomOfPage = (viewer: Viewer, { meeting }: HistoryPage) => roomOf({ communityId: viewer.actor.communityId, meetingId: meeting.id });

/** What the blocks of records say; nothing of it is changed from here. */
export async function recordsOf(db: Db, viewer: Viewer, { meeting }: HistoryPage) {
  const seen = meeting.agenda.filter((line) => line.visible).map((line) => line.id);
  return { ...(await minutesRecords(db, viewer.actor, meeting.id, seen)), meetingId: meeting.id, decisions: meeting.decisions, amend: false, assign: false };
}

async function writersOf(db: Db, viewer: Viewer, { meeting }: HistoryPage, ids: Iterable<string>): Promise<Writers> {
  const { communityId } = viewer.actor;
  const wanted = [...new Set(ids)].filter((id) => id !== "");
  const [names, parties] = [await namesOf(db, communityId, wanted), await partiesIn(db, communityId, meeting.body.id, wanted)];
  const seats = new Map(meeting.seats.map((s) => [s.personId, s.party]));
  return Object.fromEntries(wanted.map((id) => [id, { name: names.get(id) ?? "", party: seats.get(id) ?? parties.get(id) ?? null }]));
}

/** When the minutes were frozen, sent back, and their roll put right, in order. */
async function turnsOf(db: Db, viewer: Viewer, { meeting }: HistoryPage): Promise<Turn[]> {
  const { communityId } = viewer.actor;
  const paper = await minutesOf(db, communityId, meeting.id);
  const told = paper ? await eventsSince(db, communityId, "paper", paper.id, 0) : [];
  const turns: Turn[] = [];
  for (const { event, actorId: by, at: when } of [...told, ...(await eventsSince(db, communityId, "meeting", meeting.id, 0))]) {
    const at = Date.parse(when);
    if (event.type === "paper.frozen") turns.push({ kind: "frozen", at, by, round: event.round });
    else if (event.type === "paper.sentBack") turns.push({ kind: "sentBack", at, by, reason: event.words.reason });
    else if (event.type === "meeting.seatMended") {
      const { personId, was, presence, words } = event;
      turns.push({ kind: "rollMended", at, by, personId, was, presence, reason: words.reason });
    }
  }
  return turns.sort((a, b) => a.at - b.at);
}

const endOf = (row: Stretch | Turn): number => ("kind" in row ? row.at : row.to);

/** A page of stretches and of what became of the minutes between them, the latest first; `page` counts from 1. */
export async function stretchList(db: Db, viewer: Viewer, history: HistoryPage, past: LivePast, page: number): Promise<StretchList> {
  const turns = await turnsOf(db, viewer, history);
  const written = past.stretches(
    roomOfPage(viewer, history),
    turns.map((turn) => turn.at),
  );
  const all = [...written, ...turns].sort((a, b) => endOf(b) - endOf(a));
  const pages = Math.max(1, Math.ceil(all.length / onePage));
  const at = Math.min(Math.max(1, page), pages);
  const rows = all.slice((at - 1) * onePage, at * onePage);
  const writers = await writersOf(
    db,
    viewer,
    history,
    rows.flatMap((row) => ("kind" in row && row.kind === "rollMended" ? [row.by, row.personId] : [row.by])),
  );
  return { rows, page: at, pages, writers };
}

/** Only what this person may see of the agenda, in its order. */
function visible<S extends { itemId: string }>({ meeting }: HistoryPage, sections: readonly S[]): S[] {
  return meeting.agenda.filter((line) => line.visible).flatMap((line) => sections.filter((s) => s.itemId === line.id));
}

/** The minutes as they stood at a moment, each stretch of words with its writer. */
export async function momentPage(db: Db, viewer: Viewer, history: HistoryPage, past: LivePast, at: number): Promise<MomentPage> {
  const [then = [], now = []] = past.at(roomOfPage(viewer, history), [at, latest], readPast);
  const changed = new Set(
    compare(then, now)
      .filter((s) => s.changed)
      .map((s) => s.itemId),
  );
  const sections = visible(history, then).map((section) => ({ ...section, differs: changed.has(section.itemId) }));
  const ids = sections.flatMap((s) => s.blocks.flatMap((b) => b.parts.map((p) => p.by)));
  return { at, sections, writers: await writersOf(db, viewer, history, ids) };
}

/** What changed from one moment to another. */
export function comparisonPage(viewer: Viewer, history: HistoryPage, past: LivePast, from: number, to: number): ComparisonPage {
  const [before = [], after = []] = past.at(roomOfPage(viewer, history), [from, to], readPast);
  return { from, to, sections: visible(history, compare(before, after)).filter((s) => s.changed) };
}
