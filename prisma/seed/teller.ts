// Tells a story through the real commands, scene by scene, in the order in which things happened.
import { createHash } from "node:crypto";
import type { Command } from "../../app/commands/command";
import { makePerform, type Perform } from "../../app/commands/perform.server";
import { loadActor } from "../../app/data/organisation.server";
import type { Store } from "../../app/data/store.server";
import { atLocal, type Calendar, deadlines, localDay, nextDay, standardClocks } from "../../app/domain/clock";
import type { DomainEvent } from "../../app/domain/event";
import { holidays } from "../../app/domain/holidays";
import type { Actor } from "../../app/domain/permission";
import type { BodyKind, Locale, Track } from "../../app/domain/vocabulary";

export const timeZone = "Asia/Shanghai";
export const dayEndsAt = "18:00";

type Scene = { at: string; raises: boolean; play: () => Promise<void> };

export class Teller {
  readonly perform: Perform;
  readonly calendar: Calendar = { timeZone, dayEndsAt, exceptions: new Map(Object.entries(holidays)) };
  private readonly scenes: Scene[] = [];
  private clock: string;
  private last = 0;
  private ids = 0;

  constructor(
    readonly store: Store,
    readonly locale: Locale,
    readonly today: string,
    private readonly story: string,
  ) {
    this.clock = today;
    this.perform = makePerform(
      store,
      () => this.tick(),
      () => this.newId(),
    );
  }

  /** Every command a moment after the one before: what happened in one scene stays in its order. */
  private tick(): string {
    this.last = Math.max(this.last + 1_000, Date.parse(this.clock));
    return new Date(this.last).toISOString();
  }

  say = (zh: string, en: string): string => (this.locale === "zh-CN" ? zh : en);

  /** An instant `daysAgo` (negative: ahead) at a time of the community's clock; never later than now, unless ahead. */
  when(daysAgo: number, time: string): string {
    const at = atLocal(nextDay(localDay(this.today, timeZone), -daysAgo), time, timeZone);
    return daysAgo >= 0 && at > this.today ? new Date(Date.parse(this.today) - 30 * 60_000).toISOString() : at;
  }

  scene(daysAgo: number, time: string, play: () => Promise<void>, raises = false): void {
    this.scenes.push({ at: this.when(daysAgo, time), raises, play });
  }

  /** An instant so many minutes from now; negative, before. */
  inMinutes = (minutes: number): string => new Date(Date.parse(this.today) + minutes * 60_000).toISOString();

  minutesAgo(minutes: number, play: () => Promise<void>): void {
    this.scenes.push({ at: this.inMinutes(-minutes), raises: false, play });
  }

  /** How many days ago a level must have received something for its outcome, or its first word, to fall due `inDays` from today (or as near as working days allow). */
  dueIn(kind: BodyKind, track: Track, inDays: number, what: "settleBy" | "respondBy" = "settleBy"): number {
    const wanted = nextDay(localDay(this.today, timeZone), inDays);
    const distance = (daysAgo: number) => {
      const due = localDay(deadlines(this.when(daysAgo, "09:00"), standardClocks(kind, track), this.calendar)[what], timeZone);
      return Math.abs(Date.parse(due) - Date.parse(wanted));
    };
    const days = Array.from({ length: 120 }, (_, n) => n + 1);
    return days.reduce((best, day) => (distance(day) < distance(best) ? day : best), 1);
  }

  /** Issues raised before `mark` in the same story: the paper ledger's number follows from it. */
  raisedBefore(mark: string): number {
    return this.scenes.filter((s) => s.raises && s.at < mark).length;
  }

  async play(): Promise<void> {
    this.scenes.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
    for (const scene of this.scenes) {
      this.clock = scene.at;
      await scene.play();
    }
  }

  /** The first day of the story: bodies and offices begin then. */
  begin(daysAgo: number): void {
    this.clock = this.when(daysAgo, "09:00");
    this.last = 0;
  }

  /** Time goes on within a scene. */
  pass(minutes: number): void {
    this.last = Math.max(this.last, Date.parse(this.clock)) + minutes * 60_000;
  }

  get now(): string {
    return this.clock;
  }

  async actor(communityId: string, personId: string): Promise<Actor> {
    const actor = await loadActor(this.store.read, communityId, personId, this.tick());
    if (!actor) throw new Error(`Nobody is called ${personId}.`);
    return actor;
  }

  /** Do it, or stop the story: a seed that was refused is a bug of the seed or of the rules. */
  async do<I extends { version?: number | undefined }, S>(command: Command<I, S>, actor: Actor, input: object): Promise<readonly DomainEvent[]> {
    const outcome = await this.perform(command, actor, input);
    if (!outcome.ok)
      throw new Error(`${command.action} by ${actor.name} was refused: ${JSON.stringify(outcome.refusal)} ${JSON.stringify(input).slice(0, 300)}`);
    return outcome.value.events;
  }

  /** The same story has the same ids every time it is told: links to it stay. */
  newId = (): string =>
    createHash("sha256")
      .update(`${this.locale}/${this.story}/${this.ids++}`)
      .digest("hex")
      .slice(0, 16);
}

/** The first event of a type among those a command gave. */
export function the<T extends DomainEvent["type"]>(events: readonly DomainEvent[], type: T): Extract<DomainEvent, { type: T }> {
  const event = events.find((e) => e.type === type);
  if (!event) throw new Error(`There is no ${type} among ${events.map((e) => e.type).join(", ")}.`);
  return event as Extract<DomainEvent, { type: T }>;
}
