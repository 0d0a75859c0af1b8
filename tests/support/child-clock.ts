// A process to be killed: the clock's jobs on a folder that outlives it, at a time that is given. Ends when nothing is due.
import { join } from "node:path";
import pino from "pino";
import { makePerform } from "../../app/commands/perform.server";
import { openStore } from "../../app/data/store.server";
import { answeringDown, climbing } from "../../app/work/clocks.server";
import type { Means } from "../../app/work/clockwork.server";

const [dir = "", at = ""] = process.argv.slice(2);
const store = openStore(dir, join(import.meta.dirname, "../../prisma/migrations"));
const now = () => at;
const means: Means = { store, now, perform: makePerform(store, now), logger: pino({ level: "silent" }), env: {} as Means["env"] };
console.log("ready");
await climbing.run(means);
await answeringDown.run(means);
await store.close();
