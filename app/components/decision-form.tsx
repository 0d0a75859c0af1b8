// The wording of a decision: what, how it was decided, and the hands of each party when they were counted.
import { type Method, methods } from "../domain/decision";
import { parties } from "../domain/vocabulary";
import { motionOf } from "../domain/vote";
import { useT } from "../i18n/t";
import type { DecisionProps } from "../views/decisions";
import type { PartyVoters } from "../views/room";
import { Choices, type Sent, TextArea, typed, useIdOf } from "./form";
import { TallyBar } from "./record";

const kinds = ["for", "against", "abstained"] as const;

export function useDecisionFields(): Record<string, string> {
  const t = useT();
  const counts = Object.fromEntries(parties.map((p) => [`counts.${p}`, t(`party.${p}`)]));
  return { text: t("decision.text"), method: t("decision.method"), outcome: t("decision.outcomeOf"), counts: t("decision.counts"), ...counts };
}

type Before = Pick<DecisionProps, "text" | "method" | "counts">;

/** A decision that stands on a vote: words, way and counts are the vote's. */
export function VotedWords({ vote }: { vote: { question: string } & Pick<Before, "method" | "counts"> }) {
  const t = useT();
  return (
    <>
      <div className="now">
        <p className="small soft">{t("decision.motion")}</p>
        <p className="said strong mb-3">{motionOf(vote.question)}</p>
        <p className="small soft">{t("decision.method")}</p>
        <p className="strong">{t(`method.${vote.method}`)}</p>
        <TallyBar counts={vote.counts} />
        <p className="small soft mt-3">{t("decision.motion.hint")}</p>
      </div>
      <input type="hidden" name="text" value={motionOf(vote.question)} />
      <input type="hidden" name="method" value={vote.method} />
    </>
  );
}

/** `known`: the ways the meeting's procedure knows; where it only advises all stand, for what is put off. */
export function DecisionWords({ sent, known, here, before }: { sent: Sent; known: readonly Method[]; here: PartyVoters; before?: Before }) {
  const t = useT();
  const offered = known.length === 0 ? methods : methods.filter((value) => known.includes(value) || value === before?.method);
  return (
    <>
      <TextArea name="text" label={t("decision.text")} hint={t("decision.text.hint")} sent={sent} value={before?.text ?? ""} rows={3} max={2000} keep />
      <Choices
        name="method"
        label={t("decision.method")}
        sent={sent}
        value={before?.method ?? offered[0]}
        columns={3}
        options={offered.map((value) => ({ value, label: t(`method.${value}`) }))}
      />
      <Counting sent={sent} here={here} before={before?.counts} />
    </>
  );
}

/** Hands by party: for, against, abstained. */
export function Counting({ sent, here, before }: { sent: Sent; here: PartyVoters; before?: DecisionProps["counts"] | undefined }) {
  const t = useT();
  const idOf = useIdOf();
  const field = sent?.refusal.field ?? "";
  const wrong = field === "counts" || field.startsWith("counts.");
  return (
    <fieldset className={`field${wrong ? " field-error" : ""}`} id={idOf("counts")}>
      <legend>{t("decision.counts")}</legend>
      <p className="hint">{t("decision.counts.hint")}</p>
      <table className="counts">
        <thead>
          <tr>
            <th>{t("decision.counts.party")}</th>
            {kinds.map((kind) => (
              <th key={kind}>{t(`decision.${kind}`)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {here.map(({ party, n }) => (
            <tr key={party} id={idOf(`counts.${party}`)}>
              <th scope="row">
                {t(`party.${party}`)} <span className="small soft num">{n}</span>
              </th>
              {kinds.map((kind) => {
                const name = `counts.${party}.${kind}`;
                const known = before?.[party]?.[kind];
                return (
                  <td key={kind}>
                    <input
                      className="input"
                      name={name}
                      inputMode="numeric"
                      defaultValue={typed(sent, name, known ? String(known) : "")}
                      aria-label={t("decision.count.of", { party: t(`party.${party}`), kind: t(`decision.${kind}`) })}
                    />
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </fieldset>
  );
}
