// What came after the freezing, as it is printed under a paper: signatures, adoption, fingerprint.
import { hasWords, type T } from "../i18n/engine";
import { longDate, longDateTime } from "./dates";
import { type Block, clean, type Hand } from "./paper";
import { capital, nameOf, type Teller } from "./people-lines";
import type { Mark, OpenAddendum, RecordFile } from "./record";
import { open } from "./seal";

export type Closing = {
  signatures: { ref: string; office: string; at: string; mark: Mark }[];
  adoptedAt: string | null;
  fingerprint: string;
  keyId: string;
  addenda: OpenAddendum[];
};

/** What of a record is needed to show it: a whole file, or what stands in the database before it is sealed. */
export type Shown = Pick<RecordFile, "content" | "words" | "fingerprint" | "signatures" | "adoptedAt"> & {
  key: Pick<RecordFile["key"], "id">;
  addenda: readonly unknown[];
};

/** Takes a file's word for it: check the file first where it came from outside. */
export function closingOf(file: Shown): Closing {
  return {
    signatures: file.signatures.map(({ statement, mark }) => ({ ref: statement.signer, office: statement.office, at: statement.at, mark })),
    adoptedAt: file.adoptedAt,
    fingerprint: file.fingerprint,
    keyId: file.key.id,
    addenda: file.addenda.map((addendum) => open(addendum as Pick<RecordFile, "content" | "words">)).filter((record) => record.kind === "addendum"),
  };
}

/** What a paper that is not in force says of itself, on its first page and in its file's name; null once it is. */
export const notInForce = (t: T, { adoptedAt, signatures }: { adoptedAt: string | null; signatures: readonly unknown[] }): string | null =>
  adoptedAt === null ? t(signatures.length === 0 ? "paper.standing.unsigned" : "paper.standing.partly") : null;

function handOf(mark: Mark): Hand {
  if ("masked" in mark) return { kind: "text", text: clean(mark.masked) };
  return mark.kind === "typed" ? { kind: "text", text: clean(mark.text) } : { kind: "ink", strokes: mark.strokes };
}

/** A line for everybody who signed, in their order, then an empty one for everybody who still must. */
export function signatureLines(teller: Teller, closing: Closing | null): Block[] {
  const { t, locale, record } = teller;
  const done = closing?.signatures ?? [];
  const officeOf = (ref: string, code: string | undefined) => {
    const role = code ?? (ref === record.chair ? "chair" : ref === record.recorder ? "recorder" : "");
    return hasWords(locale, `role.${role}`) ? t(`role.${role}` as "role.chair") : "";
  };
  const label = (ref: string, code?: string) =>
    t("paper.colon", { label: capital(t("paper.sign", { office: officeOf(ref, code), name: nameOf(teller, ref) }).trim()) });
  return [
    ...done.map(
      ({ ref, office, at, mark }): Block => ({
        kind: "signature",
        label: label(ref, office),
        hand: handOf(mark),
        at: longDateTime(locale, record.timeZone, at),
      }),
    ),
    ...record.required
      .filter((ref) => !done.some((each) => each.ref === ref))
      .map((ref): Block => ({ kind: "signature", label: label(ref), hand: null, at: "" })),
  ];
}

/** The small print: when it was frozen, the fingerprint, the seal. */
export function smallPrint({ t, locale, record }: Teller, closing: Closing): Block {
  const day = (at: string) => longDate(locale, record.timeZone, at);
  const said = [
    t("paper.fingerprint", { date: day(record.frozenAt), round: record.round, fingerprint: closing.fingerprint }),
    t("paper.seal", { id: closing.keyId }),
    ...(closing.adoptedAt ? [t("paper.inForce", { date: day(closing.adoptedAt) })] : []),
  ];
  return { kind: "note", text: said.join(t("paper.comma")) + t("paper.stop") };
}
