// How far a project is and how its money stands, in words.
import { yuan } from "../domain/money";
import { type Pace, shownShare } from "../domain/schedule";
import type { T } from "../i18n/engine";
import { useWords } from "../i18n/t";
import type { State } from "../views/project-page";
import { LightSign } from "./sign";

/** Tenths as people write them: 262 is 26.2. */
export const tenths = (n: number): string => `${Math.floor(Math.abs(n) / 10)}.${Math.abs(n) % 10}`;
/** A share as shown, in whole percents where nothing is lost: 2,400 is 24, 2,450 is 24.5. */
export function percentOf(share: number): string {
  const tenth = shownShare(share);
  return tenth % 10 === 0 ? String(tenth / 10) : tenths(tenth);
}

/** Ahead of the plan, behind it, or on it. */
export const aheadWords = (t: T, { ahead }: Pace): string =>
  ahead === 0 ? t("pace.even") : t(ahead > 0 ? "pace.ahead" : "pace.behind", { points: tenths(ahead) });

/** The same with what it is of the plan by today: "117.9% of plan, 26.2 points ahead". */
export const paceWords = (t: T, pace: Pace): string =>
  pace.ratio === null ? aheadWords(t, pace) : [t("pace.ratio", { ratio: tenths(pace.ratio) }), aheadWords(t, pace)].join(t("list.clause"));

/** What stands beside the light. */
export function standingWords(t: T, { standing, pace }: State): string | undefined {
  switch (standing) {
    case "days":
      return undefined;
    case "ahead":
    case "behind":
    case "even":
      return aheadWords(t, pace);
    case "done":
      return t("pace.done.word");
    default:
      return t(`pace.${standing}`);
  }
}

/** `whole`: with what it is of the plan by today. */
export function StateSign({ state, whole }: { state: State; whole?: boolean }) {
  const { t } = useWords();
  const { standing, pace } = state;
  const said = whole && (standing === "ahead" || standing === "behind") ? paceWords(t, pace) : standingWords(t, state);
  return <LightSign light={state.light} said={said} />;
}

export function Yuan({ fen }: { fen: number }) {
  const { t } = useWords();
  return <span className="num">{t("money.yuan", { amount: yuan(fen) })}</span>;
}
