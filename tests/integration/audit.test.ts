import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { noteOnIssue } from "../../app/commands/issue/note";
import { raiseIssue } from "../../app/commands/issue/raise";
import { checkChain } from "../../app/data/audit.server";
import { canonical } from "../../app/papers/digest";
import { done, house } from "../support/house";
import { bench } from "../support/store";

const secret = "Mrs Wang of 7-301 told me";

async function told() {
  const on = bench();
  const at = await house(on);
  const head = await at.person("Head 7", [[at.bodies.b7, "head", "owners"]]);
  for (let n = 0; n < 3; n++) {
    const [raised] = await done(on.perform, raiseIssue, head, {
      bodyId: at.bodies.b7,
      what: `Lamp ${n} is dead. ${secret}`,
      place: "",
      category: "power",
      track: "minor",
      visibility: "community",
    });
    if (raised?.type === "issue.raised") await done(on.perform, noteOnIssue, head, { number: raised.number, text: `Note ${n}` });
  }
  const raw = new Database(join(on.dir, "yishi.db"));
  return { ...on, at, raw, check: () => checkChain(on.store.read, at.communityId) };
}

test("[AU1] every link follows from the one before", async () => {
  const { check, raw } = await told();
  const links = raw.prepare("SELECT count(*) FROM AuditEvent").pluck().get();
  expect(await check()).toEqual({ ok: true, links });
});

test.each(["data", "actorId", "at", "type", "subjectId", "version", "previous", "hash"])("[AU1] a changed %s is found", async (column) => {
  const { raw, check } = await told();
  const seq = Number(raw.prepare("SELECT max(seq) - 2 FROM AuditEvent").pluck().get());
  raw.prepare(`UPDATE AuditEvent SET ${column} = ${column === "version" ? "version + 1" : `${column} || 'x'`} WHERE seq = ?`).run(seq);
  expect(await check()).toMatchObject({ ok: false });
});
test("[AU1] a link taken out of the middle is found", async () => {
  const { raw, check } = await told();
  raw.prepare("DELETE FROM AuditWords WHERE seq = (SELECT max(seq) - 2 FROM AuditEvent)").run();
  raw.prepare("DELETE FROM AuditEvent WHERE seq = (SELECT max(seq) - 2 FROM AuditEvent)").run();
  expect(await check()).toMatchObject({ ok: false, what: "hash" });
});

test("[AU2] words are not in the chain, and a changed or missing one is found", async () => {
  const { raw, check } = await told();
  expect(raw.prepare("SELECT count(*) FROM AuditEvent WHERE data LIKE '%Wang%'").pluck().get()).toBe(0);
  const seq = Number(raw.prepare("SELECT seq FROM AuditWords WHERE text LIKE '%Wang%' LIMIT 1").pluck().get());
  raw.prepare("UPDATE AuditWords SET text = 'nobody said' WHERE seq = ? AND field = 'what'").run(seq);
  expect(await check()).toEqual({ ok: false, seq, what: "words" });
});
test("[AU2] a word whose row is gone is found, an erased one is no fault", async () => {
  const { raw, check } = await told();
  const seq = Number(raw.prepare("SELECT seq FROM AuditWords WHERE text LIKE '%Wang%' LIMIT 1").pluck().get());
  raw.prepare("UPDATE AuditWords SET text = NULL WHERE seq = ?").run(seq);
  expect(await check()).toMatchObject({ ok: true });
  raw.prepare("DELETE FROM AuditWords WHERE seq = ? AND field = 'what'").run(seq);
  expect(await check()).toEqual({ ok: false, seq, what: "words" });
});

test("[AU1] the same facts give the same bytes, whatever their order", () => {
  expect(canonical({ b: 1, a: { d: [1, { y: 2, x: 3 }], c: undefined } })).toBe('{"a":{"d":[1,{"x":3,"y":2}]},"b":1}');
});
