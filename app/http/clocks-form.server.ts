// The deadlines' form as its command takes it: rows by their place, those dropped or left empty left out.
import { limitNames } from "../domain/clock";
import { one, type Values } from "./respond.server";

const fields = ["bodyKind", "track", "category", "respondAmount", "respondUnit", "settleAmount", "settleUnit"] as const;

export function clocksOf(values: Values) {
  const rules: Record<string, Record<string, string>> = {};
  for (const name of Object.keys(values)) {
    const place = /^rules\.(\d{1,3})\.bodyKind$/.exec(name)?.[1];
    if (place === undefined) continue;
    const row = Object.fromEntries(fields.map((field) => [field, one(values, `rules.${place}.${field}`)]));
    const dropped = one(values, `rules.${place}.drop`) !== "";
    const unused = one(values, `rules.${place}.new`) !== "" && row.category === "";
    if (!dropped && !unused) rules[place] = row;
  }
  return {
    rules,
    limits: Object.fromEntries(limitNames.map((name) => [name, one(values, `limits.${name}`)])),
    version: one(values, "version") || undefined,
  };
}
