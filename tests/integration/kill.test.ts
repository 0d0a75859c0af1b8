// Twenty deaths: whatever was answered is there afterwards, whole; whatever was not is there whole or not at all.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { checkChain } from "../../app/data/audit.server";
import { openStore } from "../../app/data/store.server";
import { openLogReader } from "../../realtime/sqlite-log";
import { client } from "../support/live";
import { bothWays } from "../support/rebuild";
import { folder, migrations } from "../support/store";

async function start(dir: string): Promise<{ child: ChildProcess; port: number }> {
  const child = spawn(process.execPath, ["--import", "tsx", join(import.meta.dirname, "../support/child-server.ts"), dir], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await once(child.stdout ?? child, "data")) as [Buffer];
  return { child, port: Number(String(line)) };
}

type Event = { type: string; id: string; number?: string };
type Answer = { ok: boolean; value?: { events: Event[] } };

test("[KI1][RT-DUR-5] twenty kills at random moments lose nothing answered and tear nothing", async () => {
  const dir = folder();
  const answered = { raised: new Set<string>(), escalated: new Set<string>(), called: new Set<string>() };
  const edits = new Set<string>();
  let moment = 20_261_121;
  const random = (below: number) => {
    moment = (moment * 1_103_515_245 + 12_345) % 2_147_483_648;
    return moment % below;
  };
  for (let death = 0; death < 20; death++) {
    const { child, port } = await start(dir);
    let alive = true;
    const post = async (path: string, body: object): Promise<Answer | null> => {
      try {
        return (await (await fetch(`http://127.0.0.1:${port}${path}`, { method: "POST", body: JSON.stringify(body) })).json()) as Answer;
      } catch {
        // The answer died with the process: the command may or may not have happened.
        alive = false;
        return null;
      }
    };
    const work = async (worker: number) => {
      for (let n = 0; alive; n++) {
        const raised = (await post("/raise", { what: `Death ${death}, worker ${worker}, thing ${n}` }))?.value?.events[0];
        if (!raised) return;
        answered.raised.add(raised.id);
        if (!(await post("/escalate", { number: raised.number }))?.ok) return;
        answered.escalated.add(raised.id);
        if (n % 3 !== 0) continue;
        const called = await post("/call", { issue: raised.id });
        if (called?.ok) answered.called.add(called.value?.events[0]?.id ?? "");
      }
    };
    const writer = client(`ws://127.0.0.1:${port}/collab`, "minutes:c:m");
    const pen = (async () => {
      const mine: string[] = [];
      for (let n = 0; alive; n++) {
        if (writer.provider.synced && writer.provider.wsconnected) {
          const token = `[${death}.${n}]`;
          writer.write(token);
          mine.push(token);
        }
        await new Promise((next) => setTimeout(next, 1));
        // The first acknowledged message answered the server's own question.
        for (const token of mine.slice(0, Math.max(0, writer.saved() - 1))) edits.add(token);
      }
    })();
    const workers = [0, 1, 2, 3, 4, 5].map(work);
    const until = Date.now() + 60 + random(350);
    while (Date.now() < until || (death === 0 && answered.raised.size < 10)) await new Promise((next) => setTimeout(next, 3));
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
    alive = false;
    await Promise.all([...workers, pen]);
    writer.provider.destroy();

    const store = openStore(dir, migrations);
    const { read } = store;
    const { fromLog, fromTables } = await bothWays(store);
    expect(fromLog, `death ${death}`).toEqual(fromTables);
    for (const { id } of await read.selectFrom("Community").select("id").execute()) expect(await checkChain(read, id)).toMatchObject({ ok: true });
    const issues = new Map((await read.selectFrom("Issue").select(["id", "holderId", "raisedInId"]).execute()).map((i) => [i.id, i]));
    const meetings = new Set((await read.selectFrom("Meeting").select("id").execute()).map((m) => m.id));
    expect([...answered.raised].filter((id) => !issues.has(id))).toEqual([]);
    expect([...answered.escalated].filter((id) => issues.get(id)?.holderId === issues.get(id)?.raisedInId)).toEqual([]);
    expect([...answered.called].filter((id) => !meetings.has(id))).toEqual([]);
    // A called meeting and the acceptance of what is on its agenda are one command.
    const torn = await read
      .selectFrom("AgendaItem")
      .innerJoin("Stay", "Stay.issueId", "AgendaItem.issueId")
      .select("AgendaItem.id")
      .where("Stay.position", "=", 1)
      .where("Stay.acceptedAt", "is", null)
      .execute();
    expect(torn).toEqual([]);
    await store.close();
    const log = openLogReader(dir);
    const doc = new Y.Doc();
    const kept = log.load("minutes:c:m");
    for (const update of kept.state ? [kept.state, ...kept.tail] : kept.tail) Y.applyUpdate(doc, update);
    const text = doc.getText("minutes-text").toString();
    expect([...edits].filter((token) => !text.includes(token))).toEqual([]);
    log.close();
  }
  expect(answered.raised.size).toBeGreaterThan(100);
  expect(edits.size).toBeGreaterThan(100);
}, 180_000);
