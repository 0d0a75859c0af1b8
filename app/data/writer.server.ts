// The one writer: a queue, grouped commits. A job runs to its end before the next begins; what one event-loop turn
// brought is committed together; nobody gets an answer before the disk has it.
import type Database from "better-sqlite3";
import { type Db, kyselyOver } from "./dialect.server";

type Job = { run: (tx: Db) => Promise<unknown>; resolve: (value: unknown) => void; reject: (error: unknown) => void };

/** A commit is held open for at most this many jobs, so that the first of a long queue does not wait for the last. */
const groupLimit = 256;

export class Writer {
  private queue: Job[] = [];
  private draining: Promise<void> | null = null;
  private closed = false;
  private readonly tx: Db;
  private readonly begin: Database.Statement;
  private readonly commit: Database.Statement;
  private readonly savepoint: Database.Statement;
  private readonly release: Database.Statement;

  /** @param afterCommit called once per committed group; must not throw. */
  constructor(
    private readonly sqlite: Database.Database,
    private readonly afterCommit: () => void,
  ) {
    this.tx = kyselyOver(sqlite);
    this.begin = sqlite.prepare("BEGIN IMMEDIATE");
    this.commit = sqlite.prepare("COMMIT");
    this.savepoint = sqlite.prepare("SAVEPOINT job");
    this.release = sqlite.prepare("RELEASE job");
  }

  /** Run `job` in its turn, in a savepoint of its own. Resolves after the commit is on disk; a throw undoes only this job. */
  write<T>(job: (tx: Db) => Promise<T>): Promise<T> {
    if (this.closed) return Promise.reject(new Error("The store is closed."));
    return new Promise<T>((resolve, reject) => {
      this.queue.push({ run: job, resolve: resolve as (value: unknown) => void, reject });
      this.draining ??= new Promise((done) => setImmediate(() => this.drain().then(done)));
    });
  }

  private async drain(): Promise<void> {
    while (this.queue.length > 0) {
      const group: Answer[] = [];
      try {
        this.begin.run();
        for (let n = 0; n < groupLimit; n++) {
          const job = this.queue.shift();
          if (!job) break;
          group.push(await this.runOne(job));
          // Outside the transaction the next savepoint would commit by itself, and its job be told that it failed.
          if (!this.sqlite.inTransaction) break;
        }
        this.commit.run();
      } catch (error) {
        if (this.sqlite.inTransaction) this.sqlite.exec("ROLLBACK");
        // Answers that were ready are not true any more: their commit failed.
        for (const answer of group) answer.fail(error);
        // Not even a transaction could begin: whoever waits would wait for ever.
        if (group.length === 0) for (const job of this.queue.splice(0)) job.reject(error);
        continue;
      }
      this.afterCommit();
      for (const answer of group) answer();
    }
    this.draining = null;
  }

  private async runOne(job: Job): Promise<Answer> {
    try {
      this.savepoint.run();
    } catch (error) {
      return answer(() => job.reject(error), job.reject);
    }
    try {
      const value = await job.run(this.tx);
      this.release.run();
      return answer(() => job.resolve(value), job.reject);
    } catch (error) {
      // A full disk may have ended the whole transaction already; COMMIT then fails and the group hears of it.
      if (!this.sqlite.inTransaction)
        return answer(
          () => job.reject(error),
          () => job.reject(error),
        );
      this.sqlite.exec("ROLLBACK TO job; RELEASE job");
      return answer(() => job.reject(error), job.reject);
    }
  }

  /** Finish what is queued, then refuse more. */
  async close(): Promise<void> {
    this.closed = true;
    await this.draining;
    this.sqlite.close();
  }
}

type Answer = (() => void) & { fail: (error: unknown) => void };
const answer = (give: () => void, fail: (error: unknown) => void): Answer => Object.assign(give, { fail });
