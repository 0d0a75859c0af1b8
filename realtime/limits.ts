// How much one client may ask of a server that others use too. Every limit cuts its offender and nobody else; the pace only slows it.
export type Limits = {
  /** Bytes of one message. */
  message: number;
  /** Bytes of one document, its garbage since the last fold included; until then a letter typed alone takes as much as it was sent in. */
  document: number;
  /** Client ids of one document, and those nobody heard of that one message may bring: each is in every state vector for ever. */
  clients: number;
  newClients: number;
  /** Work a second, and how much may be saved up: a message is one, every 512 bytes of it one more, see `workOfAsking`. */
  work: { perSecond: number; atOnce: number };
  /**
   * Bytes a second that are read of one client, and how much at once: what it sends beyond that waits in its own socket, so
   * that others are not kept waiting. As much is told it in answer to its questions: one more waits until the last is paid.
   */
  pace: { perSecond: number; atOnce: number };
  /** Bytes waiting for a client that does not read: from there on it is left out, and told everything at once later. */
  waiting: number;
  /** Milliseconds without a byte taken after which it is cut. */
  patience: number;
  /** Messages leaning on unknown words, after the client was asked for them. */
  outOfStep: number;
  socketsEach: number;
  roomsEach: number;
};

export const limits: Limits = {
  message: 8 * 1024 * 1024,
  document: 32 * 1024 * 1024,
  clients: 50_000,
  newClients: 1000,
  work: { perSecond: 500, atOnce: 20_000 },
  pace: { perSecond: 1024 * 1024, atOnce: 2 * 1024 * 1024 },
  waiting: 4 * 1024 * 1024,
  patience: 10_000,
  outOfStep: 1000,
  socketsEach: 40,
  roomsEach: 20,
};

/** For strangers on loopback: programs that write as fast as they can. */
export const loopbackLimits: Limits = {
  ...limits,
  document: 256 * 1024 * 1024,
  message: 32 * 1024 * 1024,
  clients: 1_000_000,
  newClients: Number.POSITIVE_INFINITY,
  work: { perSecond: 20_000, atOnce: 100_000 },
  socketsEach: Number.POSITIVE_INFINITY,
  roomsEach: Number.POSITIVE_INFINITY,
};

export const workOfMessage = (bytes: number): number => 1 + bytes / 512;
/** An answer nobody was given yet goes through the document. */
export const workOfAsking = (bytes: number): number => bytes / 1024;

/** Work saved up at a steady rate and spent at once. */
export class Allowance {
  private left: number;
  private at: number;
  constructor(
    private readonly rate: Limits["work"],
    now: number,
  ) {
    this.left = rate.atOnce;
    this.at = now;
  }
  /** @returns whether there was enough. */
  spend(work: number, now: number): boolean {
    this.earn(now);
    this.left -= work;
    return this.left >= 0;
  }
  /** Milliseconds until nothing is owed any more. */
  get owed(): number {
    return Math.max(0, (-this.left / this.rate.perSecond) * 1000);
  }
  /** Nothing is owed: it may be forgotten. */
  full(now: number): boolean {
    this.earn(now);
    return this.left >= this.rate.atOnce;
  }
  private earn(now: number): void {
    // A clock that jumps back gives nothing and takes nothing.
    if (now > this.at) this.left = Math.min(this.rate.atOnce, this.left + ((now - this.at) / 1000) * this.rate.perSecond);
    this.at = now;
  }
}
