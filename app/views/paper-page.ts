// A paper of a meeting: what stands on it, who signed, what may be done with it.
import type { Db } from "../data/dialect.server";
import { loadMeeting } from "../data/meetings.server";
import { loadBodies, namesOf } from "../data/organisation.server";
import { loadPaper, papersOf } from "../data/papers.server";
import { resolutionsIn, shownOf } from "../data/record-file.server";
import { meetingSubject } from "../data/subjects.server";
import type { Meeting } from "../domain/meeting";
import { type Paper, type PaperKind, type PaperStatus, stands } from "../domain/paper";
import type { Party, Role } from "../domain/vocabulary";
import { closingOf, type Shown } from "../papers/closing";
import { maskName, maskNames, namesIn } from "../papers/mask";
import type { Block } from "../papers/paper";
import { type Frozen, open } from "../papers/seal";
import { hidden } from "../papers/sign";
import { paperOf } from "../papers/summary-paper";
import { seesAll } from "./minutes";
import { readsNames } from "./names";
import { fullName, mayDo, type Viewer } from "./viewer";

export type PaperRow = { id: string; kind: PaperKind; status: PaperStatus; frozenAt: string; year: number | null; number: number | null };
export type Signer = { personId: string; name: string; party: Party; role: Role; me: boolean; signed: boolean };
export type PaperPage = PaperRow & {
  meeting: { id: string; body: string; position: number; startsAt: string };
  round: number;
  fingerprint: string;
  keyId: string;
  adoptedAt: string | null;
  reason: string;
  signers: Signer[];
  /** The paper as it stands: what a signer signs. */
  sheet: { title: string; masthead: { number: string; office: string; date: string } | null; blocks: Block[] };
  /** Its text is one to sign or in force: there are copies of it. */
  stands: boolean;
  /** People's names are withheld from this reader. */
  masked: boolean;
  related: PaperRow[];
  can: { sign: boolean; sendBack: boolean; withdraw: boolean; mend: boolean; mendRoll: boolean; finish: boolean; addend: boolean; summarise: boolean };
};

const row = ({ id, kind, status, frozenAt, year, number }: Paper): PaperRow => ({ id, kind, status, frozenAt, year, number });

/**
 * Which papers of a meeting somebody may read: its people while they are being signed, every member once they are adopted;
 * and only who may see every issue that stands in them, or must sign.
 */
async function readable<P extends Pick<Paper, "status" | "signers">>(db: Db, viewer: Viewer, papers: readonly P[], meeting: Meeting): Promise<P[]> {
  if (meeting.communityId !== viewer.actor.communityId) return [];
  const subject = meetingSubject(meeting);
  const ofMeeting = mayDo(viewer, "minutes.read", subject);
  const ofMember = mayDo(viewer, "minutes.readClosed", subject);
  const sees = (ofMeeting || ofMember) && (await seesAll(db, viewer, meeting));
  return papers.filter((p) => p.signers.includes(viewer.actor.personId) || (sees && (ofMeeting || p.status === "adopted")));
}
export const mayRead = async (db: Db, viewer: Viewer, paper: Pick<Paper, "status" | "signers">, meeting: Meeting): Promise<boolean> =>
  (await readable(db, viewer, [paper], meeting)).length > 0;

/** A paper without people's names, to be shown. */
function withoutNames(file: Shown): Shown {
  const mask = maskNames(namesIn(open(file)));
  const addenda = file.addenda.map((addendum) => {
    const { content, words } = addendum as Frozen;
    return { content, words: hidden({ content, words, signatures: [] }, mask).words };
  });
  return { ...file, ...hidden(file, mask), addenda };
}

/** A paper as it is printed, in the language of whoever reads. */
export function sheetOf(file: Shown, locale: "zh-CN" | "en") {
  return paperOf(open(file), locale, closingOf(file));
}

export async function paperPage(db: Db, viewer: Viewer, { paperId, locale }: { paperId: string; locale: "zh-CN" | "en" }): Promise<PaperPage | null> {
  const { communityId, personId } = viewer.actor;
  const paper = await loadPaper(db, communityId, paperId);
  const meeting = paper && (await loadMeeting(db, communityId, paper.meetingId));
  if (!paper || !meeting) return null;
  const subject = meetingSubject(meeting);
  if (!(await mayRead(db, viewer, paper, meeting))) return null;
  const body = (await loadBodies(db, communityId)).get(meeting.bodyId);
  const names = await namesOf(db, communityId, paper.signers);
  const whole = await shownOf(db, paper);
  const masked = !readsNames(viewer, meeting);
  const shown = masked ? withoutNames(whole) : whole;
  const { title, masthead, blocks } = sheetOf(shown, locale);
  const must = paper.status === "frozen" && paper.signers.includes(personId) && !paper.signed.includes(personId);
  const adopted = paper.kind === "minutes" && paper.status === "adopted";
  return {
    ...row(paper),
    meeting: { id: meeting.id, body: body ? fullName(body) : "", position: meeting.position, startsAt: meeting.startsAt },
    round: paper.round,
    fingerprint: paper.fingerprint,
    keyId: shown.key.id,
    adoptedAt: paper.adoptedAt,
    reason: paper.reason,
    signers: paper.signers.map((id) => {
      const seat = meeting.seats.find((s) => s.personId === id);
      return {
        personId: id,
        name: masked ? maskName(names.get(id) ?? "") : (names.get(id) ?? ""),
        party: seat?.party ?? "owners",
        role: seat?.role ?? "member",
        me: id === personId,
        signed: paper.signed.includes(id),
      };
    }),
    sheet: { title, masthead, blocks },
    masked,
    stands: stands(paper),
    related: (await papersOfMeeting(db, viewer, meeting.id)).filter((p) => p.id !== paper.id),
    can: {
      sign: must,
      sendBack: must && paper.kind === "minutes",
      withdraw:
        paper.kind !== "minutes" &&
        paper.status === "frozen" &&
        mayDo(viewer, "paper.withdraw", { ...subject, people: { ...subject.people, signer: paper.signers } }),
      mend: paper.status === "writing" && mayDo(viewer, "minutes.write", subject),
      mendRoll: paper.status === "writing" && mayDo(viewer, "paper.mendRoll", subject),
      finish: paper.status === "writing" && mayDo(viewer, "paper.finish", subject),
      addend: adopted && mayDo(viewer, "paper.addend", subject),
      summarise: adopted && mayDo(viewer, "paper.summarise", subject),
    },
  };
}

/** What its minutes resolved on each item, by the item's id: what a summary will say. */
export async function resolvedIn(db: Db, viewer: Viewer, paperId: string): Promise<Record<string, string[]>> {
  const paper = await loadPaper(db, viewer.actor.communityId, paperId);
  return paper?.kind === "minutes" ? Object.fromEntries(await resolutionsIn(db, paper)) : {};
}

/** The papers of a meeting that this person may read. */
export async function papersOfMeeting(db: Db, viewer: Viewer, meetingId: string): Promise<PaperRow[]> {
  const meeting = await loadMeeting(db, viewer.actor.communityId, meetingId);
  if (!meeting) return [];
  return (await readable(db, viewer, await papersOf(db, viewer.actor.communityId, meetingId), meeting)).map(row);
}
