// Check a record's file on any computer: no server, no database. Ends with 0 (sound), 1 (altered) or 2 (no such record).
import { readFileSync, statSync } from "node:fs";
import { parseArgs } from "node:util";
import { hasWords, translator } from "../app/i18n/engine";
import { check, largest, readRecord } from "../app/papers/check";
import { longDateTime } from "../app/papers/dates";
import { faultWords } from "../app/papers/fault-words";

function args() {
  try {
    const { values, positionals } = parseArgs({ allowPositionals: true, options: { key: { type: "string" }, lang: { type: "string", default: "zh" } } });
    return {
      key: values.key,
      locale: values.lang.startsWith("en") ? ("en" as const) : ("zh-CN" as const),
      file: positionals.length === 1 ? positionals[0] : undefined,
    };
  } catch {
    // Whatever was typed, the answer is how to use it.
    return { key: undefined, locale: "zh-CN" as const, file: undefined };
  }
}

const { key, locale, file } = args();
const t = translator(locale);
const stop = (code: 1 | 2, ...lines: string[]): never => {
  console.error(lines.join("\n"));
  process.exit(code);
};
/** The file's words are other people's: nothing in them may move a terminal's cursor. */
const plain = (text: string) => text.replace(/\p{C}/gu, "");

function bytesOf(path: string): Uint8Array {
  try {
    if (statSync(path).size > largest) return stop(2, t("proof.fault.tooLarge"));
    return readFileSync(path);
  } catch {
    return stop(2, t("proof.unreadable", { file: path }));
  }
}

if (file === undefined) stop(2, t("proof.usage"));
else {
  const read = readRecord(bytesOf(file));
  if (!read.ok) stop(read.fault === "shape" ? 1 : 2, faultWords(locale, read));
  else {
    const found = check(read.file);
    if (!found.ok) stop(1, t("proof.faulty"), faultWords(locale, found));
    else {
      const wanted = key?.toUpperCase().replace(/[^0-9A-Z]/g, "");
      if (wanted !== undefined && wanted !== found.keyId.replaceAll("-", "")) stop(1, t("proof.otherKey", { id: found.keyId, wanted: plain(key ?? "") }));
      const { timeZone } = read.file.content;
      const at = (instant: string) => longDateTime(locale, timeZone, instant);
      const office = (code: string) => (hasWords(locale, `role.${code}`) ? t(`role.${code}`) : plain(code));
      console.log(
        [
          t(`proof.sound.${found.kind}`),
          t("proof.checked", { n: read.file.prints.length, words: Object.keys(read.file.words).length, fingerprint: found.fingerprint, round: found.round }),
          ...found.signed.map((s) => t("proof.signed", { name: plain(s.name), office: office(s.office), at: at(s.at) })),
          ...(found.unsigned.length > 0
            ? [t("proof.unsigned", { n: found.unsigned.length, names: found.unsigned.map((p) => plain(p.name)).join(t("proof.between")) })]
            : []),
          found.adoptedAt === null ? t("proof.notAdopted") : t("proof.adopted", { at: at(found.adoptedAt) }),
          ...(found.withheld > 0 ? [t("proof.withheld", { n: found.withheld })] : []),
          ...(found.addenda > 0 ? [t("proof.addenda", { n: found.addenda })] : []),
          t("proof.madeAt", { at: at(found.madeAt) }),
          t(wanted === undefined ? "proof.compare" : "proof.compared", { id: found.keyId }),
        ].join("\n"),
      );
    }
  }
}
