// Checking a record's file without server or database: what is altered first, and where.

import { wordsDigest } from "./digest";
import { fileShape, type Prints, type RecordFile } from "./record";
import { fingerprintOf, groupsOf, open, printsOf, wordAt } from "./seal";
import { coverOf, isSignedBy, keyDigest, keyId, markDigest, statementDigest, withheldDigest } from "./sign";

export const faults = [
  "tooLarge",
  "notJson",
  "tooDeep",
  "strangeKey",
  "strangeText",
  "otherFormat",
  "shape",
  "keyAdded",
  "altered",
  "missing",
  "added",
  "prints",
  "words",
  "wordsMissing",
  "wordsExtra",
  "key",
  "signatureOther",
  "signatureStranger",
  "signatureTwice",
  "signatureOrder",
  "signatureMark",
  "signatureForged",
  "coverOther",
  "coverSignatures",
  "coverAdopted",
  "coverAnchor",
  "coverAddenda",
  "coverWithheld",
  "coverForged",
  "adoptedUnsigned",
  "addendumOther",
] as const;
export type Fault = { ok: false; place: string; fault: (typeof faults)[number]; at?: { line: number; column: number } };
export type Sound = {
  ok: true;
  kind: RecordFile["content"]["kind"];
  paper: string;
  round: number;
  fingerprint: string;
  keyId: string;
  /** In the order of signing; a withheld name is shown as this copy shows it. */
  signed: { ref: string; name: string; office: string; at: string }[];
  /** Who still must sign. */
  unsigned: { ref: string; name: string }[];
  adoptedAt: string | null;
  /** How many words and marks this copy withholds, its addenda's included. */
  withheld: number;
  addenda: number;
  /** When this copy was made: what was signed or added later is not in it. */
  madeAt: string;
};

const fault = (place: string, what: Fault["fault"]): Fault => ({ ok: false, place, fault: what });

/** Larger files are refused unread: bytes. */
export const largest = 50 * 1024 * 1024;
const deepest = 500;
const white = new Set([0x20, 0x0a, 0x0d, 0x09]);

/** The text without white space between its signs, or what is wrong with it. One pass; nothing is parsed yet. */
function squeeze(text: string): { ok: true; text: string } | Fault {
  const kept: string[] = [];
  let from = 0;
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (quoted) {
      if (char === 0x5c) at++;
      else if (char === 0x22) quoted = false;
    } else if (char === 0x22) quoted = true;
    else if (char === 0x7b || char === 0x5b) {
      if (++depth > deepest) return fault("", "tooDeep");
    } else if (char === 0x7d || char === 0x5d) depth--;
    else if (white.has(char)) {
      kept.push(text.slice(from, at));
      from = at + 1;
    }
  }
  kept.push(text.slice(from));
  return { ok: true, text: kept.join("") };
}

// One token of JSON: a sign, a text, a figure or a word.
// biome-ignore lint/suspicious/noControlCharactersInRegex: those are what no text of JSON may hold
const token = /\s*([{}[\]:,]|"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/y;
type Expected = "value" | "valueOrEnd" | "key" | "keyOrEnd" | "colon" | "next";

/** Where a text stops being JSON, line and column from 1; null for an empty one. One pass, nothing nested is called. */
export function brokenAt(text: string): { line: number; column: number } | null {
  if (text.trim() === "") return null;
  const open: string[] = [];
  let expected: Expected = "value";
  let at = 0;
  const spaces = () => at + (/\s*/y.exec(text.slice(at, at + 1000))?.[0].length ?? 0);
  for (;;) {
    token.lastIndex = at;
    const sign = token.exec(text)?.[1];
    if (sign === undefined) break;
    const isValue = !/^[}\]:,]$/.test(sign);
    const closes: boolean = sign === (open.at(-1) === "{" ? "}" : "]") && open.length > 0;
    let then: Expected | null = null;
    if (expected === "colon") then = sign === ":" ? "value" : null;
    else if (expected === "next" && sign === "," && open.length > 0) then = open.at(-1) === "{" ? "key" : "value";
    else if (closes && (expected === "next" || expected === "keyOrEnd" || expected === "valueOrEnd")) {
      open.pop();
      then = "next";
    } else if ((expected === "key" || expected === "keyOrEnd") && sign.startsWith('"')) then = "colon";
    else if ((expected === "value" || expected === "valueOrEnd") && isValue) {
      if (sign === "{" || sign === "[") open.push(sign);
      then = sign === "{" ? "keyOrEnd" : sign === "[" ? "valueOrEnd" : "next";
    }
    if (then === null) break;
    expected = then;
    at = token.lastIndex;
  }
  const lines = text.slice(0, spaces()).split("\n");
  return { line: lines.length, column: [...(lines.at(-1) ?? "")].length + 1 };
}

const strange = new Set(["__proto__", "constructor", "prototype"]);
function strangeKeyIn(value: unknown): string | null {
  if (value === null || typeof value !== "object") return null;
  const here = Array.isArray(value) ? undefined : Object.keys(value).find((key) => strange.has(key));
  if (here !== undefined) return here;
  for (const each of Object.values(value)) {
    const within = strangeKeyIn(each);
    if (within !== null) return within;
  }
  return null;
}

/**
 * A record's file from its bytes. Refused with one reason: too large, not JSON in UTF-8, nested without end, keys twice or
 * numbers and texts written in more than one way (two readers could read two things), another format, a place nobody knows.
 */
export function readRecord(bytes: Uint8Array): { ok: true; file: RecordFile } | Fault {
  if (bytes.length > largest) return fault("", "tooLarge");
  let text: string;
  try {
    // A byte order mark, as some editors put before a text they save, is no part of it.
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return fault("", "notJson");
  }
  const squeezed = squeeze(text);
  if (!squeezed.ok) return squeezed;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const at = brokenAt(text);
    return { ...fault("", "notJson"), ...(at && { at }) };
  }
  const odd = strangeKeyIn(value);
  if (odd !== null) return fault(odd, "strangeKey");
  if (JSON.stringify(value) !== squeezed.text) return fault("", "strangeText");
  return shaped(value);
}

function shaped(value: unknown): { ok: true; file: RecordFile } | Fault {
  if (value === null || typeof value !== "object" || (value as { format?: unknown }).format !== "yishi-record/1") return fault("format", "otherFormat");
  const parsed = fileShape.safeParse(value);
  if (parsed.success) return { ok: true, file: parsed.data };
  const issue = parsed.error.issues[0];
  const path = (issue?.path ?? []).map(String);
  const added = issue?.code === "unrecognized_keys" ? issue.keys[0] : undefined;
  const place = [...(path[0] === "content" ? path.slice(1) : path), ...(added === undefined ? [] : [nameable(added)])];
  return fault(place.join("/"), added === undefined ? "shape" : "keyAdded");
}

/** A key somebody put into a file, as a part of a place. */
const nameable = (key: string): string => key.replaceAll("/", "\u2215").slice(0, 60);

/** The first place where two lists part: altered, gone from the content, or put into it. */
function difference(content: Prints, kept: Prints): Fault | null {
  for (let n = 0; n < Math.max(content.length, kept.length); n++) {
    const [is, was] = [content[n], kept[n]];
    if (is?.[0] === was?.[0]) {
      if (is?.[1] !== was?.[1]) return fault(is?.[0] ?? "", "altered");
    } else if (was && !content.some(([place]) => place === was[0])) return fault(was[0], "missing");
    else return fault(is?.[0] ?? was?.[0] ?? "", "added");
  }
  return null;
}

function checkContent(file: RecordFile): Fault | null {
  const altered = difference(printsOf(file.content), file.prints);
  if (altered) return altered;
  if (fingerprintOf(file.prints) !== file.fingerprint) return fault("prints", "prints");
  const used = new Set<string>();
  for (const { leaves, places } of groupsOf(file.content))
    for (const [n, { w }] of leaves.entries()) {
      const word = wordAt(file.words, w);
      if (!word) return fault(places[n] ?? "", "wordsMissing");
      if (!("masked" in word) && wordsDigest(word.salt, word.text) !== w) return fault(places[n] ?? "", "words");
      used.add(w);
    }
  const extra = Object.keys(file.words).find((w) => !used.has(w));
  return extra === undefined ? null : fault(`words/${extra}`, "wordsExtra");
}

function checkSignatures(file: RecordFile): Fault | null {
  const refs = new Set(file.content.people.map((person) => person.ref));
  const seen = new Set<string>();
  let previous: string | null = null;
  for (const [n, { statement, signature, mark }] of file.signatures.entries()) {
    const place = `signatures/${n}`;
    const { paper, round, fingerprint } = statement;
    if (paper !== file.content.id || round !== file.content.round || fingerprint !== file.fingerprint) return fault(place, "signatureOther");
    if (!refs.has(statement.signer)) return fault(place, "signatureStranger");
    if (seen.has(statement.signer)) return fault(place, "signatureTwice");
    if (statement.previous !== previous || statement.count !== n + 1) return fault(place, "signatureOrder");
    if (!("masked" in mark) && markDigest(mark) !== statement.mark) return fault(place, "signatureMark");
    if (statement.key !== keyDigest(file.key.publicKey) || !isSignedBy(file.key.publicKey, statement, signature)) return fault(place, "signatureForged");
    seen.add(statement.signer);
    previous = statementDigest(statement);
  }
  return null;
}

function checkCover(file: RecordFile): Fault | null {
  const is = coverOf(file, file.cover.statement.at);
  const { statement: was, signature } = file.cover;
  if (was.paper !== is.paper || was.round !== is.round || was.fingerprint !== is.fingerprint) return fault("cover", "coverOther");
  const parted = (key: "signatures" | "addenda") => {
    const n = is[key].findIndex((digest, m) => digest !== was[key][m]);
    return n >= 0 ? `${key}/${n}` : is[key].length === was[key].length ? null : key;
  };
  const signatures = parted("signatures");
  if (signatures) return fault(signatures, "coverSignatures");
  if (was.adoptedAt !== is.adoptedAt) return fault("adoptedAt", "coverAdopted");
  if (was.anchor?.seq !== is.anchor?.seq || was.anchor?.hash !== is.anchor?.hash) return fault("anchor", "coverAnchor");
  const addenda = parted("addenda");
  if (addenda) return fault(addenda, "coverAddenda");
  if (was.withheld !== withheldDigest(file)) return fault("words", "coverWithheld");
  return was.key === keyDigest(file.key.publicKey) && isSignedBy(file.key.publicKey, was, signature) ? null : fault("cover", "coverForged");
}

const within = (place: string, found: Fault): Fault => ({ ...found, place: found.place ? `${place}/${found.place}` : place });

/**
 * Check everything a file holds, from what was said to its cover. The first altered place comes back as a path with what
 * is wrong there; `faultWords` makes a sentence of it. A sound file was signed with the key named: whether that is the
 * community's only people can say, who compare `keyId` with the one the community posts.
 */
export function check(value: unknown): Sound | Fault {
  const read = shaped(value);
  return read.ok ? checkFile(read.file) : read;
}

function checkFile(file: RecordFile): Sound | Fault {
  const content = checkContent(file);
  if (content) return content;
  if (file.key.id !== keyId(file.key.publicKey)) return fault("key", "key");
  const signatures = checkSignatures(file);
  if (signatures) return signatures;
  let withheld = Object.values(file.words).filter((word) => "masked" in word).length + file.signatures.filter(({ mark }) => "masked" in mark).length;
  for (const [n, each] of file.addenda.entries()) {
    const addendum = each as RecordFile;
    const place = `addenda/${n}`;
    const { content, key } = addendum;
    if (content.kind !== "addendum" || content.to.id !== file.content.id || content.to.fingerprint !== file.fingerprint || key.publicKey !== file.key.publicKey)
      return fault(place, "addendumOther");
    const found = checkFile(addendum);
    if (!found.ok) return within(place, found);
    withheld += found.withheld;
  }
  const cover = checkCover(file);
  if (cover) return cover;
  const by = new Set(file.signatures.map(({ statement }) => statement.signer));
  const unsigned = file.content.required.filter((ref) => !by.has(ref));
  if (file.adoptedAt !== null && unsigned.length > 0) return fault("adoptedAt", "adoptedUnsigned");
  const names = new Map(open(file).people.map((person) => [person.ref, person.name.said]));
  return {
    ok: true,
    kind: file.content.kind,
    paper: file.content.id,
    round: file.content.round,
    fingerprint: file.fingerprint,
    keyId: file.key.id,
    signed: file.signatures.map(({ statement: { signer, office, at } }) => ({ ref: signer, name: names.get(signer) ?? signer, office, at })),
    unsigned: unsigned.map((ref) => ({ ref, name: names.get(ref) ?? ref })),
    adoptedAt: file.adoptedAt,
    withheld,
    addenda: file.addenda.length,
    madeAt: file.cover.statement.at,
  };
}
