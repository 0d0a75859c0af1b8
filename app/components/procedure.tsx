// Rules in words with their source, and a matter's way through its stages.
import { inLocale } from "../i18n/engine";
import { useWords } from "../i18n/t";
import type { CourseProps, RuleLine, Text } from "../views/procedures";

/** Words of a procedure in the reader's language. */
export function useSaid(): (text: Text) => string {
  const { locale } = useWords();
  return (text) => inLocale(locale, text);
}

/** A rule: its number, its sentence, where it comes from. */
export function RuleText({ rule }: { rule: RuleLine }) {
  const said = useSaid();
  return (
    <>
      <p>
        <span className="num soft">{rule.id}</span> <span>{said(rule.text)}</span>
      </p>
      <p className="small soft">{said(rule.source)}</p>
    </>
  );
}

/** The stages in their order, each with a word for where it stands. */
export function CourseList({ course }: { course: CourseProps }) {
  const { t, dates } = useWords();
  const said = useSaid();
  return (
    <section className="section">
      <h2 className="title-small">{t("course.title", { procedure: said(course.title) })}</h2>
      {course.status !== "running" && <p className="soft">{t(`course.status.${course.status}`, { reason: course.reason })}</p>}
      <ol className="way mt-3">
        {course.stages.map((stage) => (
          <li key={stage.code} aria-current={stage.state === "now" ? "step" : undefined}>
            <p className={stage.state === "now" ? "head" : undefined}>{said(stage.title)}</p>
            <p className="small soft">
              {stage.posted
                ? t("course.posted", { from: dates.localDay(stage.posted.from), until: dates.localDay(stage.posted.until) })
                : t(stage.state === "now" && stage.bodies.length === 0 ? "course.stage.unposted" : `course.stage.${stage.state}`, {
                    date: stage.at ? dates.day(stage.at) : "",
                  })}
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}
