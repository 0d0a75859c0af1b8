// From the form that says when a body meets to its command, and a refusal back to the field it is about.
import { inputRefusal } from "../commands/perform.server";
import { type CadenceFields, cadenceFields, presetRule, type Weekday } from "../domain/cadence";
import { accept, type Outcome, type Refusal, refuse } from "../domain/refusal";
import { one, type Values } from "./respond.server";

/** The rule a form says. What was not chosen leaves a gap in it, and reading the rule says where. */
function ruleOf(values: Values): string {
  // Chinese keyboards write digits and commas in full width.
  const plain = (name: string) => one(values, name).normalize("NFKC").trim();
  const figure = (name: string) => (/^-?\d{1,2}$/.test(plain(name)) ? Number(plain(name)) : Number.NaN);
  const weekday = (name: string) => one(values, name) as Weekday;
  switch (one(values, "kind")) {
    case "nth":
      return presetRule({ kind: "nth", nth: figure("nth"), weekday: weekday("weekday") });
    case "monthDays":
      return presetRule({ kind: "monthDays", days: (plain("monthDays").match(/\d{1,3}/g) ?? []).map(Number) });
    case "ending":
      return presetRule({ kind: "ending", digit: figure("digit") });
    case "weekly":
      return presetRule({ kind: "weekly", every: figure("every"), weekday: weekday("weekly") });
    case "quarter":
      return presetRule({ kind: "quarter", month: figure("quarter"), nth: figure("quarterNth"), weekday: weekday("quarterDay") });
    case "own":
      return one(values, "rule");
    default:
      return "";
  }
}

/** A form's fields as the command takes them; none when the body meets as needed. */
export function cadenceOf(values: Values): Record<keyof CadenceFields, string> | null {
  if (one(values, "kind") === "none") return null;
  const text = (name: string) => one(values, name);
  return {
    rule: ruleOf(values),
    startsOn: text("startsOn"),
    time: text("time").slice(0, 5),
    minutes: text("minutes"),
    place: text("place"),
    onDayOff: text("onDayOff"),
  };
}

/** What a form says, as far as dates go by it: a place may still be missing. */
export function datesOf(values: Values): Outcome<CadenceFields> {
  const fields = cadenceOf(values);
  if (!fields) return refuse("cadence.none", {}, "kind");
  const read = cadenceFields.safeParse({ ...fields, place: fields.place.trim() || "-" });
  return read.success ? accept(read.data) : { ok: false, refusal: inputRefusal(read.error) };
}

/** A refusal as the form knows its fields: a rule is the answer of whichever way was chosen. */
export function atField(refusal: Refusal, values: Values): Refusal {
  const field = refusal.field?.replace(/^cadence\./, "");
  if (field !== "rule") return field ? { ...refusal, field } : refusal;
  const kind = one(values, "kind");
  if (kind === "") return { code: "input.choice.missing", params: {}, field: "kind" };
  if (kind === "weekly" && refusal.code === "cadence.badInterval") return { code: "cadence.badEvery", params: {}, field: "every" };
  return { ...refusal, field: kind === "own" ? "rule" : kind === "monthDays" ? "monthDays" : "kind" };
}
