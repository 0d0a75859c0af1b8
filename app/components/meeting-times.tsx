// When and where a meeting is: three native fields and a line; and why it cannot wait.
import { mostUrgency } from "../domain/agenda";
import { useT } from "../i18n/t";
import { type Sent, TextArea, TextInput } from "./form";

export function MeetingTimes({ sent, day, from, to, place }: { sent: Sent; day: string; from: string; to: string; place: string }) {
  const t = useT();
  return (
    <>
      <div className="grid-form grid-form-3">
        <TextInput name="day" problem="startsAt" type="date" label={t("meeting.call.day")} value={day} sent={sent} />
        <TextInput name="from" type="time" label={t("meeting.call.from")} value={from} sent={sent} />
        <TextInput name="until" problem="endsAt" type="time" label={t("meeting.call.to")} value={to} sent={sent} />
      </div>
      {sent?.refusal?.code === "meeting.overlaps" && <input type="hidden" name="overlap" value={String(sent.refusal.params.seen ?? "")} />}
      <TextInput name="place" label={t("meeting.call.place")} value={place} sent={sent} />
    </>
  );
}

/** Why what is not on the urgent track cannot wait for the notice of a regular meeting. `called`: the meeting is an urgent one already, and something is added. */
export function WhyUrgent({ sent, called = false }: { sent: Sent; called?: boolean }) {
  const t = useT();
  return (
    <TextArea
      name="urgency"
      label={t("meeting.call.urgency")}
      hint={t(called ? "meeting.agenda.urgency.hint" : "meeting.call.urgency.hint")}
      rows={2}
      max={mostUrgency}
      required={false}
      sent={sent}
    />
  );
}
