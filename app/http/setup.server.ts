// Pages of the secretary: everybody else is told whose they are.
import type { LoaderFunctionArgs } from "@remix-run/node";
import { maySetUp } from "../views/setup";
import { allowed, look } from "./look.server";
import { many, one, orNull, type Values } from "./respond.server";

export async function setUp(args: LoaderFunctionArgs) {
  const asked = await look(args);
  allowed(await maySetUp(asked.db, asked.viewer));
  return asked;
}

/** A body's form as its command takes it. */
export const bodyFieldsOf = (values: Values) => ({
  name: one(values, "name"),
  kind: one(values, "kind"),
  party: orNull(one(values, "party")),
  estate: orNull(one(values, "estate").trim()),
  escalatesToId: orNull(one(values, "escalatesToId")),
  stairwells: one(values, "stairwells") || 0,
  households: one(values, "households") || 0,
  quorum: { numerator: one(values, "numerator") || 2, denominator: one(values, "denominator") || 3, parties: many(values, "parties") },
});

export const officeFieldsOf = (values: Values) => ({
  role: one(values, "role"),
  party: one(values, "party"),
  startsOn: orNull(one(values, "startsOn")),
  endsOn: orNull(one(values, "endsOn")),
});
