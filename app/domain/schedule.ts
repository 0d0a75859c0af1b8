// How far something is, and how far it should be by today. Shares are whole hundredths of a percent (10,000 is all of it);
// days are the community's own calendar days, counted by their dates alone, so no change of clocks moves them.
import { type Light, localDay, wallClock } from "./clock";

export const whole = 10_000;
const dayMs = 86_400_000;

/** Charts ask for the same few hundred days thousands of times. */
const numbers = new Map<string, number>();
const mostNumbers = 10_000;

/** The number of a calendar day (of the years from 100 on); the next day’s is one more. */
export function dayNumber(day: string): number {
  const known = numbers.get(day);
  if (known !== undefined) return known;
  const number = Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8, 10))) / dayMs;
  if (numbers.size >= mostNumbers) numbers.clear();
  numbers.set(day, number);
  return number;
}

export type Span = { startsOn: string; endsOn: string };
/** First and last day count. */
export const daysOf = ({ startsOn, endsOn }: Span): number => dayNumber(endsOn) - dayNumber(startsOn) + 1;

/** How much of a span's days is over: today counts once it is over. 0 before the first day, all after the last. Rounded down. */
export function plannedShare(span: Span, today: string): number {
  const days = Math.max(1, daysOf(span));
  const over = Math.min(days, Math.max(0, dayNumber(today) - dayNumber(span.startsOn)));
  return Math.floor((over * whole) / days);
}

/** The share of the whole by its parts' weights, rounded down; a part over 100 % or under nothing counts as that. */
export function weighted(parts: readonly { weight: number; share: number }[]): number {
  const weight = parts.reduce((sum, p) => sum + p.weight, 0);
  if (weight <= 0) return 0;
  return Math.floor(parts.reduce((sum, p) => sum + p.weight * Math.min(whole, Math.max(0, p.share)), 0) / weight);
}

/** A share as it is shown, in tenths of a percent: cut, so that all but all is not all. */
export const shownShare = (share: number): number => Math.floor(share / 10);

/**
 * `ratio`: done ÷ planned in tenths of a percent, null where nothing was planned yet. `ahead`: done − planned in tenths
 * of a point. Both come from the two shares as they are shown, so that what stands on one line adds up.
 */
export type Pace = { done: number; planned: number; ratio: number | null; ahead: number };

export function pace(done: number, planned: number): Pace {
  const [is, should] = [shownShare(done), shownShare(planned)];
  const ratio = should > 0 ? Math.floor((2000 * is + should) / (2 * should)) : null;
  return { done, planned, ratio, ahead: is - should };
}

/** So many tenths of a point behind and it shows: a report a week or a month old is always a little behind. */
export const behindBy = 50;

/** The light of something with days: red when its last day is over, amber when a fifth of them or less is left. */
export function dayLight(span: Span, today: string): Light {
  const left = dayNumber(span.endsOn) - dayNumber(today);
  if (left < 0) return { state: "late", left: { unit: "days", n: -left }, due: null };
  const state = left * 5 <= daysOf(span) ? "soon" : "ok";
  return { state, left: left === 0 ? null : { unit: "days", n: left }, due: null };
}

/**
 * `localDay` for many instants of one zone: asks the calendar for the clock's distance from UTC twice a day, not twice
 * an instant. On a day on which the clocks change it asks each time.
 */
export function localDays(timeZone: string): (instant: string) => string {
  const distances = new Map<number, number>();
  const distanceAt = (utcDay: number): number => {
    const known = distances.get(utcDay);
    if (known !== undefined) return known;
    const at = utcDay * dayMs;
    const distance = Date.parse(`${wallClock(new Date(at).toISOString(), timeZone)}Z`) - at;
    distances.set(utcDay, distance);
    return distance;
  };
  return (instant) => {
    const at = Date.parse(instant);
    const utcDay = Math.floor(at / dayMs);
    const distance = distanceAt(utcDay);
    return distance === distanceAt(utcDay + 1) ? new Date(at + distance).toISOString().slice(0, 10) : localDay(instant, timeZone);
  };
}
