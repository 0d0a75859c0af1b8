// A paper as the file that leaves the house: what was frozen, its signatures, its addenda, under the community's seal.
import type { Paper } from "../domain/paper";
import type { Shown } from "../papers/closing";
import type { RecordFile, Signature } from "../papers/record";
import { type Frozen, open } from "../papers/seal";
import { communityKey, fileOf, keyId } from "../papers/sign";
import { resolutionsOf } from "../papers/summary-paper";
import type { Db } from "./dialect.server";
import { decisionsOf } from "./meetings.server";
import { loadCommunity } from "./organisation.server";
import { adoptionLink, paperFile, papersOf, privateKeyOf, publicKeyOf, signaturesOf } from "./papers.server";

/** What was frozen, as it was. Throws when it is gone, which only a damaged database can bring about. */
export async function frozenOf(db: Db, paper: Pick<Paper, "communityId" | "id" | "round">): Promise<Frozen> {
  const text = await paperFile(db, paper);
  if (text === null) throw new Error(`Paper ${paper.id} has no text in round ${paper.round}: restore a backup of yishi.db.`);
  return JSON.parse(text) as Frozen;
}

/** The signatures of a paper's present round as a record carries them. */
export const storedSignatures = async (db: Db, paper: Pick<Paper, "communityId" | "id" | "round">): Promise<Signature[]> =>
  (await signaturesOf(db, paper)).map((s) => ({
    statement: JSON.parse(s.statement) as Signature["statement"],
    signature: s.signature,
    mark: JSON.parse(s.mark) as Signature["mark"],
  }));

/** What adopted minutes resolved on each item, by the item's id, in the community's language: as their frozen text has it. */
export async function resolutionsIn(db: Db, minutes: Paper): Promise<Map<string, string[]>> {
  const record = open(await frozenOf(db, minutes));
  if (record.kind !== "minutes") return new Map();
  const community = await loadCommunity(db, minutes.communityId);
  const decisions = await decisionsOf(db, minutes.communityId, { meetingId: minutes.meetingId });
  const lapses = new Map(decisions.flatMap((d) => (d.ratifyBy === null ? [] : [[d.id, d.ratifyBy] as const])));
  return new Map(record.items.map((item) => [item.id, resolutionsOf(item, community?.locale ?? "zh-CN", lapses)]));
}

const addendaOf = async (db: Db, paper: Paper): Promise<Paper[]> =>
  paper.kind === "minutes"
    ? (await papersOf(db, paper.communityId, paper.meetingId)).filter((p) => p.kind === "addendum" && p.status === "adopted" && p.toId === paper.id)
    : [];
const signaturesUnder = async (db: Db, paper: Paper): Promise<Signature[]> =>
  paper.status === "frozen" || paper.status === "adopted" ? storedSignatures(db, paper) : [];

/** A paper as it stands, to be shown: no copy is sealed for that. */
export async function shownOf(db: Db, paper: Paper): Promise<Shown> {
  const { content, words, fingerprint } = await frozenOf(db, paper);
  const addenda: Frozen[] = [];
  for (const addendum of await addendaOf(db, paper)) addenda.push(await frozenOf(db, addendum));
  const publicKey = await publicKeyOf(db, paper.communityId);
  return { content, words, fingerprint, signatures: await signaturesUnder(db, paper), adoptedAt: paper.adoptedAt, key: { id: keyId(publicKey) }, addenda };
}

/** The whole record of a paper, with the addenda that were adopted. `now`: when this copy is made. */
export async function recordFileOf(db: Db, paper: Paper, now: string): Promise<RecordFile> {
  const pem = await privateKeyOf(db, paper.communityId);
  if (!pem) throw new Error("The community's seal is gone: restore a backup of yishi.db.");
  const key = communityKey(pem);
  const addenda: RecordFile[] = [];
  for (const addendum of await addendaOf(db, paper)) addenda.push(await recordFileOf(db, addendum, now));
  const after = {
    signatures: await signaturesUnder(db, paper),
    adoptedAt: paper.adoptedAt,
    anchor: await adoptionLink(db, paper.communityId, paper.id),
    addenda,
  };
  return fileOf(await frozenOf(db, paper), after, key, now);
}
