// What people in the stories do, in short words.
import sharp from "sharp";
import * as Y from "yjs";
import { readMinutes, readState } from "../../app/collab/read";
import { reconcile } from "../../app/collab/reconcile";
import { minutesField, roomOf } from "../../app/collab/room";
import { setBodyCadence } from "../../app/commands/body/set-cadence";
import { recordDecision } from "../../app/commands/decision/record";
import { acceptTheIssue } from "../../app/commands/issue/accept";
import { classifyIssue } from "../../app/commands/issue/classify";
import { escalateIssue } from "../../app/commands/issue/escalate";
import { giveIssueFeedback } from "../../app/commands/issue/feedback";
import { joinIssue } from "../../app/commands/issue/join";
import { noteOnIssue } from "../../app/commands/issue/note";
import { raiseIssue } from "../../app/commands/issue/raise";
import { settleIssue } from "../../app/commands/issue/settle";
import { callMeeting } from "../../app/commands/meeting/call";
import { closeMeeting } from "../../app/commands/meeting/close";
import { askForFloor, letSpeak } from "../../app/commands/meeting/floor";
import { openMeeting } from "../../app/commands/meeting/open";
import { replyToMeeting } from "../../app/commands/meeting/reply";
import { takeSeat } from "../../app/commands/meeting/seat";
import { freezeTheMinutes } from "../../app/commands/paper/freeze";
import { signPaper } from "../../app/commands/paper/sign";
import { summariseMinutes } from "../../app/commands/paper/summarise";
import { acceptTheTask } from "../../app/commands/task/accept";
import { assignTask } from "../../app/commands/task/assign";
import { confirmTask } from "../../app/commands/task/confirm";
import { askTaskExtension } from "../../app/commands/task/extension";
import { handInTask } from "../../app/commands/task/hand-in";
import { giveTaskPhotos, photoDraft } from "../../app/commands/task/proof";
import { sendTaskBack } from "../../app/commands/task/send-back";
import { tickAStep } from "../../app/commands/task/steps";
import { verifyTask } from "../../app/commands/task/verify";
import { closeTheVote } from "../../app/commands/vote/close";
import { openTheVote } from "../../app/commands/vote/open";
import { loadMeeting, loadTask } from "../../app/data/meetings.server";
import { loadCommunity } from "../../app/data/organisation.server";
import { loadPaper } from "../../app/data/papers.server";
import { type Preset, presetRule } from "../../app/domain/cadence";
import { localDay } from "../../app/domain/clock";
import type { Counts } from "../../app/domain/count";
import type { DecisionOutcome, Method } from "../../app/domain/decision";
import type { HandKind } from "../../app/domain/floor";
import type { PhotoKind, ReturnRule } from "../../app/domain/task";
import type { RepeatKind } from "../../app/domain/task-work";
import type { Category, Track, Visibility } from "../../app/domain/vocabulary";
import { keepPhotos } from "../../app/http/photos.server";
import { minutesShape } from "../../app/views/minutes";
import { type UpdateLog, wholeOf } from "../../realtime/log";
import type { House } from "./house";
import { the, timeZone } from "./teller";

export type Told = { number: string; id: string; title: string };
type Assigned = {
  title: string;
  to: string;
  daysAgo: number;
  proof: string;
  help?: readonly string[];
  steps?: readonly string[];
  repeats?: RepeatKind | null;
};
type Raise = { at: string; what: string; category: Category; track: Track; stairwell?: number; place?: string; visibility?: Visibility };

export class Deeds {
  constructor(
    readonly house: House,
    private readonly log: UpdateLog,
  ) {}

  /** Raise it in the body called `at`. */
  async raise(who: string, { at, ...issue }: Raise): Promise<Told> {
    const input = { bodyId: this.house.bodyId(at), place: "", stairwell: null, visibility: "community", ...issue };
    const raised = the(await this.house.does(who, raiseIssue, input), "issue.raised");
    return { number: raised.number, id: raised.id, title: raised.words.title };
  }
  /** Whoever holds it gives it the name people know it by. */
  async name(who: string, issue: Told, title: string, category: Category, track: Track): Promise<void> {
    // What was written may have named it well already; whoever read it has still seen it.
    if (title === issue.title) await this.accept(who, issue);
    else await this.house.does(who, classifyIssue, { number: issue.number, title, category, track });
  }
  accept = (who: string, issue: Told) => this.house.does(who, acceptTheIssue, { number: issue.number });
  note = (who: string, issue: Told, text: string) => this.house.does(who, noteOnIssue, { number: issue.number, text });
  join = (who: string, issue: Told, households = 1) => this.house.does(who, joinIssue, { number: issue.number, households });
  settle = (who: string, issue: Told, text: string) => this.house.does(who, settleIssue, { number: issue.number, text });
  escalate = (who: string, issue: Told, to: string, text: string) =>
    this.house.does(who, escalateIssue, { number: issue.number, to: this.house.bodyId(to), text });
  content = (who: string, issue: Told, content: "content" | "fair", remark = "") =>
    this.house.does(who, giveIssueFeedback, { number: issue.number, solved: "yes", content, remark });

  /** By which rule a body meets; a day off moves on. */
  async meets(who: string, body: string, preset: Preset, at: { time: string; minutes: number; place: string }): Promise<void> {
    const startsOn = localDay(this.house.teller.now, timeZone);
    const cadence = { rule: presetRule(preset), startsOn, onDayOff: "move", ...at };
    await this.house.does(who, setBodyCadence, { bodyId: this.house.bodyId(body), cadence });
  }

  async call(
    who: string,
    body: string,
    meeting: { daysAgo: number; from: string; to: string; place: string; issues: readonly Told[]; minutes?: number },
  ): Promise<string> {
    const { teller } = this.house;
    const { daysAgo, from, to, ...rest } = meeting;
    return this.callAt(who, body, { ...rest, from: teller.when(daysAgo, from), to: teller.when(daysAgo, to) });
  }
  /** The same with instants. */
  async callAt(
    who: string,
    body: string,
    meeting: { from: string; to: string; place: string; issues: readonly Told[]; minutes?: number; procedure?: string },
  ): Promise<string> {
    const input = {
      bodyId: this.house.bodyId(body),
      startsAt: meeting.from,
      endsAt: meeting.to,
      place: meeting.place,
      issues: meeting.issues.map((i) => i.id),
      minutes: meeting.minutes ?? 15,
      procedure: meeting.procedure ?? null,
    };
    return the(await this.house.does(who, callMeeting, input), "meeting.called").id;
  }
  reply = (who: string, meetingId: string, coming: boolean) => this.house.does(who, replyToMeeting, { meetingId, coming: coming ? "yes" : "no" });

  async open(who: string, meetingId: string, roll: { present: readonly string[]; excused?: readonly string[]; absent?: readonly string[] }): Promise<void> {
    for (const presence of ["present", "excused", "absent"] as const)
      for (const key of roll[presence] ?? []) await this.house.does(who, takeSeat, { meetingId, personId: this.house.personId(key), presence });
    await this.house.does(who, openMeeting, { meetingId });
  }
  /** In the room: a hand, the floor, the next item, and a vote by raised hands from its question to its result. */
  hand = (who: string, meetingId: string, kind: HandKind = "speak") => this.house.does(who, askForFloor, { meetingId, kind });
  speak = (by: string, meetingId: string, who: string) => this.house.does(by, letSpeak, { meetingId, personId: this.house.personId(who) });
  async vote(by: string, meetingId: string, issue: Told, question: string, counts: Counts): Promise<void> {
    const meeting = await loadMeeting(this.house.teller.store.read, this.house.communityId, meetingId);
    const itemId = meeting?.items.find((i) => i.issueId === issue.id)?.id;
    const { id } = the(await this.house.does(by, openTheVote, { meetingId, itemId, question, method: "showOfHands" }), "vote.opened");
    await this.house.does(by, closeTheVote, { voteId: id, counts });
  }
  close = (who: string, meetingId: string) => {
    this.house.teller.pass(75);
    return this.house.does(who, closeMeeting, { meetingId });
  };

  async decide(
    who: string,
    meetingId: string,
    issue: Told,
    said: { text: string; method: Method; outcome: DecisionOutcome; counts?: Counts },
  ): Promise<string> {
    const meeting = await loadMeeting(this.house.teller.store.read, this.house.communityId, meetingId);
    const itemId = meeting?.items.find((i) => i.issueId === issue.id)?.id;
    return the(await this.house.does(who, recordDecision, { meetingId, itemId, counts: {}, ...said }), "decision.recorded").id;
  }
  /** `to` and `help` are keys of bodies; a person's stands behind "@". */
  async assign(who: string, decisionId: string, task: Assigned): Promise<string> {
    const { title, to, daysAgo, proof, help = [], steps = [], repeats = null } = task;
    const dueOn = localDay(this.house.teller.when(daysAgo, "12:00"), timeZone);
    const input = {
      decisionId,
      title,
      assignee: this.handOf(to),
      dueOn,
      proof,
      supporting: help.map((key) => this.handOf(key)),
      steps: steps.join("\n"),
      repeats,
    };
    return the(await this.house.does(who, assignTask, input), "task.assigned").id;
  }
  private handOf = (key: string): string => (key.startsWith("@") ? `person:${this.house.personId(key.slice(1))}` : `body:${this.house.bodyId(key)}`);
  /** Tick the first `n` steps that are still open. */
  async tick(who: string, taskId: string, n: number): Promise<void> {
    const task = await loadTask(this.house.teller.store.read, this.house.communityId, taskId);
    for (const { id } of (task?.steps ?? []).filter((s) => s.doneAt === null).slice(0, n))
      await this.house.does(who, tickAStep, { taskId, stepId: id, done: "yes" });
  }
  /** A photo, drawn: the story has no camera. */
  async photo(who: string, taskId: string, which: PhotoKind, svg: string): Promise<void> {
    const { teller, communityId } = this.house;
    const community = await loadCommunity(teller.store.read, communityId);
    if (!community) throw new Error("There is no community.");
    const file = new File([new Uint8Array(await sharp(Buffer.from(svg)).png().toBuffer())], "photo.png");
    const seen = { actor: await teller.actor(communityId, this.house.personId(who)), community, sessionHash: "", now: teller.now };
    const bad = await keepPhotos(teller.store, seen, `${photoDraft[which]}.${taskId}`, [file]);
    if (bad) throw new Error(`A photo was refused: ${bad.code}`);
    await this.house.does(who, giveTaskPhotos, { taskId, which });
  }
  extension = (who: string, taskId: string, daysAgo: number, text: string) =>
    this.house.does(who, askTaskExtension, { taskId, dueOn: localDay(this.house.teller.when(daysAgo, "12:00"), timeZone), text });
  sendBack = (who: string, taskId: string, rule: ReturnRule, belongsTo: string, text: string) =>
    this.house.does(who, sendTaskBack, { taskId, rule, belongsTo: this.handOf(belongsTo), text });
  confirm = (who: string, taskId: string) => this.house.does(who, confirmTask, { taskId });
  take = (who: string, taskId: string) => this.house.does(who, acceptTheTask, { taskId });
  handIn = (who: string, taskId: string, text: string) => this.house.does(who, handInTask, { taskId, text });
  verify = (who: string, taskId: string, text = "") => this.house.does(who, verifyTask, { taskId, text });

  /** Freeze what the recorder wrote, and have these people sign it. @returns the paper's id */
  async sign(meetingId: string, chair: string, signers: readonly string[]): Promise<string> {
    const { teller, communityId } = this.house;
    const shape = await minutesShape(teller.store.read, communityId, meetingId);
    const sections = readState(wholeOf(this.log.load(roomOf({ communityId, meetingId }))), shape);
    const paperId = the(await this.house.does(chair, freezeTheMinutes, { meetingId, sections }), "paper.frozen").id;
    for (const who of signers) await this.signOne(paperId, who);
    return paperId;
  }
  private async signOne(paperId: string, who: string): Promise<void> {
    const paper = await loadPaper(this.house.teller.store.read, this.house.communityId, paperId);
    await this.house.does(who, signPaper, { paperId, fingerprint: paper?.fingerprint, mark: { kind: "typed", text: this.house.nameOf(who) } });
  }
  /** Draw up the summary of signed minutes and issue it. */
  async summarise(paperId: string, recorder: string, chair: string, said: { opening: string; parts: readonly { issue: Told; text: string }[] }): Promise<void> {
    const { teller, communityId } = this.house;
    const paper = await loadPaper(teller.store.read, communityId, paperId);
    const meeting = paper && (await loadMeeting(teller.store.read, communityId, paper.meetingId));
    const parts = said.parts.map(({ issue, ...words }) => ({ itemId: meeting?.items.find((i) => i.issueId === issue.id)?.id, ...words }));
    await this.signOne(the(await this.house.does(recorder, summariseMinutes, { paperId, opening: said.opening, parts }), "paper.frozen").id, chair);
  }

  /** What was said on each item, as the recorder wrote it down. */
  async minutes(meetingId: string, said: readonly { issue: Told; lines: readonly (readonly [speaker: string, text: string])[] }[]): Promise<void> {
    const { teller, communityId } = this.house;
    const meeting = await loadMeeting(teller.store.read, communityId, meetingId);
    const doc = new Y.Doc();
    const shape = await minutesShape(teller.store.read, communityId, meetingId);
    const room = roomOf({ communityId, meetingId });
    /** What came into the document since the last one who wrote, as that one's. */
    let before = Y.encodeStateVector(doc);
    const wrote = (by: string) => {
      const client = doc.clientID;
      if (Y.encodeStateVector(doc).join() === before.join()) return;
      this.log.append([{ room, by, update: Y.encodeStateAsUpdate(doc, before), newClients: by ? [client] : [] }]);
      before = Y.encodeStateVector(doc);
      // The next to write has client ids of their own.
      doc.clientID = client + 1;
    };
    const recorder = meeting?.seats.find((s) => s.role === "recorder") ?? meeting?.seats.find((s) => s.personId === meeting.calledBy);
    reconcile(doc, { ...shape, votes: [], decisions: [], tasks: [], attendance: [] });
    wrote("");
    const sections = doc.getXmlFragment(minutesField).toArray();
    for (const { issue, lines } of said) {
      const itemId = meeting?.items.find((i) => i.issueId === issue.id)?.id;
      const section = sections.find((s): s is Y.XmlElement => s instanceof Y.XmlElement && s.getAttribute("itemId") === itemId);
      section?.insert(
        0,
        lines.map(([speaker, text]) => {
          const line = new Y.XmlElement(speaker ? "speech" : "paragraph");
          if (speaker) line.setAttribute("speaker", this.house.nameOf(speaker));
          line.insert(0, [new Y.XmlText(text)]);
          return line;
        }),
      );
    }
    wrote(recorder?.personId ?? "");
    reconcile(doc, shape);
    if (readMinutes(doc).length !== shape.items.length) throw new Error("Minutes have other sections than their agenda.");
    wrote("");
    doc.destroy();
  }
}
