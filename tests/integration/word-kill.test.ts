// Killed between any two steps of a delivery: nothing is lost, no row is doubled, and a second copy carries the first one's id.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, test } from "vitest";
import { escalateIssue } from "../../app/commands/issue/escalate";
import { raiseIssue } from "../../app/commands/issue/raise";
import { makePerform, randomId } from "../../app/commands/perform.server";
import { preferWords } from "../../app/commands/word/prefer";
import { openStore } from "../../app/data/store.server";
import { usual } from "../../app/domain/word";
import { done, house } from "../support/house";
import { door, jsonOf, mailbox, mailServer, robot } from "../support/post";
import { folder, migrations } from "../support/store";

const steps = ["planning", "planned", "gathering", "gathered", "marked", "wired", "kept", "reminding", "reminded"] as const;

test("[WD3] a process killed between any two steps of a delivery loses nothing, doubles no row, and sends twice only what was on the wire", async () => {
  const dir = folder();
  const post = await mailServer();
  const there = await door();
  const clock = { now: "2026-03-02T01:00:00.000Z" };
  const doing = async <T>(
    act: (on: { store: ReturnType<typeof openStore>; perform: ReturnType<typeof makePerform>; clock: { now: string } }) => Promise<T>,
  ): Promise<T> => {
    const store = openStore(dir, migrations);
    const made = await act({ store, perform: makePerform(store, () => clock.now, randomId), clock });
    await store.close();
    return made;
  };
  const child = async (dies?: string) => {
    const it = spawn(
      process.execPath,
      ["--import", "tsx", join(import.meta.dirname, "../support/word-child.ts"), dir, post.url, there.origin, clock.now, ...(dies ? [dies] : [])],
      {
        stdio: ["ignore", "inherit", "inherit"],
      },
    );
    const [code, signal] = (await once(it, "exit")) as [number | null, string | null];
    return signal ?? code;
  };
  const { head, council, b7 } = await doing(async (on) => {
    const at = await house(on);
    const chair = await at.person("Chair", [[at.bodies.council, "chair", "branch"]]);
    const head = await at.person("Head", [[at.bodies.b7, "head", "owners"]]);
    const now = { ...usual, modes: { ...usual.modes, mail: { ...usual.modes.mail, desk: "now", reminder: "now" } } };
    await mailbox(on, chair, "chair@example.cn");
    await done(on.perform, preferWords, chair, { preference: now });
    await robot(on, chair, at.bodies.council, "wecom", there.origin);
    return { head, council: at.bodies.council, b7: at.bodies.b7 };
  });
  expect(await child()).toBe(0);

  const numbers: string[] = [];
  for (const [n, step] of steps.entries()) {
    // A working day later, by daylight, before and after that day's reminders.
    clock.now = new Date(Date.parse("2026-03-03T01:00:00.000Z") + n * 86_400_000).toISOString();
    await doing(async (on) => {
      const [event] = await done(on.perform, raiseIssue, head, {
        bodyId: b7,
        what: `Thing ${step}`,
        place: "",
        category: "water",
        track: "minor",
        visibility: "community",
      });
      const number = event?.type === "issue.raised" ? event.number : "";
      numbers.push(number);
      await done(on.perform, escalateIssue, head, { number, to: council, text: "tried" });
    });
    expect([step, await child(step)]).toEqual([step, "SIGKILL"]);
  }
  for (let n = 0; n < 2; n++) {
    clock.now = new Date(Date.parse(clock.now) + 30 * 60_000).toISOString();
    expect(await child()).toBe(0);
  }

  const { words, letters } = await doing(async ({ store }) => ({
    words: await store.read.selectFrom("Word").selectAll().execute(),
    letters: await store.read.selectFrom("Letter").selectAll().execute(),
  }));
  expect(letters.filter((l) => l.status !== "sent")).toEqual([]);
  expect(new Set(words.map((w) => `${w.cause} ${w.personId} ${w.channelId}`)).size).toBe(words.length);
  expect(words.filter((w) => w.channelId !== "product" && w.letterId === null)).toEqual([]);
  // Each issue's coming is in exactly one letter of each channel.
  const ids = (all: { id: string; text: string }[], number: string) =>
    new Set(all.filter((one) => new RegExp(`${number}\\b.*\nIt went up`).test(one.text)).map((one) => one.id));
  const mails = post.mails.map((m) => ({ id: m.messageId ?? "", text: m.text ?? "" }));
  const knocks = there.knocks.map((k) => ({ id: String(k.headers["idempotency-key"]), text: jsonOf(k).markdown?.content ?? "" }));
  for (const number of numbers) {
    expect([number, ids(mails, number).size]).toEqual([number, 1]);
    expect([number, ids(knocks, number).size]).toEqual([number, 1]);
  }
  // What went out twice went out under one id and says the same, and that only where the process died between the wire and the mark.
  const twice = (all: { id: string }[]) => all.length - new Set(all.map((one) => one.id)).size;
  expect(twice(mails) + twice(knocks)).toBeGreaterThanOrEqual(1);
  expect(twice(mails) + twice(knocks)).toBeLessThanOrEqual(2);
  for (const all of [mails, knocks])
    expect(new Set(all.map((one) => `${one.id} ${numbers.filter((n) => one.text.includes(n)).join()}`)).size).toBe(new Set(all.map((one) => one.id)).size);
}, 180_000);
