// Where the servers' processor time went: the profiles they left, added up by what the code belongs to.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Row } from "./scenario.js";

type Node = { id: number; callFrame: { functionName: string; url: string }; children?: number[] };
type Profile = { nodes: Node[]; samples: number[]; timeDeltas: number[] };

/** The part of a server a frame stands for; null: it counts to whoever called it. */
function partOf({ functionName, url }: Node["callFrame"]): string | null {
  if (functionName === "(garbage collector)") return "collecting garbage";
  if (functionName === "(idle)") return "idle";
  if (/writev?(Buffer|Utf8String|Latin1String)?$/i.test(functionName) && url === "") return "writing to sockets";
  if (/better-sqlite3/.test(url) || (url === "" && /^(run|exec|get|all|iterate)$/.test(functionName))) return "the database and its disk";
  if (/node_modules\/(yjs|lib0)|node_modules\/@y\//.test(url)) return "Yjs";
  if (/node_modules\/ws\//.test(url)) return "ws";
  if (/^node:/.test(url)) return "node";
  return url === "" ? null : "the server's own code";
}

/** Seconds by part, over all profiles of one server. */
function partsIn(path: string): Map<string, number> {
  const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(path, "utf8")) as Profile;
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parent = new Map(nodes.flatMap((node) => (node.children ?? []).map((child) => [child, node.id] as const)));
  const known = new Map<number, string>();
  const part = (id: number): string => {
    const before = known.get(id);
    if (before !== undefined) return before;
    const node = byId.get(id);
    const above = parent.get(id);
    const found = (node && partOf(node.callFrame)) ?? (above === undefined ? "other" : part(above));
    known.set(id, found);
    return found;
  };
  const seconds = new Map<string, number>();
  for (const [n, id] of samples.entries()) {
    const name = part(id);
    seconds.set(name, (seconds.get(name) ?? 0) + (timeDeltas[n] ?? 0) / 1e6);
  }
  return seconds;
}

/** A row for each server and part of it: seconds, and the share of all that was not idle. */
export function whereTimeWent(directory: string): Row[] {
  const rows: Row[] = [];
  for (const server of existsSync(directory) ? readdirSync(directory) : []) {
    const total = new Map<string, number>();
    for (const file of readdirSync(join(directory, server)).filter((name) => name.endsWith(".cpuprofile")))
      for (const [part, seconds] of partsIn(join(directory, server, file))) total.set(part, (total.get(part) ?? 0) + seconds);
    total.delete("idle");
    const all = [...total.values()].reduce((sum, seconds) => sum + seconds, 0);
    for (const [part, seconds] of [...total].sort((a, b) => b[1] - a[1]))
      rows.push({ case: part, server, figures: { seconds, "share %": (100 * seconds) / all } });
  }
  return rows;
}
