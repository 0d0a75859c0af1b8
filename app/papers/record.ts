// A record: one paper of a meeting as plain data, frozen. Codes, figures, ids and times stand open; whatever a person said
// or is called is a leaf of its own, so that it can be withheld from a copy and the copy still checks (docs/record.md).
import { z } from "zod";
import { locales, parties, roles } from "../domain/vocabulary";

export const recordFormat = "yishi-record/1";
export const signatureFormat = "yishi-signature/1";
export const coverFormat = "yishi-cover/1";

/** Words in a record that is open. */
export type Said = { said: string };
/** The same leaf in a sealed record: the digest of its salt and text. */
export type Sealed = { w: string };
export const said = (text: string): Said => ({ said: text });

const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`));
const digest = hex(32);
const id = z.string().regex(/^[0-9A-Za-z_.-]{1,64}$/);
const ref = z.string().regex(/^p[1-9]\d{0,4}$/);
const code = z.string().regex(/^[A-Za-z][0-9A-Za-z._/-]{0,63}$/);
const instant = z.iso.datetime();
const day = z.iso.date();
const figure = z.int().min(0);
/** Half a surrogate pair has no bytes of its own: two of them would have one digest. */
const text = z
  .string()
  .max(1_000_000)
  .refine((t) => t.isWellFormed());
const zone = z
  .string()
  .max(64)
  .refine((name) => {
    try {
      return new Intl.DateTimeFormat("en", { timeZone: name }) !== null;
    } catch {
      return false;
    }
  });
const both = z.strictObject({ zh: text, en: text });

export const choices = ["for", "against", "abstained"] as const;
export const presences = ["present", "left", "excused", "absent", "unknown"] as const;

export type RecordRun<W> = { text: W; bold: boolean; href: W | null };
/** What stands in the minutes of an item: MinutesNode of app/collab/read.ts with its words as leaves. */
export type RecordNode<W = Said> =
  | { kind: "paragraph" | "heading"; runs: RecordRun<W>[] }
  | { kind: "speech"; speaker: W; runs: RecordRun<W>[] }
  | { kind: "list"; ordered: boolean; items: RecordNode<W>[][] }
  | { kind: "table"; rows: { header: boolean; nodes: RecordNode<W>[] }[][] }
  | { kind: "image"; photoId: string; digest: string; alt: W }
  | { kind: "decision"; decisionId: string }
  | { kind: "task"; taskId: string }
  | { kind: "vote"; voteId: string }
  | { kind: "attendance"; ref: string; presence: (typeof presences)[number]; at: string }
  | { kind: "attachment"; attachmentId: string };

const nodesOf = <W>(word: z.ZodType<W>): z.ZodType<RecordNode<W>[]> => {
  const runs = z.array(z.strictObject({ text: word, bold: z.boolean(), href: word.nullable() }));
  const nodes: z.ZodType<RecordNode<W>[]> = z.lazy(() => z.array(node));
  const node: z.ZodType<RecordNode<W>> = z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.enum(["paragraph", "heading"]), runs }),
    z.strictObject({ kind: z.literal("speech"), speaker: word, runs }),
    z.strictObject({ kind: z.literal("list"), ordered: z.boolean(), items: z.array(nodes) }),
    z.strictObject({ kind: z.literal("table"), rows: z.array(z.array(z.strictObject({ header: z.boolean(), nodes }))) }),
    z.strictObject({ kind: z.literal("image"), photoId: id, digest, alt: word }),
    z.strictObject({ kind: z.literal("decision"), decisionId: id }),
    z.strictObject({ kind: z.literal("task"), taskId: id }),
    z.strictObject({ kind: z.literal("vote"), voteId: id }),
    z.strictObject({ kind: z.literal("attendance"), ref, presence: z.enum(presences), at: instant }),
    z.strictObject({ kind: z.literal("attachment"), attachmentId: id }),
  ]);
  return nodes;
};

const countsOf = z.partialRecord(z.enum(parties), z.strictObject({ for: figure, against: figure, abstained: figure }));

/** The shape of a record whose leaves are `word`. Nothing may stand in it that is not named here. */
function shapeOf<W>(word: z.ZodType<W>) {
  const head = {
    format: z.literal(recordFormat),
    id,
    /** How often it was frozen: 1 at first; a paper that was sent back for changes is frozen again. */
    round: z.int().min(1),
    frozenAt: instant,
    locale: z.enum(locales),
    timeZone: zone,
    community: z.strictObject({ id, name: word }),
    body: z.strictObject({ id, kind: code, name: word }),
    meeting: z.strictObject({
      id,
      position: figure,
      startsAt: instant,
      endsAt: instant,
      openedAt: instant.nullable(),
      closedAt: instant.nullable(),
      place: word,
      /** Why it could not wait for a regular meeting, where that was said; absent in records from before it was kept. */
      urgency: word.optional(),
    }),
    procedure: z.strictObject({ code, version: figure, title: both, rules: z.array(z.strictObject({ id, text: both, source: both })) }),
    people: z.array(
      z.strictObject({
        ref,
        name: word,
        party: z.enum(parties),
        role: z.enum(roles),
        votes: z.boolean(),
        presence: z.enum(presences),
        /** Why somebody is not there, where it was said. */
        reason: word.nullable(),
        proxyTo: ref.nullable(),
        arrivedAt: instant.nullable(),
        leftAt: instant.nullable(),
      }),
    ),
    chair: ref.nullable(),
    recorder: ref.nullable(),
    quorum: z.strictObject({ due: figure, present: figure, needed: figure }),
    /** Who must sign before it is adopted. */
    required: z.array(ref),
  };
  const task = z.strictObject({ id, title: word, assignee: word, dueOn: day, proof: word });
  const decision = z.strictObject({
    id,
    text: word,
    method: code,
    outcome: code,
    /** Hands by party where they were counted without a vote of its own. */
    counts: countsOf,
    voteId: id.nullable(),
    recordedAt: instant,
    /** Decided in haste: the last day on which a regular meeting may adopt it. Absent where nobody need, and in older records. */
    ratifyBy: day.optional(),
    tasks: z.array(task),
  });
  const vote = z.strictObject({
    id,
    question: word,
    method: z.enum(["showOfHands", "rollCall"]),
    status: z.enum(["carried", "lost", "void"]),
    /** Called off: for what, and in which words; absent in records from before it was kept. */
    off: z.strictObject({ ground: code, reason: word }).optional(),
    base: z.enum(["present", "all", "cast"]),
    numerator: figure,
    denominator: z.int().min(1),
    /** More than the share, not just the share. */
    strict: z.boolean(),
    counts: countsOf,
    /** `noted`: said in the room and written down by `by`, who does not represent them. */
    /** How many held a vote, were there and were represented at the count, and who did not vote: by name where ballots were. */
    turnout: z.strictObject({ entitled: figure, present: figure, represented: figure, silent: figure, notVoted: z.array(ref) }).optional(),
    ballots: z.array(
      z.strictObject({ ref, choice: z.enum(choices), by: ref.nullable(), noted: z.literal(true).optional(), uncounted: z.literal(true).optional() }),
    ),
  });
  const item = z.strictObject({
    id,
    issueNumber: id,
    title: word,
    minutes: figure,
    /** Added after the meeting was called. */
    late: z.boolean(),
    /** When a late one was added, and the rule by which it may not be decided. Absent for others, and in older records. */
    added: z.strictObject({ at: instant, rule: id.nullable() }).optional(),
    /** How often it was carried over from an earlier meeting. */
    carried: figure,
    /** `by`: whoever put it down, themselves or not; absent in records from before it was kept. */
    recused: z.array(z.strictObject({ ref, reason: word, by: ref.nullable().optional(), at: instant.optional() })),
    votes: z.array(vote),
    decisions: z.array(decision),
    nodes: nodesOf(word),
  });
  const attachment = z.strictObject({ id, itemId: id.nullable(), name: word, type: z.string().regex(/^[\w.+-]+\/[\w.+-]+$/), bytes: figure, digest });
  return z.discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("minutes"),
      ...head,
      items: z.array(item),
      attachments: z.array(attachment),
      /** Each time they were sent back: which round, by whom, when and why. Absent where they never were. */
      returned: z.array(z.strictObject({ round: z.int().min(1), ref: ref.nullable(), at: instant, reason: word })).optional(),
      /** Where the roll was put right afterwards, by whom, when and why. Absent where it never was. */
      rollMended: z
        .array(z.strictObject({ ref, was: z.enum(presences), presence: z.enum(presences), by: ref.nullable(), at: instant, reason: word }))
        .optional(),
    }),
    z.strictObject({
      kind: z.literal("summary"),
      ...head,
      number: z.strictObject({ year: figure, n: figure }),
      issuedAt: instant,
      opening: z.array(word),
      parts: z.array(z.strictObject({ title: word, issueNumber: id.nullable(), paragraphs: z.array(word), resolutions: z.array(word) })),
      attachments: z.array(attachment),
    }),
    z.strictObject({ kind: z.literal("addendum"), ...head, to: z.strictObject({ id, fingerprint: digest }), paragraphs: z.array(word) }),
  ]);
}

export const openShape = shapeOf(z.strictObject({ said: text }) satisfies z.ZodType<Said>);
const sealedShape = shapeOf(z.strictObject({ w: digest }) satisfies z.ZodType<Sealed>);

export type OpenRecord = z.infer<typeof openShape>;
export type SealedRecord = z.infer<typeof sealedShape>;
export type OpenMinutes = Extract<OpenRecord, { kind: "minutes" }>;
export type OpenSummary = Extract<OpenRecord, { kind: "summary" }>;
export type OpenAddendum = Extract<OpenRecord, { kind: "addendum" }>;
export type RecordPerson = OpenRecord["people"][number];
export type RecordItem = OpenMinutes["items"][number];
export type RecordVote = RecordItem["votes"][number];
export type RecordDecision = RecordItem["decisions"][number];

// 16 bytes: fixed, so that nothing moves from a text into its salt.
const salt = z.string().regex(/^[0-9A-Za-z_-]{22}$/);
const strokes = z.array(z.array(z.int().min(0).max(600)).max(2000)).max(200);

/** A mark beside a signature: a typed name, or what a finger drew on 600 × 200. Withheld marks keep their kind. */
const mark = z.union([
  z.strictObject({ kind: z.literal("typed"), salt, text: text.max(60) }),
  z.strictObject({ kind: z.literal("drawn"), salt, strokes }),
  z.strictObject({ kind: z.enum(["typed", "drawn"]), masked: text }),
]);
const statement = z.strictObject({
  format: z.literal(signatureFormat),
  key: digest,
  paper: id,
  round: z.int().min(1),
  fingerprint: digest,
  signer: ref,
  office: code,
  at: instant,
  mark: digest,
  previous: digest.nullable(),
  count: z.int().min(1),
});
const signature = z.strictObject({ statement, signature: hex(64), mark });
const anchor = z.strictObject({ seq: figure, hash: digest });
const coverStatement = z.strictObject({
  format: z.literal(coverFormat),
  key: digest,
  paper: id,
  round: z.int().min(1),
  fingerprint: digest,
  signatures: z.array(digest),
  adoptedAt: instant.nullable(),
  anchor: anchor.nullable(),
  addenda: z.array(digest),
  withheld: digest,
  at: instant,
});

const file = {
  format: z.literal(recordFormat),
  content: sealedShape,
  /** digest → what was said, or what stands for it in this copy. */
  words: z.record(digest, z.union([z.strictObject({ salt, text }), z.strictObject({ masked: text })])),
  /** Every place of the content with its digest, in order. */
  prints: z.array(z.tuple([z.string().max(300), digest])),
  fingerprint: digest,
  key: z.strictObject({ id: z.string().max(40), publicKey: hex(32) }),
  signatures: z.array(signature),
  adoptedAt: instant.nullable(),
  anchor: anchor.nullable(),
  cover: z.strictObject({ statement: coverStatement, signature: hex(64) }),
};
/** An addendum in a record's file has no addenda of its own. */
const addendumFile = z.strictObject({ ...file, addenda: z.array(z.never()) });
export const fileShape = z.strictObject({ ...file, addenda: z.array(addendumFile) });

export type Words = Record<string, { salt: string; text: string } | { masked: string }>;
export type Prints = [place: string, digest: string][];
export type Mark = z.infer<typeof mark>;
/** A mark as somebody made it, before it is salted. */
export type FreshMark = { kind: "typed"; text: string } | { kind: "drawn"; strokes: number[][] };
export type Statement = z.infer<typeof statement>;
export type Signature = z.infer<typeof signature>;
export type Cover = z.infer<typeof file.cover>;
export type RecordFile = z.infer<typeof fileShape>;
