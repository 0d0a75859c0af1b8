// Which list of figures an address asks for.
import { type FigureAsk, figureSets } from "../views/filters";

/** The question of an address, or null when it names no figure; and which page of the answer. */
export function figureAsk(asked: URLSearchParams): { ask: FigureAsk | null; page: number } {
  const of = figureSets.find((set) => set === asked.get("of"));
  const side = (["yes", "no"] as const).find((s) => s === asked.get("side"));
  const given = (name: string) => asked.get(name) ?? undefined;
  const page = Number(asked.get("page") ?? 1);
  return {
    ask: of
      ? {
          of,
          side,
          period: given("period"),
          body: given("body"),
          category: given("category"),
          level: given("level"),
          building: given("building"),
          age: given("age"),
        }
      : null,
    page: Number.isInteger(page) && page > 0 && page < 100_000 ? page : 1,
  };
}
