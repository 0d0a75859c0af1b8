// A meeting as a record: everything its minutes say and everything that was recorded in it, as plain data to be sealed.
import { randomBytes } from "node:crypto";
import type { MinutesNode, MinutesSection, Run } from "../../collab/read";
import { eventsSince } from "../../data/audit.server";
import type { Db } from "../../data/dialect.server";
import { loadIssue } from "../../data/issues.server";
import { decisionsOf, movesOf, tasksOf, votesOf } from "../../data/meetings.server";
import { loadBodies, loadCommunity, namesOf } from "../../data/organisation.server";
import { privateKeyOf, saveKey } from "../../data/papers.server";
import { isLate, lateBy } from "../../domain/agenda";
import { fullName } from "../../domain/body";
import type { Meeting } from "../../domain/meeting";
import { chairOf, recorderOf } from "../../domain/paper";
import { sentence } from "../../domain/procedure";
import { quorumOf } from "../../domain/seats";
import { attended, type Vote } from "../../domain/vote";
import { type OpenMinutes, type OpenRecord, type RecordNode, recordFormat, said } from "../../papers/record";
import { type CommunityKey, communityKey, newKey } from "../../papers/sign";

/** 16 random bytes for one leaf of a record. */
export const salt = (): string => randomBytes(16).toString("base64url");

/** The community's seal; made when it is first needed. */
export async function communitySeal(tx: Db, communityId: string, now: string): Promise<CommunityKey> {
  const pem = await privateKeyOf(tx, communityId);
  if (pem) return communityKey(pem);
  const fresh = newKey();
  const key = communityKey(fresh);
  await saveKey(tx, { communityId, publicKey: key.publicKey, privateKey: fresh, createdAt: now });
  return key;
}

/** People of a meeting by the short names a record gives them: p1, p2 … in the order of their seats. */
export const refsOf = (meeting: Pick<Meeting, "seats">): Map<string, string> => new Map(meeting.seats.map((s, n) => [s.personId, `p${n + 1}`]));

type Head = Omit<OpenMinutes, "kind" | "items" | "attachments">;

/** What every paper of a meeting begins with. `signers` are people's ids. */
export async function headOf(tx: Db, meeting: Meeting, paper: { id: string; round: number; signers: readonly string[] }, now: string): Promise<Head> {
  const { communityId } = meeting;
  const community = await loadCommunity(tx, communityId);
  const body = (await loadBodies(tx, communityId)).get(meeting.bodyId);
  if (!community || !body) throw new Error(`Meeting ${meeting.id} belongs to no body.`);
  const refs = refsOf(meeting);
  const names = await namesOf(tx, communityId, [...refs.keys()]);
  const ref = (personId: string | null | undefined): string | null => (personId ? (refs.get(personId) ?? null) : null);
  const quorum = quorumOf(meeting.seats, meeting.quorum, meeting.terms);
  const { terms } = meeting;
  return {
    format: recordFormat,
    id: paper.id,
    round: paper.round,
    frozenAt: now,
    locale: community.locale,
    timeZone: community.timeZone,
    community: { id: communityId, name: said(community.name) },
    body: { id: body.id, kind: body.kind, name: said(fullName(body)) },
    meeting: {
      id: meeting.id,
      position: meeting.position,
      startsAt: meeting.startsAt,
      endsAt: meeting.endsAt,
      openedAt: meeting.openedAt,
      closedAt: meeting.closedAt,
      place: said(meeting.place),
      ...(meeting.urgency !== null && { urgency: said(meeting.urgency) }),
    },
    procedure: {
      code: terms.procedure || "none",
      version: terms.version,
      title: terms.title,
      rules: terms.rules.map((rule) => ({ id: rule.id, text: { zh: sentence(rule, "zh"), en: sentence(rule, "en") }, source: rule.source })),
    },
    people: meeting.seats.map((s) => ({
      ref: refs.get(s.personId) ?? "",
      name: said(names.get(s.personId) ?? ""),
      party: s.party,
      role: s.role,
      votes: s.votes,
      presence: s.presence,
      reason: null,
      proxyTo: ref(s.proxyTo),
      arrivedAt: s.arrivedAt,
      leftAt: s.leftAt,
    })),
    chair: ref(chairOf(meeting)),
    recorder: ref(recorderOf(meeting)),
    quorum: { due: quorum.due, present: quorum.present, needed: quorum.needed },
    required: paper.signers.flatMap((personId) => refs.get(personId) ?? []),
  };
}

/** The minutes of a meeting whole: what stands in the live document (`sections`) and what was recorded. */
export async function minutesRecord(
  tx: Db,
  meeting: Meeting,
  sections: readonly MinutesSection[],
  paper: { id: string; round: number; signers: readonly string[] },
  now: string,
): Promise<OpenRecord> {
  const { communityId } = meeting;
  const refs = refsOf(meeting);
  const decisions = await decisionsOf(tx, communityId, { meetingId: meeting.id });
  const votes = await votesOf(tx, communityId, meeting.id);
  const tasks = await tasksOf(tx, communityId, { decisionIds: decisions.map((d) => d.id) });
  const bodies = await loadBodies(tx, communityId);
  const names = await namesOf(
    tx,
    communityId,
    tasks.flatMap((t) => (t.assignee.kind === "person" ? [t.assignee.id] : [])),
  );
  const pictures = sections.flatMap((section) => picturesIn(section.nodes));
  // Only what stands in the minutes is sealed with them: a picture that was taken out again is not.
  const shown = new Set(pictures.map(({ photoId }) => photoId));
  const kept = await tx
    .selectFrom("Attachment")
    .select(["id", "bytes", "digest"])
    .where("communityId", "=", communityId)
    .where("ownerKind", "=", "minutes")
    .where("ownerId", "=", meeting.id)
    .orderBy("position")
    .orderBy("uploadedAt")
    .orderBy("id")
    .execute();
  const photos = kept.filter((p) => shown.has(p.id));
  const moves = await movesOf(tx, meeting);
  const known: Known = {
    digests: new Map(photos.map((p) => [p.id, p.digest])),
    moves: new Map(
      moves.flatMap(({ id, personId, presence, at }) => {
        const ref = refs.get(personId);
        return ref ? [[id, { ref, presence, at }]] : [];
      }),
    ),
    handouts: new Set(meeting.handouts.map((h) => h.id)),
  };
  const happened = await eventsSince(tx, communityId, "meeting", meeting.id, 0);
  const recusals = new Map(
    happened.flatMap(({ event, actorId, at }) =>
      event.type === "meeting.recused" ? [[`${event.itemId}/${event.personId}`, { reason: event.words.reason, by: refs.get(actorId) ?? null, at }]] : [],
    ),
  );
  const items: OpenMinutes["items"] = [];
  for (const item of meeting.items) {
    const issue = await loadIssue(tx, communityId, item.issueId);
    items.push({
      id: item.id,
      issueNumber: issue?.number ?? item.issueId,
      title: said(issue?.title ?? ""),
      minutes: item.minutes,
      late: isLate(meeting, item),
      ...(isLate(meeting, item) ? { added: { at: item.addedAt, rule: lateBy(meeting, item)?.id ?? null } } : {}),
      carried: item.carried,
      recused: item.recused.flatMap((personId) => {
        const ref = refs.get(personId);
        const told = recusals.get(`${item.id}/${personId}`);
        return ref ? [{ ref, reason: said(told?.reason ?? ""), ...(told ? { by: told.by, at: told.at } : {}) }] : [];
      }),
      votes: votes
        .filter((v) => v.itemId === item.id && v.status !== "open")
        .map((v) => ({
          id: v.id,
          question: said(v.question),
          method: v.method,
          status: v.status === "open" ? "void" : v.status,
          ...(v.status === "void" ? { off: { ground: v.ground ?? "", reason: said(v.reason) } } : {}),
          base: v.base,
          ...v.share,
          counts: v.counts,
          ...turnoutOf(v, refs),
          ballots: v.ballots.flatMap((b) => {
            const ref = refs.get(b.personId);
            return ref
              ? [
                  {
                    ref,
                    choice: b.choice,
                    by: b.by ? (refs.get(b.by) ?? null) : null,
                    ...(b.noted ? { noted: b.noted } : {}),
                    ...(b.uncounted ? { uncounted: b.uncounted } : {}),
                  },
                ]
              : [];
          }),
        })),
      decisions: decisions
        .filter((d) => d.itemId === item.id)
        .map((d) => ({
          id: d.id,
          text: said(d.text),
          method: d.method,
          outcome: d.outcome,
          counts: d.counts,
          voteId: d.voteId,
          recordedAt: d.recordedAt,
          ...(d.ratifyBy === null ? {} : { ratifyBy: d.ratifyBy }),
          tasks: tasks
            .filter((t) => t.decisionId === d.id)
            .map((t) => ({
              id: t.id,
              title: said(t.title),
              assignee: said((t.assignee.kind === "person" ? names.get(t.assignee.id) : bodies.get(t.assignee.id)?.name) ?? ""),
              dueOn: t.dueOn,
              proof: said(t.proof),
            })),
        })),
      nodes: nodesOf(sections.find((s) => s.itemId === item.id)?.nodes ?? [], known),
    });
  }
  // A picture is called what stands under it in the minutes; one without words is numbered where it is printed.
  const captions = new Map(
    pictures
      .filter(({ alt }) => alt !== "")
      .map(({ photoId, alt }) => [photoId, alt] as const)
      .reverse(),
  );
  const attachments = [
    ...meeting.handouts.map(({ id, itemId, name, type, bytes, digest }) => ({ id, itemId, name: said(name), type: type as string, bytes, digest })),
    ...photos.map((p) => ({ id: p.id, itemId: null, name: said(captions.get(p.id) ?? ""), type: "image/webp", bytes: p.bytes, digest: p.digest })),
  ];
  const ref = (personId: string): string | null => refs.get(personId) ?? null;
  const rollMended = happened.flatMap(({ event, actorId, at }) => {
    const of = event.type === "meeting.seatMended" ? refs.get(event.personId) : undefined;
    if (event.type !== "meeting.seatMended" || !of) return [];
    return [{ ref: of, was: event.was, presence: event.presence, by: ref(actorId), at, reason: said(event.words.reason) }];
  });
  const returned = (await eventsSince(tx, communityId, "paper", paper.id, 0))
    .filter(({ event }) => event.type === "paper.sentBack")
    .map(({ event, actorId, at }, n) => ({
      round: n + 1,
      ref: ref(actorId),
      at,
      reason: said("words" in event && event.words && "reason" in event.words ? event.words.reason : ""),
    }));
  return {
    kind: "minutes",
    ...(await headOf(tx, meeting, paper, now)),
    items,
    attachments,
    ...(returned.length > 0 ? { returned } : {}),
    ...(rollMended.length > 0 ? { rollMended } : {}),
  };
}

/** Who was there at a count, where that is known. */
function turnoutOf(vote: Vote, refs: ReadonlyMap<string, string>): Pick<OpenMinutes["items"][number]["votes"][number], "turnout"> {
  const there = attended(vote);
  return there ? { turnout: { ...there, notVoted: there.notVoted.flatMap((personId) => refs.get(personId) ?? []) } } : {};
}

/** The pictures in their order, with what people wrote under them. */
function picturesIn(nodes: readonly MinutesNode[]): { photoId: string; alt: string }[] {
  return nodes.flatMap((node) => {
    if (node.kind === "image") return [{ photoId: node.photoId, alt: node.alt }];
    if (node.kind === "list") return node.items.flatMap(picturesIn);
    return node.kind === "table" ? node.rows.flatMap((row) => row.flatMap((cell) => picturesIn(cell.nodes))) : [];
  });
}

const runsOf = (runs: readonly Run[]) => runs.map(({ text, bold, href }) => ({ text: said(text), bold, href: href === null ? null : said(href) }));

/** What the nodes of a section may name: photos, comings and goings, papers of this meeting. */
type Known = {
  digests: ReadonlyMap<string, string>;
  moves: ReadonlyMap<string, { ref: string; presence: "present" | "left"; at: string }>;
  handouts: ReadonlySet<string>;
};

/** What stands in a section, with its words as leaves. What is not the meeting's own is left out. */
function nodesOf(nodes: readonly MinutesNode[], known: Known): RecordNode[] {
  return nodes.flatMap((node): RecordNode[] => {
    switch (node.kind) {
      case "paragraph":
      case "heading":
        return [{ kind: node.kind, runs: runsOf(node.runs) }];
      case "speech":
        return [{ kind: "speech", speaker: said(node.speaker), runs: runsOf(node.runs) }];
      case "list":
        return [{ kind: "list", ordered: node.ordered, items: node.items.map((item) => nodesOf(item, known)) }];
      case "table":
        return [{ kind: "table", rows: node.rows.map((row) => row.map((cell) => ({ header: cell.header, nodes: nodesOf(cell.nodes, known) }))) }];
      case "image": {
        const digest = known.digests.get(node.photoId);
        return digest ? [{ kind: "image", photoId: node.photoId, digest, alt: said(node.alt) }] : [];
      }
      case "decision":
        return [{ kind: "decision", decisionId: node.decisionId }];
      case "task":
        return [{ kind: "task", taskId: node.taskId }];
      case "vote":
        return [{ kind: "vote", voteId: node.voteId }];
      case "attendance": {
        const move = known.moves.get(node.attendanceId);
        return move ? [{ kind: "attendance", ...move }] : [];
      }
      case "attachment":
        return known.handouts.has(node.attachmentId) ? [{ kind: "attachment", attachmentId: node.attachmentId }] : [];
    }
    return node satisfies never;
  });
}
