// What the rates are of, and when a share may be said at all. The counting itself is SQL: app/data/rates.server.ts.

/** The four rates, and what neighbours say about shared issues. Each is a share of things that are counted: `hit` of `of`. */
export const fourRates = ["response", "resolution", "satisfaction", "settled"] as const;
export const measures = [...fourRates, "neighbours"] as const;
export type Measure = (typeof measures)[number];
export type Share = { hit: number; of: number };

/** Fewer than this, and a percentage would say more than there is to say. */
export const fewest = 5;

/** Tenths of a percent, rounded half up, or null where there are too few to say. */
export const permille = ({ hit, of }: Share): number | null => (of < fewest ? null : Math.floor((hit * 2000 + of) / (2 * of)));

/** 93.4 of 934; 100 and 0 without a figure behind the point. */
export function percentText(share: Share): string | null {
  const tenths = permille(share);
  if (tenths === null) return null;
  return tenths === 1000 || tenths === 0 ? `${tenths / 10}%` : `${(tenths / 10).toFixed(1)}%`;
}

/** Why something is red, what tells most first. */
export type Reason = "order" | "task" | "settle" | "respond" | "silent";

/** How long what runs has been waited for: days since it was raised, and the last day of each group. */
export const ages = [
  { age: "week", most: 7 },
  { age: "month", most: 30 },
  { age: "quarter", most: 90 },
  { age: "longer", most: null },
] as const;
export type Age = (typeof ages)[number]["age"];

/** What a month's report counts of each body and category, besides the four rates: the same on its page, in its paper and in its table. */
export const lineCounts = ["raised", "closed", "up", "down"] as const;
/** What it counts of each level: of the month, and as it stands at the moment the report is made. */
export const levelCounts = ["closed", "up", "down"] as const;
export const nowCounts = ["running", "red"] as const;
