// A community's deadlines: level by level, a table whose figures can be typed over.
import { limitNames } from "../domain/clock";
import { categories, type Track, tracks } from "../domain/vocabulary";
import type { Key } from "../i18n/engine";
import { useT } from "../i18n/t";
import type { ClocksPage } from "../views/clocks";
import { type Sent, TextInput, typed } from "./form";

type Level = ClocksPage["levels"][number];
type Rule = Level["rules"][number];
const figures = ["respond", "settle"] as const;

/** What a rule is called beside its fields and in a problem's summary. */
function useRuleName(): (kind: Level["kind"], rule: Pick<Rule, "track" | "category"> | null) => string {
  const t = useT();
  return (kind, rule) => {
    const level = t(`bodyKind.${kind}`);
    if (!rule) return `${level} ${t("clocks.add")}`;
    const track = t(`track.${rule.track}`);
    return rule.category === "" ? t("clocks.rule", { level, track }) : t("clocks.rule.category", { level, track, category: t(`category.${rule.category}`) });
  };
}

/** Names of all fields, so that a problem can be linked from above. */
export function useClockFields(page: ClocksPage): Record<string, string> {
  const t = useT();
  const name = useRuleName();
  const of = (place: number, what: string) =>
    ["respondAmount", "respondUnit", "settleAmount", "settleUnit", "category"].map((f) => [`rules.${place}.${f}`, t(`clocks.of.${f}` as Key, { what })]);
  return Object.fromEntries([
    ...page.levels.flatMap((level) => [...level.rules.flatMap((r) => of(r.place, name(level.kind, r))), ...of(level.next, name(level.kind, null))]),
    ...limitNames.map((limit) => [`limits.${limit}`, t(`clocks.limits.${limit}`)]),
  ]);
}

export function ClocksForm({ page, sent }: { page: ClocksPage; sent: Sent }) {
  const t = useT();
  return (
    <>
      {page.levels.map((level) => (
        <LevelTable key={level.kind} level={level} sent={sent} />
      ))}
      <section>
        <h2 className="title-small mb-4">{t("clocks.limits")}</h2>
        <div className="grid-form grid-form-2">
          {limitNames.map((limit) => (
            <TextInput
              key={limit}
              name={`limits.${limit}`}
              label={t(`clocks.limits.${limit}`)}
              value={String(page.limits[limit])}
              inputMode="numeric"
              sent={sent}
            />
          ))}
        </div>
      </section>
    </>
  );
}

function LevelTable({ level, sent }: { level: Level; sent: Sent }) {
  const t = useT();
  const name = useRuleName();
  return (
    <section>
      <h2 className="title-small clocks-level">{t(`bodyKind.${level.kind}`)}</h2>
      <table className="table table-fold clocks">
        <thead>
          <tr>
            <th>{t("clocks.col.track")}</th>
            <th>{t("clocks.col.category")}</th>
            <th>{t("clocks.col.respond")}</th>
            <th>{t("clocks.col.settle")}</th>
          </tr>
        </thead>
        <tbody>
          {level.rules.map((rule) => {
            const what = name(level.kind, rule);
            return (
              <tr key={rule.place}>
                <td className="strong">
                  {t(`track.${rule.track}.long`)}
                  <Hidden place={rule.place} values={{ bodyKind: level.kind, track: rule.track, category: rule.category }} />
                </td>
                <td data-label={t("clocks.col.category")}>
                  {rule.category === "" ? (
                    <span className="soft">{t("clocks.any")}</span>
                  ) : (
                    <span className="clocks-own">
                      {t(`category.${rule.category}`)}
                      <label className="small">
                        <input
                          type="checkbox"
                          name={`rules.${rule.place}.drop`}
                          value="yes"
                          defaultChecked={typed(sent, `rules.${rule.place}.drop`) !== ""}
                          aria-label={t("clocks.drop.of", { what })}
                        />
                        {t("clocks.drop")}
                      </label>
                    </span>
                  )}
                </td>
                <Amounts place={rule.place} what={what} rule={rule} sent={sent} />
              </tr>
            );
          })}
        </tbody>
      </table>
      <NewRule level={level} sent={sent} />
    </section>
  );
}

/** A category's own rule, folded away until somebody wants one. */
function NewRule({ level, sent }: { level: Level; sent: Sent }) {
  const t = useT();
  const place = level.next;
  const what = useRuleName()(level.kind, null);
  const at = (field: string) => `rules.${place}.${field}`;
  const first = level.rules[0];
  const wrong = sent?.refusal.field?.startsWith(`rules.${place}.`) || typed(sent, at("category")) !== "";
  return (
    <details className="more clocks-more" open={wrong || undefined}>
      <summary>{t("clocks.add")}</summary>
      <p className="small soft mt-3">{t("clocks.add.lead")}</p>
      <Hidden place={place} values={{ bodyKind: level.kind, new: "yes" }} />
      <table className="table table-fold clocks">
        <tbody>
          <tr>
            <td data-label={t("clocks.col.track")}>
              <Pick
                name={at("track")}
                label={t("clocks.col.track")}
                value="urgent"
                sent={sent}
                options={tracks.map((track: Track) => [track, t(`track.${track}.long`)] as const)}
              />
            </td>
            <td data-label={t("clocks.col.category")}>
              <Pick
                name={at("category")}
                label={t("clocks.of.category", { what })}
                value=""
                sent={sent}
                options={[["", t("clocks.add.which")] as const, ...categories.map((c) => [c, t(`category.${c}`)] as const)]}
              />
            </td>
            {first && <Amounts place={place} what={what} rule={first} sent={sent} />}
          </tr>
        </tbody>
      </table>
    </details>
  );
}

function Hidden({ place, values }: { place: number; values: Record<string, string> }) {
  return (
    <>
      {Object.entries(values).map(([field, value]) => (
        <input key={field} type="hidden" name={`rules.${place}.${field}`} value={value} />
      ))}
    </>
  );
}

function Amounts({ place, what, rule, sent }: { place: number; what: string; rule: Rule; sent: Sent }) {
  const t = useT();
  return (
    <>
      {figures.map((figure) => {
        const amount = `rules.${place}.${figure}Amount`;
        const unit = `rules.${place}.${figure}Unit`;
        return (
          <td key={figure} data-label={t(`clocks.col.${figure}`)}>
            <span className="clocks-figure">
              <input
                className="input"
                id={`f-${amount.replaceAll(".", "-")}`}
                name={amount}
                inputMode="numeric"
                defaultValue={typed(sent, amount, String(rule[`${figure}Amount`]))}
                aria-label={t(`clocks.of.${figure}Amount`, { what })}
                aria-invalid={sent?.refusal.field === amount ? true : undefined}
              />
              <Pick
                name={unit}
                label={t(`clocks.of.${figure}Unit`, { what })}
                value={rule[`${figure}Unit`]}
                sent={sent}
                options={[
                  ["hours", t("clocks.unit.hours")],
                  ["workingDays", t("clocks.unit.workingDays")],
                ]}
              />
            </span>
          </td>
        );
      })}
    </>
  );
}

function Pick({
  name,
  label,
  value,
  options,
  sent,
}: {
  name: string;
  label: string;
  value: string;
  options: readonly (readonly [string, string])[];
  sent: Sent;
}) {
  return (
    <select
      className="input"
      id={`f-${name.replaceAll(".", "-")}`}
      name={name}
      defaultValue={typed(sent, name, value)}
      aria-label={label}
      aria-invalid={sent?.refusal.field === name ? true : undefined}
    >
      {options.map(([code, word]) => (
        <option key={code} value={code}>
          {word}
        </option>
      ))}
    </select>
  );
}
