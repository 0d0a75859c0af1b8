// A community's own clocks: its rules, its limits, its special days. What runs keeps the deadlines it has.
import { type ClockLimits, type ClockRule, standardLimits } from "./clock";
import type { CommunityEvent } from "./event";
import { accept, type Outcome, refuse } from "./refusal";

export type HouseClocks = {
  communityId: string;
  id: string;
  rules: readonly ClockRule[];
  limits: ClockLimits;
  /** Days that differ from Monday to Friday: true is worked. */
  days: Readonly<Record<string, boolean>>;
  version: number;
};

const keyOf = (r: ClockRule): string => [r.bodyKind, r.track, r.category].join("/");
const inOrder = (rules: readonly ClockRule[]): ClockRule[] => [...rules].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
const roughHours = (amount: number, unit: ClockRule["settleUnit"]): number => (unit === "hours" ? amount : amount * 24);
/** Two working days may last a holiday long, two days of hours never: working days before hours promise nothing. */
const respondsLast = (r: ClockRule): boolean =>
  (r.respondUnit === "workingDays" && r.settleUnit === "hours") || roughHours(r.respondAmount, r.respondUnit) > roughHours(r.settleAmount, r.settleUnit);

/**
 * Keep other rules and limits. Rules of kinds of bodies that are not among those given stay. Refused: two for the same
 * matter, and one that asks for the end before the first word. `place` names a rule in the form.
 */
export function keepClocks(house: HouseClocks, given: { rules: Readonly<Record<string, ClockRule>>; limits: ClockLimits }): Outcome<CommunityEvent[]> {
  const seen = new Set<string>();
  for (const [place, rule] of Object.entries(given.rules)) {
    if (seen.has(keyOf(rule))) return refuse("clocks.twice", {}, `rules.${place}.category`);
    seen.add(keyOf(rule));
    if (respondsLast(rule)) return refuse("clocks.respondLast", {}, `rules.${place}.respondAmount`);
  }
  const shown = new Set(Object.values(given.rules).map((r) => r.bodyKind));
  const rules = inOrder([...house.rules.filter((r) => !shown.has(r.bodyKind)), ...Object.values(given.rules)]);
  const same = JSON.stringify([rules, given.limits]) === JSON.stringify([house.rules, house.limits]);
  return accept(same ? [] : [{ type: "community.clocksKept", id: house.id, rules, limits: given.limits }]);
}

/** The first day that is still kept and shown: of the year that `today` is in. */
export const firstKeptDay = (today: string): string => `${today.slice(0, 4)}-01-01`;

/** Make a day, or all from one to another, a holiday or a working day; null: as the week has it. At most 31 days at once, none of a year that is over. */
export function keepDays(house: HouseClocks, days: readonly string[], working: boolean | null, today: string): Outcome<CommunityEvent[]> {
  if (days.length === 0) return refuse("clocks.daysBackwards", {}, "until");
  if (days[0] !== undefined && days[0] < firstKeptDay(today)) return refuse("clocks.dayOver", { year: today.slice(0, 4) }, "from");
  if (days.length > 31) return refuse("clocks.manyDays", { max: 31 }, "until");
  const changed = days.filter((day) => (house.days[day] ?? null) !== working);
  return accept(changed.length === 0 ? [] : [{ type: "community.daysKept", id: house.id, days: changed, working }]);
}

export function evolveHouse(house: HouseClocks | null, event: CommunityEvent): HouseClocks {
  if (event.type === "community.founded")
    return { communityId: event.id, id: event.id, rules: inOrder(event.clocks), limits: standardLimits, days: event.days, version: 1 };
  if (!house) throw new Error(`${event.type} before community.founded: ${event.id}`);
  const version = house.version + 1;
  if (event.type === "community.clocksKept") return { ...house, rules: event.rules, limits: { ...standardLimits, ...event.limits }, version };
  const others = Object.entries(house.days).filter(([day]) => !event.days.includes(day));
  const { working } = event;
  return { ...house, days: Object.fromEntries([...others, ...(working === null ? [] : event.days.map((day) => [day, working] as const))].sort()), version };
}
