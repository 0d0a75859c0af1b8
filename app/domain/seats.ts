// Who sits in a meeting: who is there, who has a vote, who speaks for whom, and whether they are enough.
import type { Quorum } from "./body";
import { type Invited, isRunning, type Meeting, type MeetingEvent, notCalled, type Presence, type Seat } from "./meeting";
import { fewest, reaches, refuseBy, ruleOf, type Terms } from "./procedure";
import { accept, type Outcome, type Refused, refuse } from "./refusal";
import type { Party, Role } from "./vocabulary";

/** Observers, linked leaders who do not chair, and department staff attend without a vote. */
export const hasVote = (role: Role): boolean => role !== "observer" && role !== "staff" && role !== "secretary";

export type QuorumReport = {
  met: boolean;
  due: number;
  /** Those in the room, and those represented there. */
  present: number;
  /** How many of them are only represented. */
  represented: number;
  needed: number;
  missing: readonly ({ kind: "heads"; n: number } | { kind: "party"; party: Party })[];
};

/** There, or represented by somebody who is. */
export const isHere = (seat: Seat, seats: readonly Seat[]): boolean =>
  seat.presence === "present" || (seat.proxyTo !== null && seats.some((s) => s.personId === seat.proxyTo && s.presence === "present"));

/** Those who have a vote, are here, and have no interest of their own in an item. Nobody votes through somebody recused. */
export function votersOn(meeting: Pick<Meeting, "seats" | "items">, itemId: string): Seat[] {
  const recused = meeting.items.find((i) => i.id === itemId)?.recused ?? [];
  const votesBy = (seat: Seat) => (seat.presence === "present" ? seat.personId : seat.proxyTo);
  return meeting.seats.filter((s) => s.votes && isHere(s, meeting.seats) && !recused.includes(s.personId) && !recused.includes(votesBy(s) ?? ""));
}

/**
 * Whether those who must be there are: as the procedure says, and as the body itself has set. Heads are rounded up:
 * two thirds of 11 is 8. Parties are counted among those with a vote; where a meeting only advises, among all who are
 * there. Who is recused still counts as there.
 */
export function quorumOf(seats: readonly Seat[], own: Quorum, terms: Pick<Terms, "rules"> = { rules: [] }): QuorumReport {
  const voters = seats.filter((s) => s.votes);
  const present = voters.filter((s) => isHere(s, seats));
  const rule = ruleOf(terms, "quorum");
  const needed = Math.max(1, fewest({ ...own, strict: false }, voters.length), rule ? fewest(rule.share, voters.length) : 0);
  const wanted = new Set([...own.parties, ...(ruleOf(terms, "parties")?.parties ?? [])]);
  const company = ruleOf(terms, "advises") ? seats.filter((s) => isHere(s, seats)) : present;
  const missing: QuorumReport["missing"][number][] = [];
  if (present.length < needed) missing.push({ kind: "heads", n: needed - present.length });
  for (const party of wanted) if (!company.some((s) => s.party === party)) missing.push({ kind: "party", party });
  return {
    met: missing.length === 0,
    due: voters.length,
    present: present.length,
    represented: present.filter((s) => s.presence !== "present").length,
    needed,
    missing,
  };
}

/** Refused without a quorum, saying how many and which parties are missing, and by which rule; by none where the figure is the body's own. */
export function needQuorum(meeting: Meeting): Refused | null {
  const quorum = quorumOf(meeting.seats, meeting.quorum, meeting.terms);
  if (quorum.met) return null;
  const absent = quorum.missing.flatMap((m) => (m.kind === "party" ? [m.party] : []));
  const heads = quorum.missing.find((m) => m.kind === "heads");
  const named = ruleOf(meeting.terms, "parties");
  const byParty = absent.some((party) => named?.parties.includes(party)) ? named : null;
  const { numerator, denominator } = meeting.quorum;
  // What no rule of the procedure asks for the body has set itself.
  const own: Record<string, string> = numerator > 0 ? { own: `${numerator}/${denominator}` } : {};
  if (!heads) return refuseBy(byParty, "meeting.noQuorumParty", { parties: absent.join(","), ...(byParty ? {} : { own: "" }) });
  const rule = ruleOf(meeting.terms, "quorum");
  const byRule = rule !== null && !reaches(rule.share, quorum.present, quorum.due) && fewest(rule.share, quorum.due) === quorum.needed ? rule : null;
  const figures = { n: heads.n, present: quorum.present - quorum.represented, represented: quorum.represented, needed: quorum.needed, ...(byRule ? {} : own) };
  if (absent.length > 0) return refuseBy(byRule ?? byParty, "meeting.noQuorumBoth", { ...figures, parties: absent.join(",") });
  return refuseBy(byRule, "meeting.noQuorumHeads", figures);
}

/**
 * Whoever holds no office with a vote any more has none in a meeting that is called or sits, and represents nobody there.
 * `voters`: the people who hold one in its body today. They stay on the list, as guests are.
 */
export function votesEnded(meeting: Meeting, voters: ReadonlySet<string>): MeetingEvent[] {
  if (!isRunning(meeting)) return [];
  const gone = meeting.seats.filter((s) => s.votes && !voters.has(s.personId));
  return gone.map(({ personId }) => ({ type: "meeting.voteEnded", id: meeting.id, bodyId: meeting.bodyId, personId }));
}

export function replyTo(meeting: Meeting, personId: string, coming: boolean): Outcome<MeetingEvent> {
  if (meeting.status !== "called") return notCalled(meeting);
  if (!meeting.seats.some((s) => s.personId === personId)) return refuse("meeting.notInvited", {});
  return accept({ type: "meeting.replied", id: meeting.id, bodyId: meeting.bodyId, coming });
}

/** Take attendance of one person. A guest (not a member) is seated without a vote. */
export function seat(meeting: Meeting, personId: string, presence: Presence, guest: Invited | null): Outcome<MeetingEvent> {
  if (!isRunning(meeting)) return refuse("meeting.over", { status: meeting.status });
  const known = meeting.seats.some((s) => s.personId === personId);
  if (!known && !guest) return refuse("meeting.notInvited", {});
  return accept({ type: "meeting.seated", id: meeting.id, bodyId: meeting.bodyId, personId, presence, guest: known ? null : guest });
}

/** Somebody who is invited says they are here, with the code that lies on the table. Saying it twice changes nothing. */
export function checkIn(meeting: Meeting, personId: string): Outcome<MeetingEvent[]> {
  if (!isRunning(meeting)) return refuse("meeting.over", { status: meeting.status });
  const seat = meeting.seats.find((s) => s.personId === personId);
  if (!seat) return refuse("meeting.notInvited", {});
  return accept(seat.presence === "present" ? [] : [{ type: "meeting.checkedIn", id: meeting.id, bodyId: meeting.bodyId }]);
}

/**
 * Somebody who cannot come is represented by somebody who has a vote; `proxyTo` null ends it. Refused where the procedure
 * knows no proxies or forbids them, for oneself, for who is there, through who is represented too, across parties where
 * the rule keeps it within one, and beyond the number one may represent.
 */
export function represent(meeting: Meeting, personId: string, proxyTo: string | null): Outcome<MeetingEvent> {
  if (!isRunning(meeting)) return refuse("meeting.over", { status: meeting.status });
  const from = meeting.seats.find((s) => s.personId === personId);
  if (!from?.votes) return refuse("meeting.noVoteToGive", {}, "proxyTo");
  if (proxyTo !== null) {
    const rule = ruleOf(meeting.terms, "proxies");
    if (!rule) return refuse("meeting.noProxies", { procedureZh: meeting.terms.title.zh, procedureEn: meeting.terms.title.en }, "proxyTo");
    if (rule.most === 0) return refuseBy(rule, "meeting.proxiesForbidden", {}, "proxyTo");
    const to = meeting.seats.find((s) => s.personId === proxyTo);
    if (!to?.votes || proxyTo === personId || to.proxyTo !== null) return refuse("meeting.proxyWhom", {}, "proxyTo");
    // Else one person could be two parties, and a party that sent nobody would count as there.
    if (rule.sameParty && to.party !== from.party) return refuseBy(rule, "meeting.proxyOtherParty", { party: from.party }, "proxyTo");
    if (from.presence === "present") return refuse("meeting.proxyPresent", {}, "proxyTo");
    if (meeting.seats.some((s) => s.proxyTo === personId)) return refuse("meeting.proxyWhom", {}, "proxyTo");
    if (meeting.seats.filter((s) => s.proxyTo === proxyTo && s.personId !== personId).length >= rule.most)
      return refuseBy(rule, "meeting.proxyMost", { n: rule.most }, "proxyTo");
  }
  return accept({ type: "meeting.represented", id: meeting.id, bodyId: meeting.bodyId, personId, proxyTo });
}

/**
 * Somebody has an interest of their own in an item, and takes no part in its votes from now on. While a vote on it is open
 * (`voting`) only they themselves say so (`own`): nobody takes another's vote away.
 */
export function recuse(meeting: Meeting, itemId: string, personId: string, reason: string, at: { own: boolean; voting: boolean }): Outcome<MeetingEvent> {
  if (!isRunning(meeting)) return refuse("meeting.over", { status: meeting.status });
  const item = meeting.items.find((i) => i.id === itemId);
  if (!item) return refuse("meeting.noSuchItem", {});
  if (at.voting && !at.own) return refuse("meeting.recuseWhileVoting", {}, "personId");
  if (!meeting.seats.some((s) => s.personId === personId && s.votes)) return refuse("meeting.noVoteToGive", {}, "personId");
  if (item.recused.includes(personId)) return refuse("meeting.alreadyRecused", {}, "personId");
  return accept({ type: "meeting.recused", id: meeting.id, bodyId: meeting.bodyId, itemId, personId, words: { reason } });
}
