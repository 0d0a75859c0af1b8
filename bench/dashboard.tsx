// What the dashboard costs in CPU with five thousand issues, over a hundred of them in hand, and a thousand tasks: the whole
// request, as a chair asks for it. The frame around every page is in it, and said apart.
import Database from "better-sqlite3";
import { roles } from "../scripts/pages";
import { built } from "../scripts/ready.mjs";
import { cost, median, storySeenBy } from "./as-asked";

const [issues, inHand, tasks, most] = [5_000, 150, 1_000, 50];

built();
const story = await storySeenBy(roles["zh-CN"].chair, multiply);
console.log(`the frame alone, on a page that is not there: ${(await costOf("/nowhere", 404)).toFixed(1)} ms`);
const { now } = story.viewer;
const slow = [
  ["dashboard", await measured("/dashboard")],
  ["a year's dashboard", await measured(`/dashboard?period=${now.slice(0, 4)}`)],
  ["a month's report", await measured(`/reports/${now.slice(0, 7)}`)],
].filter(([, cost]) => Number(cost) > most);
await story.end();
process.exit(slow.length === 0 ? 0 : 1);

/** The story's issues and tasks again and again under other ids, until there are so many; those in hand are fewer, as in life. */
function multiply(path: string, communityId: string): void {
  const db = new Database(path);
  const columns = (table: string) => (db.prepare(`SELECT name FROM pragma_table_info('${table}')`).pluck().all() as string[]).map((c) => `"${c}"`);
  const again = (table: string, changed: Record<string, string>, only = "1 = 1") => {
    const all = columns(table);
    const values = all.map((c) => changed[c.replaceAll('"', "")] ?? c).join(", ");
    return db.prepare(
      `INSERT INTO "${table}" (${all.join(", ")}) SELECT ${values} FROM "${table}" WHERE communityId = $c AND ${changed.issueId ? "issueId" : "id"} NOT LIKE '%~%' AND ${only}`,
    );
  };
  const copies = { issue: "issueId || '~' || $n", id: "id || '~' || $n" };
  const both = (over: string) => {
    const of = `issueId IN (SELECT id FROM Issue WHERE communityId = $c AND ${over})`;
    return [
      again("Issue", { id: copies.id, number: "number || '9' || $n" }, over),
      again("Stay", { issueId: copies.issue }, of),
      again("Rating", { issueId: copies.issue }, of),
    ];
  };
  const [closed, running] = [both("status IN ('closed', 'merged')"), both("status NOT IN ('closed', 'merged')")];
  const task = again("Task", { id: copies.id });
  const count = (table: string, where = "1 = 1") =>
    Number(db.prepare(`SELECT count(*) FROM "${table}" WHERE communityId = ? AND ${where}`).pluck().get(communityId));
  const open = "status NOT IN ('closed', 'merged')";
  db.transaction(() => {
    for (let n = 1; count("Issue") < issues || count("Task") < tasks; n++) {
      const values = { c: communityId, n };
      if (count("Issue", open) < inHand) for (const statement of running) statement.run(values);
      if (count("Issue") < issues) for (const statement of closed) statement.run(values);
      if (count("Task") < tasks) task.run(values);
    }
  })();
  console.log(
    `${count("Issue")} issues, ${count("Issue", open)} of them in hand, ${count("Stay")} stays, ${count("Rating")} words about answers, ${count("Task")} tasks`,
  );
  db.close();
}

/** CPU milliseconds of one request: the median of seven rounds. */
async function costOf(path: string, status = 200): Promise<number> {
  const ask = () => story.ask(path, status);
  await cost(ask, 30);
  const rounds: number[] = [];
  for (let round = 0; round < 7; round++) rounds.push(await cost(ask, 10));
  return median(rounds);
}

async function measured(path: string): Promise<number> {
  const one = await costOf(path);
  console.log(`${path}: ${one.toFixed(1)} ms of CPU (at most ${most})`);
  return one;
}
