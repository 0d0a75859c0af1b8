// Whether votes can be taken, and what is missing when not.
import { useT } from "../i18n/t";
import type { MeetingPage } from "../views/meeting-page";

/** Who is there, in one sentence wherever it is said: in the room, represented, attending without a vote, recused. */
export function useThere(): (of: { present: number; represented?: number; guests?: number; recused?: number }) => string {
  const t = useT();
  return ({ present, represented = 0, guests = 0, recused = 0 }) =>
    [
      t("there.present", { n: present }),
      represented > 0 && t("there.represented", { n: represented }),
      guests > 0 && t("there.guests", { n: guests }),
      recused > 0 && t("there.recused", { n: recused }),
    ]
      .filter((part) => part !== false)
      .join(t("list.clause"));
}

/** What `useThere` says of a meeting: its voters as the quorum counts them, and who attends besides. */
export const thereIn = ({ quorum, seats }: Pick<MeetingPage, "quorum" | "seats">) => ({
  present: quorum.present - quorum.represented,
  represented: quorum.represented,
  guests: seats.filter((s) => !s.votes && s.presence === "present").length,
});

export function QuorumSign({ meeting: { quorum, rule, status } }: { meeting: Pick<MeetingPage, "quorum" | "rule" | "status"> }) {
  const t = useT();
  const parties = rule.parties.map((p) => t(`party.${p}`)).join(t("list.comma"));
  // Before anybody is marked there, nobody is missing yet.
  const later = status === "called" && quorum.present === 0;
  const absent = quorum.missing.flatMap((m) => (m.kind === "party" ? [t(`party.${m.party}`)] : []));
  const missing = [
    ...quorum.missing.flatMap((m) => (m.kind === "heads" ? [t("meeting.quorum.missing.heads", { n: m.n })] : [])),
    ...(absent.length > 0 ? [t("meeting.quorum.missing.party", { party: absent.join(t("list.comma")) })] : []),
  ];
  return (
    <div className={`now${quorum.met || later ? "" : " now-soon"}`} aria-live="polite">
      <p className="small soft">{t("meeting.quorum")}</p>
      <p className="head cap">
        {quorum.met ? t(status === "closed" ? "meeting.quorum.was" : "meeting.quorum.met") : later ? t("meeting.quorum.later") : missing.join(t("list.clause"))}
      </p>
      <p className="small soft">
        {t(quorum.represented > 0 ? "meeting.quorum.figures.represented" : later ? "meeting.quorum.figures.later" : "meeting.quorum.figures", {
          due: quorum.due,
          needed: quorum.needed,
          represented: quorum.represented,
          present: quorum.present - quorum.represented,
        })}
        {parties && t("meeting.quorum.parties.also", { parties })}
      </p>
    </div>
  );
}
