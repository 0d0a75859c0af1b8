// Somebody with the text of the rules in one hand and a notebook in the other. They use nothing of the product's own
// reckoning: only what was announced (the log's events), a calendar and fingers.
import type { DomainEvent } from "../../app/domain/event";

type Rule = Record<string, unknown> & { kind: string };
type Terms = { procedure: string; stage: string; course: boolean; rules: readonly Rule[] };
type Seat = { party: string; votes: boolean; here: boolean; proxyTo: string | null };
type Item = { issueId: string; addedAt: string; recused: Set<string> };
type Sitting = { bodyId: string; terms: Terms; startsAt: string; openedAt: string; state: string; items: Map<string, Item>; seats: Map<string, Seat> };
type Vote = { meetingId: string; itemId: string; method: string; state: string; ballots: Map<string, string>; for: number; carried: boolean };
type Hands = Record<string, { for: number; against: number; abstained: number }>;
type Recorded = { itemId: string; issueId: string; bodyId: string; outcome: string; voteId: string | null; method: string; counts: object };
type Way = { issueId: string; code: string; stages: readonly string[]; at: number; runs: boolean };

/** Days since 1970 in Shanghai, which is eight hours ahead and never changes its clocks. */
const dayOf = (instant: string): number => Math.floor((Date.parse(instant) + 8 * 3_600_000) / 86_400_000);

export class Notebook {
  private readonly meetings = new Map<string, Sitting>();
  private readonly votes = new Map<string, Vote>();
  private readonly holders = new Map<string, string>();
  private readonly ways = new Map<string, Way>();
  private readonly decisions = new Map<string, Recorded>();
  /** What is wrong with decisions that were let through. */
  readonly complaints: string[] = [];
  /** Under which procedure and in which way something was adopted. */
  readonly adopted: string[] = [];

  /** `levels`: the bodies that hold issues. Every body asks for at least half. */
  constructor(private readonly levels: ReadonlySet<string>) {}

  write(events: readonly DomainEvent[], actorId: string, at: string): void {
    for (const event of events) this.note(event, actorId, at);
  }

  private note(e: DomainEvent, actorId: string, at: string): void {
    if (e.type === "issue.raised") this.holders.set(e.id, e.bodyId);
    if (e.type === "issue.escalated") this.holders.set(e.id, e.to);
    if (e.type === "course.begun")
      this.ways.set(e.id, { issueId: e.issueId, code: e.procedure.code, stages: e.procedure.stages.map((s) => s.code), at: 0, runs: true });
    if (e.type === "course.passed" || e.type === "course.rejected" || e.type === "course.stopped") {
      const way = this.ways.get(e.id);
      if (way && e.type === "course.passed") way.at++;
      if (way && (e.type !== "course.passed" || way.at === way.stages.length)) way.runs = false;
    }
    if (e.type === "meeting.called") {
      const voters = e.invited.filter((i) => !["observer", "staff", "secretary"].includes(i.role));
      const terms = e.terms as unknown as Terms;
      this.meetings.set(e.id, {
        bodyId: e.bodyId,
        terms,
        startsAt: e.startsAt,
        openedAt: "",
        state: "called",
        items: new Map(e.items.map((i) => [i.id, { issueId: i.issueId, addedAt: at, recused: new Set() }])),
        seats: new Map(e.invited.map((i) => [i.personId, { party: i.party, votes: voters.includes(i), here: false, proxyTo: null }])),
      });
      const size = terms.rules.find((r) => r.kind === "members");
      if (size && (voters.length < Number(size.least) || voters.length > Number(size.most) || (size.odd && voters.length % 2 === 0)))
        this.complaints.push(`${terms.procedure}: ${voters.length} members`);
    }
    const meeting = "meetingId" in e ? this.meetings.get(e.meetingId) : this.meetings.get(e.id);
    if (meeting && e.type.startsWith("meeting.")) this.noteMeeting(meeting, e, actorId, at);
    if (meeting && e.type.startsWith("vote.")) this.noteVote(meeting, e);
    if (meeting && e.type === "decision.recorded") {
      const sameVote = [...this.decisions.values()].some((d) => d.voteId !== null && d.voteId === e.voteId);
      this.complain(meeting, e.itemId, "a second decision on one vote", sameVote);
      this.decisions.set(e.id, e);
      if (e.outcome === "adopted" || e.outcome === "escalated") this.judge(meeting, e, at);
    }
    const before = e.type === "decision.amended" ? this.decisions.get(e.id) : undefined;
    // Words may be corrected when people have left; a new count must hold by itself.
    if (meeting && e.type === "decision.amended" && before) {
      const counted = e.method !== before.method || JSON.stringify(e.counts) !== JSON.stringify(before.counts);
      if (counted && (before.outcome === "adopted" || before.outcome === "escalated")) {
        this.fit(meeting, before, e.method, at);
        this.majority(meeting, before, e);
      }
      this.decisions.set(e.id, { ...before, method: e.method, counts: e.counts });
    }
  }

  private noteMeeting(m: Sitting, e: DomainEvent, actorId: string, at: string): void {
    if (m.state === "closed") this.complaints.push(`${e.type} after the end`);
    if (e.type === "meeting.moved") m.startsAt = e.startsAt;
    if (e.type === "meeting.itemAdded") m.items.set(e.item.id, { issueId: e.item.issueId, addedAt: at, recused: new Set() });
    if (e.type === "meeting.opened") Object.assign(m, { state: "open", openedAt: at });
    if (e.type === "meeting.closed") m.state = "closed";
    if (e.type === "meeting.recused") m.items.get(e.itemId)?.recused.add(e.personId);
    const seat = e.type === "meeting.checkedIn" ? m.seats.get(actorId) : "personId" in e ? m.seats.get(e.personId as string) : undefined;
    if (e.type === "meeting.represented" && seat) {
      const rule = m.terms.rules.find((r) => r.kind === "proxies") as { most: number; sameParty: boolean } | undefined;
      const by = e.proxyTo === null ? undefined : m.seats.get(e.proxyTo);
      const others = [...m.seats].filter(([who, s]) => who !== e.personId && s.proxyTo === e.proxyTo).length;
      const wrong = !rule || !by?.votes || others + 1 > rule.most || (rule.sameParty && by.party !== seat.party);
      if (e.proxyTo !== null && wrong) this.complaints.push(`${m.terms.procedure}: represented against its rules`);
      seat.proxyTo = e.proxyTo;
    }
    if (e.type === "meeting.seated" && !seat)
      m.seats.set(e.personId, { party: e.guest?.party ?? "", votes: false, here: e.presence === "present", proxyTo: null });
    if ((e.type === "meeting.seated" || e.type === "meeting.checkedIn") && seat) {
      seat.here = e.type === "meeting.checkedIn" || e.presence === "present";
      if (seat.here) seat.proxyTo = null;
    }
  }

  private noteVote(m: Sitting, e: DomainEvent): void {
    if (e.type === "vote.opened")
      this.votes.set(e.id, { meetingId: e.meetingId, itemId: e.itemId, method: e.method, state: "open", ballots: new Map(), for: 0, carried: false });
    const vote = this.votes.get(e.id);
    if (!vote) return;
    if (e.type === "vote.cast") vote.ballots.set(e.personId, e.choice);
    if (e.type === "vote.voided") vote.state = "void";
    if (e.type === "vote.closed") {
      const mayVote = this.voters(m, vote.itemId);
      const said = vote.method === "rollCall" ? [...vote.ballots].filter(([who]) => mayVote.some(([id]) => id === who)).map(([, choice]) => choice) : null;
      const n = (choice: "for" | "against") => said?.filter((c) => c === choice).length ?? sum(e.counts as Hands, choice);
      vote.state = "closed";
      vote.carried = this.enough(m, vote.itemId, n("for"), n("against"));
    }
  }

  /** Who is in the room, or represented by somebody who is. */
  private present(m: Sitting): [string, Seat][] {
    return [...m.seats].filter(([, s]) => s.votes && (s.here || (s.proxyTo !== null && m.seats.get(s.proxyTo)?.here === true)));
  }
  private voters(m: Sitting, itemId: string): [string, Seat][] {
    const out = m.items.get(itemId)?.recused ?? new Set();
    return this.present(m).filter(([who, s]) => !out.has(who) && (s.here || !out.has(s.proxyTo ?? "")));
  }
  private enough(m: Sitting, itemId: string, ayes: number, noes: number): boolean {
    const rule = m.terms.rules.find((r) => r.kind === "pass") ?? { kind: "pass", base: "present", share: { numerator: 1, denominator: 2, strict: true } };
    const share = rule.share as { numerator: number; denominator: number; strict: boolean };
    const whole =
      rule.base === "all" ? [...m.seats.values()].filter((s) => s.votes).length : rule.base === "cast" ? ayes + noes : this.voters(m, itemId).length;
    const [mine, asked] = [ayes * share.denominator, whole * share.numerator];
    return ayes > 0 && (mine > asked || (mine === asked && !share.strict));
  }
  private chairMay(terms: Terms): boolean {
    const ways = terms.rules.find((r) => r.kind === "methods")?.methods as string[] | undefined;
    return ways ? ways.includes("chairsResolution") : !terms.rules.some((r) => r.kind === "pass");
  }
  private complain(m: Sitting, itemId: string, what: string, wrong: boolean): void {
    if (wrong) this.complaints.push(`${m.terms.procedure}/${m.terms.stage}: ${what} (item ${itemId})`);
  }

  private judge(m: Sitting, d: Recorded, at: string): void {
    this.adopted.push(`${m.terms.procedure}/${m.terms.stage} ${d.method}`);
    this.fit(m, d, d.method, at);
    const complain = (what: string, wrong: boolean) => this.complain(m, d.itemId, what, wrong);
    const way = [...this.ways.values()].find((w) => w.issueId === d.issueId && w.runs);
    complain("another's issue", !m.terms.course && this.levels.has(d.bodyId) && this.holders.get(d.issueId) !== d.bodyId);
    complain("not at this stage", m.terms.course ? way?.code !== m.terms.procedure || way.stages[way.at] !== m.terms.stage : way !== undefined);
    complain("escalated from a course", m.terms.course && d.outcome === "escalated");
    const running = [...this.votes.values()].some((v) => v.itemId === d.itemId && v.state === "open");
    complain("a vote runs", d.voteId === null && running);
    this.majority(m, d, d);
  }

  /** Session, notice, quorum and a way of deciding that the rules name. */
  private fit(m: Sitting, d: Pick<Recorded, "itemId" | "issueId">, method: string, at: string): void {
    const rule = (kind: string) => m.terms.rules.find((r) => r.kind === kind);
    const complain = (what: string, wrong: boolean) => this.complain(m, d.itemId, what, wrong);
    complain("not in session", m.state !== "open");
    const item = m.items.get(d.itemId);
    complain("not on the agenda", item?.issueId !== d.issueId);
    // Notice: the day it was held, or the day it was called for where that is earlier.
    const held = Math.min(dayOf(m.startsAt), dayOf(m.openedAt || at));
    const days = Number(rule("notice")?.days ?? 0);
    complain(`${held - dayOf(item?.addedAt ?? at)} days of notice`, days > 0 && held - dayOf(item?.addedAt ?? at) < days);
    // Quorum: the body's half, the procedure's share, its parties.
    const due = [...m.seats.values()].filter((s) => s.votes).length;
    const here = this.present(m);
    const share = rule("quorum")?.share as { numerator: number; denominator: number; strict: boolean } | undefined;
    const short = share && (share.strict ? here.length * share.denominator <= due * share.numerator : here.length * share.denominator < due * share.numerator);
    complain(`${here.length} of ${due}`, here.length * 2 < due || here.length === 0 || short === true);
    for (const party of (rule("parties")?.parties as string[] | undefined) ?? []) complain(`${party} is missing`, !here.some(([, s]) => s.party === party));
    // What may be decided here, and how.
    complain("it only advises", rule("advises") !== undefined);
    const ways = rule("methods")?.methods as string[] | undefined;
    complain(`by ${method}`, ways !== undefined && !ways.includes(method));
  }

  private majority(m: Sitting, d: Pick<Recorded, "itemId" | "voteId">, said: Pick<Recorded, "method" | "counts">): void {
    const complain = (what: string, wrong: boolean) => this.complain(m, d.itemId, what, wrong);
    const counts = said.counts as Hands;
    const vote = d.voteId === null ? undefined : this.votes.get(d.voteId);
    if (d.voteId !== null) {
      complain("the vote did not carry", vote?.state !== "closed" || !vote.carried || vote.itemId !== d.itemId || vote.method !== said.method);
      return;
    }
    complain("no vote by name", said.method === "rollCall");
    const voters = this.voters(m, d.itemId);
    for (const [party, c] of Object.entries(counts))
      complain(`hands of ${party}`, c.for + c.against + c.abstained > voters.filter(([, s]) => s.party === party).length);
    if (said.method === "showOfHands") complain("no majority", !this.enough(m, d.itemId, sum(counts, "for"), sum(counts, "against")));
    if (said.method === "consensus") {
      complain("somebody is against", sum(counts, "against") > 0);
      complain("too few agree", !this.enough(m, d.itemId, voters.length - sum(counts, "abstained"), 0));
    }
    if (said.method === "chairsResolution") complain("the chair's word alone", !this.chairMay(m.terms));
  }
}

const sum = (counts: Hands, what: "for" | "against" | "abstained"): number => Object.values(counts).reduce((n, c) => n + c[what], 0);
