// One life of the server in a simulated year: goes on where the last one died, until it is killed or the year is over.
//   life.mjs DIR MIGRATIONS   (DIR/simulation.json says which year; DIR/place.json how far it is)
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import pino from "pino";
import { makePerform } from "../../app/commands/perform.server";
import { loadActor } from "../../app/data/organisation.server";
import { openStore } from "../../app/data/store.server";
import { atLocal, nextDay } from "../../app/domain/clock";
import type { Actor } from "../../app/domain/permission";
import { readEnv } from "../../app/http/env.server";
import { makeClockwork } from "../../app/work/clockwork.server";
import { delivery, jobs } from "../../app/work/jobs.server";
import { makeChance } from "./chance";
import { type Estate, timeZone } from "./estate";
import { live, type Press } from "./people";

export type Simulation = { seed: number; from: string; days: number; estate: Estate };

/** People look at what waits for them in the morning, after noon and in the evening. */
const hoursOfDay = ["09:00", "14:45", "19:10"] as const;
/** A part of a day is over sooner than this after it began: whatever happened in one is a whole day old in the same part of the next. */
const lookMs = 600_000;

const [dir = "", migrations = ""] = process.argv.slice(2);
const { seed, from, days, estate } = JSON.parse(readFileSync(join(dir, "simulation.json"), "utf8")) as Simulation;
const place = join(dir, "place.json");
const begin = JSON.parse(readFileSync(place, "utf8")) as { day: number; slot: number };

const store = openStore(dir, migrations);
let instant = 0;
/** The simulated clock: every look at it takes a little while. */
const now = (): string => {
  instant += 20;
  return new Date(instant).toISOString();
};
const perform = makePerform(store, now);
const logger = pino({ level: "error" }, pino.destination({ fd: 2, sync: true }));
const means = { env: readEnv({ ...process.env, DATA_DIR: dir, NODE_ENV: "production" }), store, now, perform, logger };
const clockwork = makeClockwork(means, jobs);
const chance = makeChance(seed);
const actors = new Map<string, Actor>();
const tell = (line: string) => process.stdout.write(`${line}\n`);

const press: Press = async (key, personId, command, input) => {
  const actor = actors.get(personId) ?? (await loadActor(store.read, estate.communityId, personId, now()));
  if (!actor) throw new Error(`Nobody is ${personId} (${key}).`);
  actors.set(personId, actor);
  const done = await perform(command, actor, input, { requestId: key });
  if (!done.ok) {
    tell(`refused ${command.action} ${done.refusal.code}`);
    return null;
  }
  // Said only after the disk has it: whoever counts these may hold us to it.
  if (done.value.events.length > 0) tell(`answered ${key}`);
  return done.value.events;
};

for (let day = begin.day; day < days; day++)
  for (let slot = day === begin.day ? begin.slot : 0; slot < hoursOfDay.length; slot++) {
    const today = nextDay(from, day);
    instant = Date.parse(atLocal(today, hoursOfDay[slot] ?? "09:00", timeZone));
    tell(`at ${day} ${slot}`);
    // Offices begin and end.
    actors.clear();
    // People look at their watch once: what they do does not hang on how many milliseconds the machine was at.
    const watch = new Date(instant + lookMs).toISOString();
    await live({ estate, store, chance, press, day: today, slot, now: () => watch });
    // What the first round wrote, and what it left on the wire, may leave something for the second.
    for (let round = 0; round < 2; round++) {
      await clockwork.tick();
      await delivery.idle();
    }
    const next = slot + 1 < hoursOfDay.length ? { day, slot: slot + 1 } : { day: day + 1, slot: 0 };
    writeFileSync(`${place}.new`, JSON.stringify(next));
    renameSync(`${place}.new`, place);
  }
// What is for tomorrow's letter, or was put off by a door that said "later", leaves in the days after.
for (const hours of [1, 14, 16, 40, 64, 88, 112]) {
  instant = Date.parse(atLocal(nextDay(from, days - 1), "19:10", timeZone)) + hours * 3_600_000;
  for (let round = 0; round < 4; round++) {
    await delivery.run(means);
    await delivery.idle();
    instant += 10_000;
  }
}
await clockwork.stop();
await store.close();
tell("over");
