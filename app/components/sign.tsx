// The three signs and their three questions: how long is left (light), where it is (staircase), who (seal).
import type { Light } from "../domain/clock";
import type { Step } from "../domain/stairs";
import type { Party } from "../domain/vocabulary";
import type { Dates, Key, T } from "../i18n/engine";
import { useWords } from "../i18n/t";

export const shapes: Record<Light["state"], JSX.Element> = {
  ok: (
    <>
      <circle cx="8" cy="8" r="6.5" fill="none" stroke="currentColor" strokeWidth="2" />
      <circle cx="8" cy="8" r="3" fill="currentColor" />
    </>
  ),
  soon: (
    <>
      <path d="M8 1.2 15.4 14.6H.6z" fill="currentColor" />
      <path d="M8 6v4.2M8 11.6v1.6" stroke="var(--color-sheet)" strokeWidth="1.8" />
    </>
  ),
  late: (
    <>
      <path d="M5 .8h6L15.2 5v6L11 15.2H5L.8 11V5z" fill="currentColor" />
      <path d="M8 4v5M8 10.6v1.8" stroke="var(--color-sheet)" strokeWidth="2" />
    </>
  ),
  paused: <path d="M4.5 2.5v11M11.5 2.5v11" stroke="currentColor" strokeWidth="2.6" />,
  done: <path d="m1.8 8.6 4 4L14.2 3.6" fill="none" stroke="currentColor" strokeWidth="2.4" />,
};

/** Shape, word and, last, colour. `word` says what a paused or finished thing waits for; `said` is said instead of the days. */
export function LightSign({ light, word, said }: { light: Light; word?: Key | undefined; said?: string | undefined }) {
  const { t, dates } = useWords();
  return (
    <span className={`light light-${light.state}`}>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        {shapes[light.state]}
      </svg>
      {said ?? (word ? t(word) : lightWords(light, t, dates))}
    </span>
  );
}

/** What a light says of itself. Without `dates` an hour of today is said in hours. */
export function lightWords(light: Light, t: T, dates?: Dates): string {
  if (light.state === "done") return t("light.done");
  if (light.state === "paused" || !light.left) return light.state === "soon" ? t("light.now") : t("light.paused");
  const { unit, n } = light.left;
  if (light.state === "late") return t(`light.late.${unit}`, { n });
  if (unit === "hours" && light.due && dates?.isToday(light.due)) return t("light.today", { time: dates.time(light.due) });
  return t(`light.ok.${unit}`, { n });
}

export function Seal({ party }: { party: Party }) {
  const { t } = useWords();
  return (
    <span className={`seal seal-${party}`} aria-hidden="true">
      {t(`party.${party}.seal`)}
    </span>
  );
}

export function Who({ party, name }: { party: Party | null; name: string }) {
  return (
    <span className="who">
      {party && <Seal party={party} />}
      <span>{name}</span>
    </span>
  );
}

/** With five levels and more: the held one, its two neighbours, and how many are left out. */
function shown(steps: readonly Step[]): { steps: readonly Step[]; left: number } {
  if (steps.length < 5) return { steps, left: 0 };
  const at = Math.max(
    0,
    steps.findIndex((s) => s.state === "held" || s.state === "done"),
  );
  const from = Math.max(0, Math.min(at - 1, steps.length - 3));
  return { steps: steps.slice(from, from + 3), left: steps.length - 3 };
}

export function Staircase({ steps, home }: { steps: readonly Step[]; home: boolean }) {
  const { t, dates } = useWords();
  const { steps: climb, left } = shown(steps);
  return (
    <ol className={`stairs${climb.length > 3 ? " stairs-many" : ""}`} aria-label={home ? t("stairs.home", { name: steps[0]?.name ?? "" }) : t("stairs.label")}>
      {climb.map((step, level) => (
        <li
          key={step.bodyId}
          className={`step step-${step.state}`}
          style={{ "--i": level } as React.CSSProperties}
          aria-current={step.state === "held" ? "step" : undefined}
        >
          <b>{step.name}</b>
          <span>{t(`step.${step.fact.what}`, { date: step.fact.at ? dates.day(step.fact.at) : "", due: step.fact.due ? dates.day(step.fact.due) : "" })}</span>
          {step.days !== null && (step.running || step.days > 0) && (
            <em>{step.running ? t("stairs.dayNumber", { n: step.days }) : t("stairs.days", { n: step.days })}</em>
          )}
        </li>
      ))}
      {left > 0 && <li className="step step-more">{t("stairs.more", { n: left })}</li>}
    </ol>
  );
}

/** The staircase in a list: never without words beside it. */
export function MiniStairs({ steps, label }: { steps: readonly Step[]; label: string }) {
  const climb = shown(steps).steps;
  const rise = climb.length > 3 ? 6.5 : 8;
  const run = 33 / climb.length;
  const at = climb.findIndex((s) => s.state === "held" || s.state === "done");
  return (
    <span className="mini">
      <svg viewBox="0 1 44 31" aria-hidden="true">
        {climb.map((step, level) => {
          const ahead = step.state === "ahead";
          const [x, y, width, height] = [level * run, 26 - level * rise, 44 - level * run, rise - 2];
          const kind = step.state === "held" ? "held" : ahead ? "ahead" : "passed";
          return ahead ? (
            <rect key={step.bodyId} className={kind} x={x + 0.5} y={y + 0.5} width={width - 1} height={height - 1} rx="1" />
          ) : (
            <rect key={step.bodyId} className={kind} x={x} y={y} width={width} height={height} rx="1" />
          );
        })}
        {at >= 0 && <circle className="stone" cx={at * run + 4.5} cy={22.5 - at * rise} r="3.4" />}
      </svg>
      {label}
    </span>
  );
}

export function Logo() {
  return (
    <svg width="30" height="30" viewBox="0 0 32 32" aria-hidden="true">
      <g fill="var(--color-jade)">
        <rect x="2" y="24" width="28" height="5" rx="1" />
        <rect x="10" y="17" width="20" height="5" rx="1" />
        <rect x="18" y="10" width="12" height="5" rx="1" />
      </g>
      <circle cx="13.2" cy="12.4" r="3.4" fill="var(--color-ink)" />
    </svg>
  );
}
