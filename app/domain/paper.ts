// A paper of a meeting: its minutes, the summary issued from them, an addendum. Frozen under a fingerprint, signed by
// name, adopted when everybody who must sign has signed, and never changed from then on.
import type { By } from "./issue";
import type { Meeting } from "./meeting";
import { ruleOf } from "./procedure";
import { accept, type Outcome, refuse } from "./refusal";

export const paperKinds = ["minutes", "summary", "addendum"] as const;
export type PaperKind = (typeof paperKinds)[number];
/**
 * "writing": sent back, its text is being mended. "closing": mended, and about to be frozen again. "withdrawn": a summary or
 * an addendum that was taken back before it was in force.
 */
export type PaperStatus = "frozen" | "writing" | "closing" | "adopted" | "withdrawn";

export type Paper = {
  communityId: string;
  id: string;
  meetingId: string;
  bodyId: string;
  kind: PaperKind;
  /** The minutes a summary or an addendum belongs to. */
  toId: string | null;
  /** Of a summary: its number among the body's in a year. */
  year: number | null;
  number: number | null;
  /** How often it was frozen, from 1. */
  round: number;
  status: PaperStatus;
  fingerprint: string;
  signers: readonly string[];
  signed: readonly string[];
  frozenBy: string;
  frozenAt: string;
  adoptedAt: string | null;
  /** Why it was sent back or taken back. */
  reason: string;
  version: number;
};

type Facts = { id: string; meetingId: string; bodyId: string };
export type PaperEvent =
  | ({
      type: "paper.frozen";
      kind: PaperKind;
      toId: string | null;
      year: number | null;
      number: number | null;
      round: number;
      fingerprint: string;
      signers: readonly string[];
    } & Facts)
  /** `statement` is the digest of what the community's seal certified. */
  | ({ type: "paper.signed"; round: number; fingerprint: string; statement: string } & Facts)
  | ({ type: "paper.adopted"; round: number; fingerprint: string } & Facts)
  | ({ type: "paper.sentBack"; words: { reason: string } } & Facts)
  | ({ type: "paper.finished" } & Facts)
  | ({ type: "paper.withdrawn"; words: { reason: string } } & Facts);

/** Whether its text is one to sign or in force: neither sent back, being mended, nor taken back. */
export const stands = ({ status }: Pick<Paper, "status">): boolean => status === "frozen" || status === "adopted";

const factsOf = ({ id, meetingId, bodyId }: Paper): Facts => ({ id, meetingId, bodyId });

type Held = Pick<Meeting, "seats" | "terms" | "closedBy">;
const isThere = (meeting: Held) => meeting.seats.filter((s) => s.presence === "present");

/** Who chaired: of several who could, whoever closed the meeting. Null when it was closed by nobody. */
export function chairOf(meeting: Held): string | null {
  const chairs = isThere(meeting).filter((s) => s.role === "chair" || s.role === "linkedLeader");
  const closer = meeting.seats.find((s) => s.personId === meeting.closedBy);
  return (chairs.find((s) => s === closer) ?? chairs[0] ?? closer)?.personId ?? null;
}
/** Who wrote the minutes, if somebody in that office was there. */
export const recorderOf = (meeting: Held): string | null => isThere(meeting).find((s) => s.role === "recorder")?.personId ?? null;

/** Who signs the minutes: everybody there with a vote where the procedure says so, else chair and recorder. */
export function signersOf(meeting: Held): string[] {
  const everybody = ruleOf(meeting.terms, "sign")?.who === "everybodyPresent" ? isThere(meeting).flatMap((s) => (s.votes ? [s.personId] : [])) : [];
  // When all have gone, those who chaired and wrote still sign.
  if (everybody.length > 0) return everybody;
  return [...new Set([chairOf(meeting), recorderOf(meeting)])].filter((id) => id !== null);
}

export type Freezing = { fingerprint: string; signers: readonly string[] };

/** Freeze the minutes of a closed meeting: at first, or again after they were mended. Refused while somebody may still write. */
export function freezeMinutes(meeting: Meeting, before: Paper | null, frozen: Freezing, by: { id: string }): Outcome<PaperEvent> {
  if (meeting.status !== "closed") return refuse("paper.meetingRuns", {});
  if (before && before.status !== "closing") return refuse("paper.frozenAlready", {});
  return accept({
    type: "paper.frozen",
    id: before?.id ?? by.id,
    meetingId: meeting.id,
    bodyId: meeting.bodyId,
    kind: "minutes",
    toId: null,
    year: null,
    number: null,
    round: (before?.round ?? 0) + 1,
    ...frozen,
  });
}

/** Freeze a summary of adopted minutes, under its number. */
export function freezeSummary(minutes: Paper, place: { year: number; number: number }, frozen: Freezing, by: { id: string }): Outcome<PaperEvent> {
  if (minutes.kind !== "minutes" || minutes.status !== "adopted") return refuse("paper.notAdopted", {});
  return accept({ type: "paper.frozen", ...factsOf(minutes), id: by.id, kind: "summary", toId: minutes.id, ...place, round: 1, ...frozen });
}

/** Freeze an addendum to adopted minutes: the only way anything is added to them. */
export function freezeAddendum(minutes: Paper, frozen: Freezing, by: { id: string }): Outcome<PaperEvent> {
  if (minutes.kind !== "minutes" || minutes.status !== "adopted") return refuse("paper.notAdopted", {});
  return accept({ type: "paper.frozen", ...factsOf(minutes), id: by.id, kind: "addendum", toId: minutes.id, year: null, number: null, round: 1, ...frozen });
}

const unspaced = (text: string): string => text.replace(/\s+/gu, "").toLowerCase();
/** Whether a typed name is the signer's own, as the community calls them. */
export const signsAsSelf = (typed: string, own: string): boolean => unspaced(typed) === unspaced(own);

/**
 * Sign what one has seen. Refused: for who need not sign, twice, once it is adopted, over any other text than the one that
 * stands (a stale page, a copy that was changed), and under any other name than one's own. The last signature adopts.
 */
export function sign(
  paper: Paper,
  saw: { fingerprint: string; statement: string; otherName?: { own: string } | null },
  personId: string,
): Outcome<PaperEvent[]> {
  if (!paper.signers.includes(personId)) return refuse("paper.notSigner", {});
  if (paper.signed.includes(personId)) return refuse("paper.signedAlready", {});
  if (paper.status !== "frozen") return refuse("paper.notFrozen", { paperStatus: paper.status });
  if (saw.fingerprint !== paper.fingerprint) return refuse("paper.otherText", {}, "fingerprint");
  if (saw.otherName) return refuse("paper.otherName", { own: saw.otherName.own }, "mark");
  const { round, fingerprint } = paper;
  const signed: PaperEvent = { type: "paper.signed", ...factsOf(paper), round, fingerprint, statement: saw.statement };
  if (paper.signed.length + 1 < paper.signers.length) return accept([signed]);
  return accept([signed, { type: "paper.adopted", ...factsOf(paper), round, fingerprint }]);
}

/**
 * A signer found something wrong in what they saw: the minutes are opened for mending, and what was signed so far counts
 * for nothing. Refused over any other text than the one that stands, and by who has signed it.
 */
export function sendBack(paper: Paper, saw: { fingerprint: string; reason: string }, personId: string): Outcome<PaperEvent> {
  const { reason } = saw;
  if (paper.kind !== "minutes" || paper.status !== "frozen") return refuse("paper.notFrozen", { paperStatus: paper.status });
  if (saw.fingerprint !== paper.fingerprint) return refuse("paper.otherText", {}, "fingerprint");
  if (paper.signed.includes(personId)) return refuse("paper.signedAlready", {});
  return accept({ type: "paper.sentBack", ...factsOf(paper), words: { reason } });
}

/**
 * Take back a summary or an addendum that is not in force yet, however many signed it: it has no live text to be mended,
 * so another is drawn up. Its number is free again. Refused for minutes, which are sent back, and over another text.
 */
export function withdraw(paper: Paper, saw: { fingerprint: string; reason: string }): Outcome<PaperEvent> {
  if (paper.kind === "minutes" || paper.status !== "frozen") return refuse("paper.notFrozen", { paperStatus: paper.status });
  if (saw.fingerprint !== paper.fingerprint) return refuse("paper.otherText", {}, "fingerprint");
  return accept({ type: "paper.withdrawn", ...factsOf(paper), words: { reason: saw.reason } });
}

/** The minutes are mended, and nobody writes in them any more. */
export function finish(paper: Paper): Outcome<PaperEvent> {
  if (paper.status !== "writing") return refuse("paper.notWriting", { paperStatus: paper.status });
  return accept({ type: "paper.finished", ...factsOf(paper) });
}

/** The paper after `event`. */
export function evolvePaper(paper: Paper | null, event: PaperEvent, by: By): Paper {
  if (event.type === "paper.frozen") {
    const { type: _, ...facts } = event;
    return {
      communityId: by.communityId,
      ...facts,
      status: "frozen",
      signed: [],
      frozenBy: by.actorId,
      frozenAt: by.at,
      adoptedAt: null,
      reason: "",
      version: (paper?.version ?? 0) + 1,
    };
  }
  if (!paper) throw new Error(`${event.type} before paper.frozen: ${event.id}`);
  return { ...paper, ...changes(paper, event, by), version: paper.version + 1 };
}

function changes(paper: Paper, event: Exclude<PaperEvent, { type: "paper.frozen" }>, by: By): Partial<Paper> {
  switch (event.type) {
    case "paper.signed":
      return { signed: [...paper.signed, by.actorId] };
    case "paper.adopted":
      return { status: "adopted", adoptedAt: by.at };
    case "paper.sentBack":
      return { status: "writing", reason: event.words.reason, signed: [] };
    case "paper.withdrawn":
      return { status: "withdrawn", reason: event.words.reason, signed: [], year: null, number: null };
    case "paper.finished":
      return { status: "closing" };
  }
}

// "It was not decided" decides nothing.
const decides = /(?<!没有?作?出?|不作?|未作?出?|尚未|待)(决定|决议|议定|商定)|表决通过|审议通过|一致(同意|通过)|\b(decided|resolved|adopted|agreed)\b/iu;

/**
 * Whether free text of a summary claims a decision. What was decided stands in the minutes and is printed from there; a
 * signer puts nothing else in force.
 */
export const claimsDecision = (text: string): boolean => decides.test(text);
