// The two processes of clients as their parent sees them: commands go to both, counts come back as one.
import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Target } from "./client.js";
import type { Call, Reply } from "./clients-process.js";
import type { Commands, Counts, Room } from "./crowd.js";
import { type Histogram, merge } from "./histogram.js";

type Argument<Name extends keyof Commands> = Parameters<Commands[Name]>[0];
type Result<Name extends keyof Commands> = Awaited<ReturnType<Commands[Name]>>;

class Crowd {
  private readonly child: ChildProcess;
  private readonly waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  private calls = 0;

  constructor() {
    this.child = fork(join(import.meta.dirname, "clients-process.ts"), { execArgv: ["--expose-gc", "--import", "tsx"] });
    this.child.on("message", ({ id, value, error }: Reply) => {
      const waiting = this.waiting.get(id);
      this.waiting.delete(id);
      if (error === undefined) waiting?.resolve(value as never);
      else waiting?.reject(new Error(error));
    });
    this.child.on("exit", () => {
      for (const { reject } of this.waiting.values()) reject(new Error("a process of clients ended"));
    });
  }

  call<Name extends keyof Commands>(name: Name, argument?: Argument<Name>): Promise<Result<Name>> {
    const id = this.calls++;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.child.send({ id, name, argument } satisfies Call);
    });
  }

  end(): void {
    this.child.disconnect();
  }
}

export class Crowds {
  private readonly crowds = [new Crowd(), new Crowd()];

  /** The same to every process. */
  all<Name extends keyof Commands>(name: Name, argument?: Argument<Name>): Promise<Result<Name>[]> {
    return Promise.all(this.crowds.map((crowd) => crowd.call(name, argument)));
  }

  one<Name extends keyof Commands>(name: Name, argument?: Argument<Name>): Promise<Result<Name>> {
    return (this.crowds[0] as Crowd).call(name, argument);
  }

  /** Everyone of one document, even numbers in one process and odd ones in the other. */
  async gather(target: Target, room: string, clients: number, writers: number): Promise<void> {
    const numbers = Array.from({ length: clients }, (_, i) => i);
    await this.join(
      target,
      this.crowds.map((_, i) => [{ name: room, numbers: numbers.filter((number) => number % this.crowds.length === i) }]),
      writers,
    );
  }

  /** So many documents with two clients each, half of the documents in either process. */
  async pair(target: Target, rooms: number, prefix: string): Promise<void> {
    const all = Array.from({ length: rooms }, (_, i) => ({ name: `${prefix}-${i}`, numbers: [0, 1] }));
    await this.join(
      target,
      this.crowds.map((_, i) => all.filter((_, room) => room % this.crowds.length === i)),
      1,
    );
  }

  private async join(target: Target, shares: Room[][], writers: number): Promise<void> {
    await Promise.all(this.crowds.map((crowd, i) => crowd.call("join", { target, rooms: shares[i] ?? [], writers })));
  }

  async storm(target: Target, room: string, state: string, clients: number): Promise<{ ms: number; synced: number }> {
    const half = clients / this.crowds.length;
    const results = await Promise.all(this.crowds.map((crowd, i) => crowd.call("storm", { target, room, state, clients: half, first: i * half })));
    return { ms: Math.max(...results.map(({ ms }) => ms)), synced: results.reduce((sum, { synced }) => sum + synced, 0) };
  }

  async counts(): Promise<Counts> {
    const all = await this.all("counts");
    const sum = (pick: (counts: Counts) => number) => all.reduce((total, counts) => total + pick(counts), 0);
    return {
      sent: sum(({ sent }) => sent),
      delivered: sum(({ delivered }) => delivered),
      closed: sum(({ closed }) => closed),
      latencies: merge(all.map(({ latencies }): Histogram => latencies)),
    };
  }

  /** The counts when every edit has reached so many others, or after the limit. */
  async delivered(others: number, limit: number): Promise<Counts> {
    const end = performance.now() + limit;
    for (;;) {
      const counts = await this.counts();
      if (counts.delivered >= counts.sent * others || performance.now() > end) return counts;
      await sleep(40);
    }
  }

  async leave(): Promise<void> {
    await this.all("leave");
    await this.all("collect");
  }

  end(): void {
    for (const crowd of this.crowds) crowd.end();
  }
}
