// Procedures at rest: the shipped ones, read from their files when the store opens, and communities' own copies.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type Database from "better-sqlite3";
import { LineCounter, parseDocument, visit } from "yaml";
import type { z } from "zod";
import { type Procedure, procedureSchema, ruleKinds } from "../domain/procedure";
import type { BodyKind } from "../domain/vocabulary";
import type { Db } from "./dialect.server";

/** Whose the shipped procedures are. */
const everybody = "";

/** What is wrong with a figure, for whoever writes the file. */
const remedies: Record<string, (detail: string) => string> = {
  range: (range) => `give a whole number from ${range.replace("-", " to ")}`,
  share: () => "a share is a part of the whole: the numerator is at most the denominator, and less than it where it is strict",
  code: () => "a code is letters and figures, beginning with a small letter",
  ruleId: () => 'a rule\'s number is figures and dots in quotes, like "1.3"',
  ruleTwice: () => "two rules of this stage have one number: give each its own",
  kindTwice: () => "two rules of this stage are of one kind: keep one",
  stageTwice: () => "two stages have one code: give each its own",
  majority: () => "more than half, or a larger share",
  membersTurned: () => "the most members are at least as many as the fewest",
  postMissing: () => "a stage without bodies is a publication: give it a rule of kind post",
};

const kinds = ruleKinds.join(", ");
/** More than any procedure needs: what is larger is no procedure file. */
const largest = 256 * 1024;

/** Read one procedure file. Throws one sentence with file, line and remedy when something in it is wrong. */
export function readProcedure(text: string, file: string): Procedure {
  const refused = (line: number, what: string) => new Error(`${file}, line ${line}: ${what.replaceAll(/\s+/g, " ").replace(/\.?$/, ".")}`);
  if (text.length > largest) throw refused(1, "the file is larger than 256 kB. Take out what is no procedure");
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const at = (offset: number) => lines.linePos(offset).line;
  const broken = document.errors[0] ?? document.warnings[0];
  if (broken) throw refused(at(broken.pos[0]), `this cannot be read as YAML (${broken.code}). Mend the line and start again`);
  let alias: { source: string; line: number } | null = null;
  visit(document, {
    Alias(_key, node) {
      alias = { source: node.source, line: at(node.range?.[0] ?? 0) };
      return visit.BREAK;
    },
  });
  if (alias) {
    const { source, line } = alias as { source: string; line: number };
    throw refused(line, `*${source} stands for something written elsewhere. Write it out`);
  }
  const read = procedureSchema.safeParse(document.toJS());
  if (read.success) return read.data;
  const issue = read.error.issues[0] as z.core.$ZodIssue;
  const path = issue.path.map((step) => (typeof step === "symbol" ? String(step) : step));
  const [code = "", detail = ""] = issue.message.split(":");
  const remedy = issue.code === "invalid_union" ? `a rule is of one of these kinds: ${kinds}` : (remedies[code]?.(detail) ?? issue.message);
  throw refused(lineOf(document, at, path), `${path.join(".") || "the file"} is wrong; ${remedy}`);
}

/** The line of the nearest thing on a path that stands in the file. */
function lineOf(document: ReturnType<typeof parseDocument>, at: (offset: number) => number, path: readonly (string | number)[]): number {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true) as { range?: [number, number, number] } | undefined;
    if (node?.range) return at(node.range[0]);
  }
  return 1;
}

/**
 * Lay the shipped procedures of a folder into the database. A version is written once: a file that says something else
 * under a version that is there already throws, so that no meeting's rules change behind its back.
 */
export function installProcedures(sqlite: Database.Database, dir: string): void {
  const known = sqlite.prepare<[string, string, number], { data: string }>("SELECT data FROM Procedure WHERE communityId = ? AND code = ? AND version = ?");
  const add = sqlite.prepare("INSERT INTO Procedure (communityId, code, version, data) VALUES (?, ?, ?, ?)");
  const files = readdirSync(dir).filter((name) => name.endsWith(".yaml"));
  const read = files.sort().map((file) => ({ file, procedure: readProcedure(readFileSync(join(dir, file), "utf8"), file) }));
  for (const { file, procedure } of read) {
    const data = JSON.stringify(procedure);
    const there = known.get(everybody, procedure.code, procedure.version);
    if (there && there.data !== data)
      throw new Error(`${file}, line 1: version ${procedure.version} of ${procedure.code} is in use with other rules. Raise its version to change it.`);
    if (!there) add.run(everybody, procedure.code, procedure.version, data);
  }
}

/** The newest version of every procedure a community knows: its own go before the shipped ones of the same code, and copies under other names come last. */
export async function proceduresOf(db: Db, communityId: string): Promise<(Procedure & { own: boolean })[]> {
  const rows = await db
    .selectFrom("Procedure")
    .selectAll()
    .where("communityId", "in", [everybody, communityId])
    .orderBy("communityId")
    .orderBy("version")
    .execute();
  const newest = new Map<string, Procedure & { own: boolean }>();
  for (const row of rows) {
    const own = row.communityId !== everybody;
    const before = newest.get(row.code);
    if (!before || own || !before.own) newest.set(row.code, { ...(JSON.parse(row.data) as Procedure), own });
  }
  return [...newest.values()];
}

/** Write a community's copy. */
export async function saveProcedure(tx: Db, communityId: string, procedure: Procedure): Promise<void> {
  await tx
    .insertInto("Procedure")
    .values({ communityId, code: procedure.code, version: procedure.version, data: JSON.stringify(procedure) })
    .execute();
}

export type Choice = { procedure: Procedure; stage: Procedure["stages"][number] };
/** The stages a body of a kind may meet under, the usual one first. */
export async function stagesFor(db: Db, communityId: string, kind: BodyKind): Promise<Choice[]> {
  const all = await proceduresOf(db, communityId);
  const choices = all.flatMap((procedure) => procedure.stages.filter((stage) => stage.bodies.includes(kind)).map((stage) => ({ procedure, stage })));
  return choices.sort((a, b) => Number(b.stage.usual) - Number(a.stage.usual));
}
