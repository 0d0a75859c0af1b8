// Whether votes can be taken, and what is missing when not.
import { useT } from "../i18n/t";
import type { MeetingPage } from "../views/meeting-page";

export function QuorumSign({ meeting: { quorum, rule, status } }: { meeting: Pick<MeetingPage, "quorum" | "rule" | "status"> }) {
  const t = useT();
  const parties = rule.parties.map((p) => t(`party.${p}`)).join(t("list.comma"));
  return (
    <div className={`now${quorum.met || (status === "called" && quorum.present === 0) ? "" : " now-soon"}`} aria-live="polite">
      <p className="small soft">{t("meeting.quorum")}</p>
      <p className="head cap">
        {quorum.met
          ? t("meeting.quorum.met")
          : quorum.missing
              .map((m) =>
                m.kind === "heads" ? t("meeting.quorum.missing.heads", { n: m.n }) : t("meeting.quorum.missing.party", { party: t(`party.${m.party}`) }),
              )
              .join(t("list.comma"))}
      </p>
      <p className="small soft">
        {t(quorum.represented > 0 ? "meeting.quorum.figures.represented" : "meeting.quorum.figures", {
          due: quorum.due,
          needed: quorum.needed,
          represented: quorum.represented,
          present: quorum.present - quorum.represented,
        })}
        {parties && <> {t("meeting.quorum.parties", { parties })}</>}
      </p>
    </div>
  );
}
