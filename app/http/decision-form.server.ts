// The fields of a decision's form as its command takes them.
import { parties } from "../domain/vocabulary";
import { one, type Values } from "./respond.server";

export function wordingOf(values: Values) {
  const counts = Object.fromEntries(
    parties.flatMap((party) => {
      const given = (["for", "against", "abstained"] as const)
        .map((kind) => [kind, one(values, `counts.${party}.${kind}`).trim()] as const)
        .filter(([, text]) => text !== "");
      return given.length > 0 ? [[party, Object.fromEntries(given)]] : [];
    }),
  );
  return { text: one(values, "text"), method: one(values, "method"), counts };
}
