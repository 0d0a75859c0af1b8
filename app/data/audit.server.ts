// The audit log: every happening, chained by hash within its community. It is the outbox too.
import { randomBytes } from "node:crypto";
import { type DomainEvent, issueOf, meetingOf, subjectOf } from "../domain/event";
import { canonical, sha256, wordsDigest } from "../papers/digest";
import { type Db, prepared } from "./dialect.server";

export const firstHash = "0".repeat(64);

export type Link = {
  communityId: string;
  subjectId: string;
  version: number;
  type: string;
  actorId: string;
  at: string;
  data: string;
};
/** The hash of one link: the one before and everything this one says. */
export const linkHash = (previous: string, link: Link): string =>
  sha256([previous, link.communityId, link.subjectId, link.version, link.type, link.actorId, link.at, link.data].join("\n"));

// Asking the system for 16 bytes costs as much as for 4096.
let pool = Buffer.alloc(0);
function salt(): string {
  if (pool.length < 16) pool = randomBytes(4096);
  const bytes = pool.subarray(0, 16);
  pool = pool.subarray(16);
  return bytes.toString("base64url");
}

const lastHash = prepared<{ communityId: string }>()((db, p) =>
  db.selectFrom("AuditEvent").select("hash").where("communityId", "=", p("communityId")).orderBy("seq", "desc").limit(1),
);

type EventRow = Link & {
  subject: string;
  issueId: string | null;
  meetingId: string | null;
  requestId: string | null;
  previous: string;
  hash: string;
};
const insertEvent = prepared<EventRow>()((db, p) =>
  db
    .insertInto("AuditEvent")
    .values({
      communityId: p("communityId"),
      subject: p("subject"),
      subjectId: p("subjectId"),
      version: p("version"),
      type: p("type"),
      actorId: p("actorId"),
      at: p("at"),
      data: p("data"),
      issueId: p("issueId"),
      meetingId: p("meetingId"),
      requestId: p("requestId"),
      previous: p("previous"),
      hash: p("hash"),
    })
    .returning("seq"),
);
const insertWords = prepared<{ communityId: string; seq: number; field: string; salt: string; text: string }>()((db, p) =>
  db.insertInto("AuditWords").values({ communityId: p("communityId"), seq: p("seq"), field: p("field"), salt: p("salt"), text: p("text") }),
);

/**
 * Append one event to its community's chain. Words go beside the chain, only their salted digests into it.
 * @returns the event's sequence number.
 */
export async function appendEvent(
  tx: Db,
  event: DomainEvent,
  by: { communityId: string; actorId: string; at: string; version: number; requestId: string | null },
): Promise<number> {
  const { type, id, words = {}, ...facts } = event as DomainEvent & { words?: Record<string, string> };
  const said = Object.entries(words).map(([field, text]) => ({ field, text, salt: salt() }));
  const digests = Object.fromEntries(said.map(({ field, salt, text }) => [field, wordsDigest(salt, text)]));
  const data = canonical(said.length > 0 ? { ...facts, words: digests } : facts);
  const link: Link = { communityId: by.communityId, subjectId: id, version: by.version, type, actorId: by.actorId, at: by.at, data };
  const previous = (await lastHash(tx, { communityId: by.communityId }))[0]?.hash ?? firstHash;
  const [row] = await insertEvent(tx, {
    ...link,
    subject: subjectOf(event),
    issueId: issueOf(event),
    meetingId: meetingOf(event),
    requestId: by.requestId,
    previous,
    hash: linkHash(previous, link),
  });
  if (!row) throw new Error("The audit log took no event.");
  for (const { field, salt, text } of said) await insertWords(tx, { communityId: by.communityId, seq: row.seq, field, salt, text });
  return row.seq;
}

const lastOf = prepared<{ communityId: string }>()((db, p) =>
  db.selectFrom("AuditEvent").select("seq").where("communityId", "=", p("communityId")).orderBy("seq", "desc").limit(1),
);
/** The newest event of a community, 0 before the first: as long as it stays the same, nothing has changed. */
export const lastSeqOf = async (db: Db, communityId: string): Promise<number> => (await lastOf(db, { communityId }))[0]?.seq ?? 0;

export type Recorded = {
  seq: number;
  communityId: string;
  actorId: string;
  at: string;
  version: number;
  event: DomainEvent;
};

type Row = { seq: number; communityId: string; subjectId: string; type: string; actorId: string; at: string; version: number; data: string };

/** Rows of the log as events again, their words put back. Erased words read as the empty string. */
export async function readEvents(db: Db, rows: readonly Row[]): Promise<Recorded[]> {
  if (rows.length === 0) return [];
  const texts = new Map<number, Record<string, string>>();
  for (let from = 0; from < rows.length; from += 500) {
    const part = rows.slice(from, from + 500);
    const said = await db
      .selectFrom("AuditWords")
      .select(["seq", "field", "text"])
      .where(
        "seq",
        "in",
        part.map((r) => r.seq),
      )
      .execute();
    for (const w of said) texts.set(w.seq, { ...texts.get(w.seq), [w.field]: w.text ?? "" });
  }
  return rows.map((row) => {
    const facts = JSON.parse(row.data) as Record<string, unknown>;
    const event = { ...facts, type: row.type, id: row.subjectId, ...(facts.words ? { words: texts.get(row.seq) ?? {} } : {}) };
    return { seq: row.seq, communityId: row.communityId, actorId: row.actorId, at: row.at, version: row.version, event: event as unknown as DomainEvent };
  });
}

const columns = ["seq", "communityId", "subjectId", "type", "actorId", "at", "version", "data"] as const;

/** The story of an issue: its own events and those of its decisions, tasks and agenda, oldest first. */
export async function storyOf(db: Db, communityId: string, issueId: string): Promise<Recorded[]> {
  const rows = await db.selectFrom("AuditEvent").select(columns).where("communityId", "=", communityId).where("issueId", "=", issueId).orderBy("seq").execute();
  return readEvents(db, rows);
}

/** What happened to one thing after the version somebody saw. */
export async function eventsSince(db: Db, communityId: string, subject: string, id: string, version: number): Promise<Recorded[]> {
  const rows = await db
    .selectFrom("AuditEvent")
    .select(columns)
    .where("communityId", "=", communityId)
    .where("subject", "=", subject)
    .where("subjectId", "=", id)
    .where("version", ">", version)
    .orderBy("seq")
    .execute();
  return readEvents(db, rows);
}

/** Events after a cursor, oldest first, at most `limit`. */
export async function eventsAfter(db: Db, seq: number, limit = 500): Promise<Recorded[]> {
  const rows = await db.selectFrom("AuditEvent").select(columns).where("seq", ">", seq).orderBy("seq").limit(limit).execute();
  return readEvents(db, rows);
}

/** One event of a community's log by its number, or null. */
export async function eventAt(db: Db, communityId: string, seq: number): Promise<Recorded | null> {
  const rows = await db.selectFrom("AuditEvent").select(columns).where("communityId", "=", communityId).where("seq", "=", seq).execute();
  return (await readEvents(db, rows))[0] ?? null;
}

/** The event an earlier try of the same request wrote, if any. */
export async function eventsOfRequest(db: Db, communityId: string, requestId: string): Promise<Recorded[]> {
  const rows = await db.selectFrom("AuditEvent").select(columns).where("communityId", "=", communityId).where("requestId", "=", requestId).execute();
  return readEvents(db, rows);
}

/**
 * Walk one community's chain. Names the first link that does not follow from the one before, or words that do not
 * match their digest. Erased words are skipped: their digest is all that is left of them.
 */
export async function checkChain(db: Db, communityId: string): Promise<{ ok: true; links: number } | { ok: false; seq: number; what: "hash" | "words" }> {
  let previous = firstHash;
  let cursor = 0;
  let links = 0;
  for (;;) {
    const rows = await db
      .selectFrom("AuditEvent")
      .selectAll()
      .where("communityId", "=", communityId)
      .where("seq", ">", cursor)
      .orderBy("seq")
      .limit(1000)
      .execute();
    if (rows.length === 0) return { ok: true, links };
    const said = await db
      .selectFrom("AuditWords")
      .selectAll()
      .where("communityId", "=", communityId)
      .where("seq", ">", cursor)
      .where("seq", "<=", rows[rows.length - 1]?.seq ?? cursor)
      .execute();
    const bySeq = new Map<number, typeof said>();
    for (const w of said) bySeq.set(w.seq, [...(bySeq.get(w.seq) ?? []), w]);
    for (const row of rows) {
      if (row.previous !== previous || row.hash !== linkHash(previous, row)) return { ok: false, seq: row.seq, what: "hash" };
      const { words } = JSON.parse(row.data) as { words?: Record<string, string> };
      const found = new Map((bySeq.get(row.seq) ?? []).map((w) => [w.field, w]));
      for (const [field, digest] of Object.entries(words ?? {})) {
        const word = found.get(field);
        if (!word || (word.text !== null && wordsDigest(word.salt, word.text) !== digest)) return { ok: false, seq: row.seq, what: "words" };
      }
      if (found.size !== Object.keys(words ?? {}).length) return { ok: false, seq: row.seq, what: "words" };
      previous = row.hash;
      cursor = row.seq;
      links++;
    }
  }
}
