// Freezing a record: words are taken out and salted, every place gets a digest, and the digest of those is the fingerprint.
import { canonical, sha256, wordsDigest } from "./digest";
import type { OpenRecord, Prints, RecordFile, Said, Sealed, SealedRecord, Words } from "./record";

export type Frozen = { content: SealedRecord; words: Words; prints: Prints; fingerprint: string };

type Leaf = Said | Sealed;
const isObject = (value: unknown): value is Record<string, unknown> => value !== null && typeof value === "object" && !Array.isArray(value);
const isLeaf = (value: unknown): value is Leaf => isObject(value) && ("said" in value || "w" in value);
const isRun = (value: unknown): value is { text: Leaf } => isObject(value) && isLeaf(value.text) && "bold" in value;

/** Keys in the order of their code units, as `canonical` sorts them. */
const sortedEntries = (value: Record<string, unknown>): [string, unknown][] => Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));

/** The same record with every leaf replaced. Places are walked in one fixed order. */
function replaceLeaves(value: unknown, place: string[], leaf: (leaf: Leaf, place: string) => Leaf): unknown {
  if (isLeaf(value)) return leaf(value, place.join("/"));
  if (Array.isArray(value)) return value.map((each, n) => replaceLeaves(each, [...place, String(n)], leaf));
  if (isObject(value)) return Object.fromEntries(sortedEntries(value).map(([key, each]) => [key, replaceLeaves(each, [...place, key], leaf)]));
  return value;
}

type Group = { leaves: Sealed[]; places: string[] };
/** Leaves that are read together: the runs of one paragraph, so that a name half in bold is one name; others alone. */
export function groupsOf(value: unknown, place: string[] = []): Group[] {
  if (isLeaf(value)) return [{ leaves: [value as Sealed], places: [place.join("/")] }];
  if (Array.isArray(value)) {
    if (value.length > 0 && value.every(isRun)) {
      const texts = { leaves: value.map((run) => run.text as Sealed), places: value.map((_, n) => [...place, n, "text"].join("/")) };
      return [texts, ...value.flatMap((run, n) => groupsOf((run as { href?: unknown }).href, [...place, String(n), "href"]))];
    }
    return value.flatMap((each, n) => groupsOf(each, [...place, String(n)]));
  }
  return isObject(value) ? sortedEntries(value).flatMap(([key, each]) => groupsOf(each, [...place, key])) : [];
}

/**
 * Every place of a sealed record with its digest. Objects are taken apart into their keys (sorted), lists of objects into
 * their members; words, other lists, what is empty, and each member of `nodes` stay whole.
 */
export function printsOf(content: SealedRecord): Prints {
  const prints: Prints = [];
  const visit = (value: unknown, place: string[]): void => {
    const whole = place.at(-2) === "nodes" || isLeaf(value);
    if (!whole && Array.isArray(value) && value.length > 0 && value.every(isObject))
      for (const [n, each] of value.entries()) visit(each, [...place, String(n)]);
    else if (!whole && isObject(value) && Object.keys(value).length > 0) for (const [key, each] of sortedEntries(value)) visit(each, [...place, key]);
    else prints.push([place.join("/"), sha256(canonical(value))]);
  };
  visit(content, []);
  return prints;
}

export const fingerprintOf = (prints: Prints): string => sha256(canonical(prints));

/**
 * Freeze a record. `saltOf` gives 16 random bytes in base64url (22 characters), a new one for every place.
 * Half characters, which have no bytes, become U+FFFD.
 */
export function seal(open: OpenRecord, saltOf: (place: string) => string): Frozen {
  const words: Words = {};
  const content = replaceLeaves(open, [], (leaf, place) => {
    const salt = saltOf(place);
    const text = (leaf as Said).said.toWellFormed();
    const w = wordsDigest(salt, text);
    words[w] = { salt, text };
    return { w };
  }) as SealedRecord;
  const prints = printsOf(content);
  return { content, words, prints, fingerprint: fingerprintOf(prints) };
}

/** The record as it was before it was frozen. A word that is withheld reads as what stands for it, a missing one as nothing. */
export function open(file: Pick<RecordFile, "content" | "words">): OpenRecord {
  return replaceLeaves(file.content, [], (leaf) => {
    const word = wordAt(file.words, (leaf as Sealed).w);
    return { said: word === undefined ? "" : "masked" in word ? word.masked : word.text };
  }) as OpenRecord;
}

export const wordAt = (words: Words, digest: string): Words[string] | undefined => (Object.hasOwn(words, digest) ? words[digest] : undefined);
