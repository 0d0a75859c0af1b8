// Is it solved, are you content, and why not: asked of the raiser and of everybody who joined, and what they said.
import { useT, useWords } from "../i18n/t";
import type { FollowUpProps, Said } from "../views/follow-up";
import { Choices, Select, type Sent, TextArea } from "./form";

const contents = ["content", "fair", "discontent"] as const;
const whys = ["notDone", "partly", "cameBack", "slow", "manner", "notTold", "other"] as const;

/** The fields' names, so that a problem can be linked from above. */
export function useAnswerFields(): Record<string, string> {
  const t = useT();
  return { solved: t("feedback.solved"), content: t("feedback.content"), why: t("feedback.why"), remark: t("feedback.remark") };
}

/** The three questions. `mine` is what was said before; `needed`: whoever says "not solved" is asked why. */
export function AnswerWords({ sent, hint, mine, needed = false }: { sent: Sent; hint: string; mine: Said | null; needed?: boolean }) {
  const t = useT();
  const fields = useAnswerFields();
  return (
    <>
      <Choices
        name="solved"
        big
        label={fields.solved ?? ""}
        hint={hint}
        sent={sent}
        value={mine ? (mine.solved ? "yes" : "no") : undefined}
        options={[
          { value: "yes", label: t("feedback.solved.yes") },
          { value: "no", label: t("feedback.solved.no") },
        ]}
      />
      <ContentWords sent={sent} mine={mine} needed={needed} />
    </>
  );
}

/** Whether somebody is content and why not, once it is said whether it is solved. */
export function ContentWords({ sent, mine, needed }: { sent: Sent; mine: Said | null; needed: boolean }) {
  const t = useT();
  const fields = useAnswerFields();
  return (
    <>
      <Choices
        name="content"
        big
        label={fields.content ?? ""}
        sent={sent}
        columns={3}
        value={mine?.content ?? undefined}
        options={contents.map((value) => ({ value, label: t(`feedback.content.${value}`) }))}
      />
      <Select
        name="why"
        label={fields.why ?? ""}
        hint={t(needed ? "feedback.why.needed" : "feedback.why.hint")}
        sent={sent}
        required={false}
        value={mine?.why ?? ""}
        empty={t(needed ? "form.choose" : "feedback.why.none")}
        options={whys.map((value) => ({ value, label: t(`why.${value}`) }))}
      />
      <TextArea
        name="remark"
        label={fields.remark ?? ""}
        hint={t("feedback.remark.hint")}
        sent={sent}
        required={false}
        rows={2}
        max={500}
        value={mine?.remark ?? ""}
      />
    </>
  );
}

/** Under the answer: until when the raiser is asked, and what those who joined said. */
export function FollowUp({ followUp: { until, lapsed, neighbours, words, mine }, mine: raiser }: { followUp: FollowUpProps; mine: boolean }) {
  const { t, dates } = useWords();
  return (
    <>
      {lapsed && <p className="soft">{t("followUp.lapsed")}</p>}
      {until && <p className="soft">{t(raiser ? "feedback.until" : "followUp.until", { date: dates.day(until) })}</p>}
      {mine && <p className="soft">{t(mine.solved ? "followUp.mine.solved" : "followUp.mine.unsolved")}</p>}
      {neighbours && neighbours.spoke > 0 && <p className="soft">{t("followUp.neighbours", { ...neighbours, n: neighbours.asked })}</p>}
      {words.length > 0 && (
        <ul className="plain">
          {words.map((word) => (
            <li key={`${word.solved}${word.why}${word.remark}`} className="quote said">
              {[t(word.solved ? "feedback.solved.yes" : "feedback.solved.no"), word.why ? t(`why.${word.why}`) : "", word.remark]
                .filter(Boolean)
                .join(t("list.comma"))}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
