import { expect, test } from "vitest";
import { can, clockActor } from "../../app/domain/permission";
import { type Job, type Means, makeClockwork } from "../../app/work/clockwork.server";

const means = (errors: string[]) => ({ logger: { error: (what: { job: string }) => errors.push(what.job) } }) as unknown as Means;

test("a job that fails is named in the log and does not keep the next from running", async () => {
  const errors: string[] = [];
  const ran: string[] = [];
  const job = (name: string, fails = false): Job => ({
    name,
    async run() {
      ran.push(name);
      if (fails) throw new Error("no");
    },
  });
  const clockwork = makeClockwork(means(errors), [job("a"), job("b", true), job("c")]);
  await clockwork.tick();
  await clockwork.tick();
  expect(ran).toEqual(["a", "b", "c", "a", "b", "c"]);
  expect(errors).toEqual(["b", "b"]);
});

test("calls that come while the jobs run share one more round, and no two rounds overlap", async () => {
  let inside = 0;
  let rounds = 0;
  let open = () => {};
  const gate = new Promise<void>((go) => {
    open = go;
  });
  const clockwork = makeClockwork(means([]), [
    {
      name: "slow",
      async run() {
        expect(++inside).toBe(1);
        rounds++;
        await gate;
        inside--;
      },
    },
  ]);
  const first = clockwork.tick();
  await Promise.resolve();
  await Promise.resolve();
  const later = [clockwork.tick(), clockwork.tick(), clockwork.tick()];
  open();
  await Promise.all([first, ...later]);
  expect(rounds).toBe(2);
});

test("the clock may do nothing that is not granted to it by name", () => {
  const subject = { communityId: "a", bodies: { community: ["b"] }, people: { self: ["someone"] } };
  expect(can(clockActor("a"), "issue.raise", subject)).toBe(false);
  expect(can(clockActor("a"), "body.add", subject)).toBe(false);
});
