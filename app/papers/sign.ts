// The community's seal: one Ed25519 key. It signs who put their mark to which fingerprint, and the cover of every copy that
// leaves the house: which signatures, addenda and withheld words belong to it, and when it was adopted.
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from "node:crypto";
import { canonical, sha256, wordsDigest } from "./digest";
import { type Mask, maskName } from "./mask";
import { type Cover, coverFormat, type FreshMark, type Mark, type RecordFile, recordFormat, type Signature, type Statement, signatureFormat } from "./record";
import { type Frozen, groupsOf, open, wordAt } from "./seal";

export type CommunityKey = { private: KeyObject; publicKey: string };

/** A new key, as PEM to be kept secret. */
export const newKey = (): string => generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }).toString();

/** Throws when the PEM is no Ed25519 key. */
export function communityKey(pem: string): CommunityKey {
  const key = createPrivateKey(pem);
  if (key.asymmetricKeyType !== "ed25519") throw new Error("The community's key is no Ed25519 key.");
  return { private: key, publicKey: createPublicKey(key).export({ type: "spki", format: "der" }).subarray(-32).toString("hex") };
}

/** What statements call a key: sha256 of its 64 hexadecimal characters. */
export const keyDigest = (publicKey: string): string => sha256(publicKey);

// Crockford's letters: none that is read as another.
const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/** What people compare: the first 80 bits of the digest as four groups of four letters. */
export function keyId(publicKey: string): string {
  const bits = BigInt(`0x${keyDigest(publicKey).slice(0, 20)}`);
  const all = Array.from({ length: 16 }, (_, n) => letters[Number((bits >> BigInt(75 - 5 * n)) & 31n)]).join("");
  return all.replace(/(.{4})(?=.)/g, "$1-");
}

const signed = (statement: object, key: CommunityKey): string => sign(null, Buffer.from(canonical(statement)), key.private).toString("hex");

const spkiHead = Buffer.from("302a300506032b6570032100", "hex");
/** Whether the key signed the statement. A string that is no key of the curve signed nothing. */
export function isSignedBy(publicKey: string, statement: object, signature: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.concat([spkiHead, Buffer.from(publicKey, "hex")]), format: "der", type: "spki" });
    return verify(null, Buffer.from(canonical(statement)), key, Buffer.from(signature, "hex"));
  } catch {
    return false;
  }
}

/** Salted as words are: a mark is a name or somebody's hand. Undefined for one that is withheld. */
export function markDigest(mark: Mark): string | undefined {
  if ("masked" in mark) return undefined;
  const { salt, ...body } = mark;
  return wordsDigest(salt, canonical(body));
}
export const statementDigest = (statement: Statement): string => sha256(canonical(statement));
export const signatureDigest = ({ statement, signature }: Pick<Signature, "statement" | "signature">): string => sha256(canonical({ statement, signature }));

/** One more signature after those `before`. `salt`: 16 random bytes in base64url. */
export function signStatement(
  key: CommunityKey,
  frozen: Pick<Frozen, "content" | "fingerprint">,
  by: { signer: string; office: string; at: string; mark: FreshMark; salt: string },
  before: readonly Signature[],
): Signature {
  const last = before.at(-1);
  const mark: Mark = { ...by.mark, salt: by.salt };
  const statement: Statement = {
    format: signatureFormat,
    key: keyDigest(key.publicKey),
    paper: frozen.content.id,
    round: frozen.content.round,
    fingerprint: frozen.fingerprint,
    signer: by.signer,
    office: by.office,
    at: by.at,
    mark: markDigest(mark) ?? "",
    previous: last ? statementDigest(last.statement) : null,
    count: before.length + 1,
  };
  return { statement, signature: signed(statement, key), mark };
}

/** What is withheld in a copy and what stands for it, as one digest. */
export const withheldDigest = (file: Pick<RecordFile, "words" | "signatures">): string =>
  sha256(
    canonical({
      words: Object.fromEntries(Object.entries(file.words).flatMap(([digest, word]) => ("masked" in word ? [[digest, word.masked]] : []))),
      marks: file.signatures.map(({ mark }) => ("masked" in mark ? mark.masked : null)),
    }),
  );

export const coverDigest = (cover: Cover): string => sha256(canonical(cover.statement));

type Uncovered = Omit<RecordFile, "cover">;
/** What the cover of a file says, from the file itself. */
export function coverOf(file: Uncovered, at: string): Cover["statement"] {
  return {
    format: coverFormat,
    key: keyDigest(file.key.publicKey),
    paper: file.content.id,
    round: file.content.round,
    fingerprint: file.fingerprint,
    signatures: file.signatures.map(signatureDigest),
    adoptedAt: file.adoptedAt,
    anchor: file.anchor,
    addenda: file.addenda.map((addendum) => coverDigest((addendum as RecordFile).cover)),
    withheld: withheldDigest(file),
    at,
  };
}

function covered(file: Uncovered, key: CommunityKey, at: string): RecordFile {
  const statement = coverOf(file, at);
  return { ...file, cover: { statement, signature: signed(statement, key) } };
}

/** A frozen record with what came after, ready to leave the house. `at` is when this copy was made. */
export function fileOf(
  frozen: Frozen,
  after: { signatures: Signature[]; adoptedAt: string | null; anchor: RecordFile["anchor"]; addenda: RecordFile[] },
  key: CommunityKey,
  at: string,
): RecordFile {
  const { content, words, prints, fingerprint } = frozen;
  const { signatures, adoptedAt, anchor } = after;
  const addenda = after.addenda as RecordFile["addenda"];
  const named = { id: keyId(key.publicKey), publicKey: key.publicKey };
  return covered({ format: recordFormat, content, words, prints, fingerprint, key: named, signatures, adoptedAt, anchor, addenda }, key, at);
}

/**
 * The words and marks of a record for somebody who may not read all of it: what the mask changes is withheld, and so is
 * whatever somebody whose name is masked put down as their mark.
 */
export function hidden(file: Pick<RecordFile, "content" | "words" | "signatures">, mask: Mask): Pick<RecordFile, "words" | "signatures"> {
  const words = { ...file.words };
  for (const { leaves } of groupsOf(file.content)) {
    const texts = leaves.map(({ w }) => {
      const word = wordAt(words, w);
      return word === undefined ? "" : "masked" in word ? word.masked : word.text;
    });
    for (const [n, masked] of mask(texts).entries()) {
      const w = leaves[n]?.w;
      if (w !== undefined && masked !== texts[n]) words[w] = { masked };
    }
  }
  const names = new Map(open(file).people.map((person) => [person.ref, person.name.said]));
  const signatures = file.signatures.map((signature): Signature => {
    const { mark, statement } = signature;
    if ("masked" in mark) return signature;
    // Whatever somebody typed stands for them: a nickname or another spelling gives them away as their name does.
    const name = names.get(statement.signer) ?? "";
    const said = mark.kind === "typed" ? mark.text : name;
    const shown = mask([name])[0] === name ? (mask([said])[0] ?? "") : maskName(name);
    return shown === said ? signature : { ...signature, mark: { kind: mark.kind, masked: shown } };
  });
  return { words, signatures };
}

/**
 * A copy for somebody who may not read all of it. It still checks. Needs the key, so that nobody else can put words into a
 * copy by "withholding" the true ones.
 */
export function withhold(file: RecordFile, mask: Mask, key: CommunityKey, at: string): RecordFile {
  const addenda = file.addenda.map((addendum) => withhold(addendum as RecordFile, mask, key, at)) as RecordFile["addenda"];
  return covered({ ...file, ...hidden(file, mask), addenda }, key, at);
}
