// When a body meets, asked the way people say it; each way writes a rule.
import type { ReactNode } from "react";
import { type Cadence, nths, onDayOffs, type Preset, presetKinds, presetOf, weekdays } from "../domain/cadence";
import type { Values } from "../http/respond.server";
import { useT } from "../i18n/t";
import { Choices, Select, type Sent, TextInput } from "./form";

export function useCadenceFields(): Record<string, string> {
  const t = useT();
  return {
    kind: t("cadence.kind"),
    monthDays: t("cadence.monthDays"),
    every: t("cadence.howOften"),
    rule: t("cadence.rule"),
    startsOn: t("cadence.startsOn"),
    time: t("cadence.time"),
    minutes: t("cadence.minutes"),
    place: t("cadence.place"),
    onDayOff: t("cadence.onDayOff"),
  };
}

/** The form's fields as a cadence that is already set fills them. */
function filled(cadence: Cadence | null, today: string): Values {
  const preset: Preset | null = cadence && presetOf(cadence.rule);
  const values: Values = {
    kind: preset?.kind ?? "",
    startsOn: cadence?.startsOn ?? today,
    time: cadence?.time ?? "19:00",
    minutes: String(cadence?.minutes ?? 90),
    place: cadence?.place ?? "",
    onDayOff: cadence?.onDayOff ?? "move",
    rule: cadence?.rule ?? "",
  };
  if (preset?.kind === "nth") return { ...values, nth: String(preset.nth), weekday: preset.weekday };
  if (preset?.kind === "monthDays") return { ...values, monthDays: preset.days.join(", ") };
  if (preset?.kind === "ending") return { ...values, digit: String(preset.digit) };
  if (preset?.kind === "weekly") return { ...values, every: String(preset.every), weekly: preset.weekday };
  if (preset?.kind === "quarter") return { ...values, quarter: String(preset.month), quarterNth: String(preset.nth), quarterDay: preset.weekday };
  return values;
}

/** `typed`: what was typed before, when a press showed the dates or was refused. */
export function CadenceForm({ sent, typed, cadence, today }: { sent: Sent; typed: Values | undefined; cadence: Cadence | null; today: string }) {
  const t = useT();
  const fields = useCadenceFields();
  const values = typed ?? filled(cadence, today);
  const value = (name: string, otherwise = "") => String(values[name] ?? otherwise);
  const days = weekdays.map((day) => ({ value: day, label: t(`weekday.${day}`) }));
  const counted = nths.map((n) => ({ value: String(n), label: t(`cadence.nth.${n === -1 ? "last" : n}` as "cadence.nth.1") }));
  const figures = (list: readonly number[], key: "cadence.digit" | "cadence.every" | "cadence.quarterMonth") =>
    list.map((n) => ({ value: String(n), label: key === "cadence.quarterMonth" ? t(`${key}.${n}` as "cadence.quarterMonth.1") : t(key, { n }) }));
  const more: Record<Preset["kind"], ReactNode> = {
    nth: (
      <div className="grid-form grid-form-2">
        <Select name="nth" label={t("cadence.which")} options={counted} value={value("nth", "-1")} sent={sent} />
        <Select name="weekday" label={t("cadence.weekday")} options={days} value={value("weekday", "TH")} sent={sent} />
      </div>
    ),
    monthDays: <TextInput name="monthDays" label={t("cadence.monthDays")} hint={t("cadence.monthDays.hint")} value={value("monthDays")} sent={sent} />,
    ending: (
      <Select
        name="digit"
        label={t("cadence.ending")}
        options={figures([1, 2, 3, 4, 5, 6, 7, 8, 9, 0], "cadence.digit")}
        value={value("digit", "4")}
        sent={sent}
      />
    ),
    weekly: (
      <div className="grid-form grid-form-2">
        <Select name="every" label={t("cadence.howOften")} options={figures([1, 2, 3, 4], "cadence.every")} value={value("every", "1")} sent={sent} />
        <Select name="weekly" label={t("cadence.weekday")} options={days} value={value("weekly", "TH")} sent={sent} />
      </div>
    ),
    quarter: (
      <div className="grid-form grid-form-3">
        <Select
          name="quarter"
          label={t("cadence.quarterMonth")}
          options={figures([1, 2, 3], "cadence.quarterMonth")}
          value={value("quarter", "3")}
          sent={sent}
        />
        <Select name="quarterNth" label={t("cadence.which")} options={counted} value={value("quarterNth", "-1")} sent={sent} />
        <Select name="quarterDay" label={t("cadence.weekday")} options={days} value={value("quarterDay", "TH")} sent={sent} />
      </div>
    ),
    own: <TextInput name="rule" label={fields.rule ?? ""} hint={t("cadence.rule.hint")} value={value("rule")} sent={sent} />,
  };
  return (
    <>
      <Choices
        name="kind"
        label={fields.kind ?? ""}
        columns={1}
        sent={sent}
        value={value("kind")}
        options={[
          ...presetKinds.map((kind) => ({ value: kind, label: t(`cadence.kind.${kind}`), hint: t(`cadence.kind.${kind}.hint`), more: more[kind] })),
          { value: "none", label: t("cadence.kind.none"), hint: t("cadence.kind.none.hint") },
        ]}
      />
      <div className="grid-form grid-form-3">
        <TextInput name="startsOn" type="date" label={fields.startsOn ?? ""} value={value("startsOn")} sent={sent} />
        <TextInput name="time" type="time" label={fields.time ?? ""} value={value("time")} sent={sent} />
        <TextInput name="minutes" label={fields.minutes ?? ""} value={value("minutes")} inputMode="numeric" sent={sent} />
      </div>
      <TextInput name="place" label={fields.place ?? ""} value={value("place")} sent={sent} />
      <Choices
        name="onDayOff"
        label={fields.onDayOff ?? ""}
        hint={t("cadence.onDayOff.hint")}
        columns={1}
        sent={sent}
        value={value("onDayOff")}
        options={onDayOffs.map((way) => ({ value: way, label: t(`cadence.onDayOff.${way}`) }))}
      />
    </>
  );
}
