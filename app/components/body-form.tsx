// What a body is: its name, its place on the stairs, its size, its quorum rule.
import { bodyKinds, parties } from "../domain/vocabulary";
import { useT } from "../i18n/t";
import type { SetupPage, TreeLine } from "../views/setup";
import { CheckList, Select, type Sent, TextInput } from "./form";

export function useBodyFields(): Record<string, string> {
  const t = useT();
  return {
    name: t("setup.body.name"),
    kind: t("setup.body.kind"),
    party: t("setup.body.party"),
    estate: t("setup.body.estate"),
    escalatesToId: t("setup.body.upper"),
    stairwells: t("setup.body.stairwells"),
    households: t("setup.body.households"),
    numerator: t("setup.body.quorum.numerator"),
    denominator: t("setup.body.quorum.denominator"),
    parties: t("setup.body.parties"),
  };
}

const ofQuorum = (sent: Sent): Sent => {
  const field = sent?.refusal.field;
  return sent && field?.startsWith("quorum.") ? { ...sent, refusal: { ...sent.refusal, field: field.slice("quorum.".length) } } : sent;
};

export function BodyForm({ sent: given, before, uppers }: { sent: Sent; before: SetupPage["body"]; uppers: readonly TreeLine[] }) {
  const t = useT();
  const fields = useBodyFields();
  const sent = ofQuorum(given);
  return (
    <>
      <TextInput name="name" label={fields.name ?? ""} value={before?.name ?? ""} sent={sent} />
      <Select
        name="kind"
        label={fields.kind ?? ""}
        value={before?.kind ?? ""}
        sent={sent}
        options={bodyKinds.map((value) => ({ value, label: t(`bodyKind.${value}`) }))}
      />
      <Select
        name="escalatesToId"
        label={fields.escalatesToId ?? ""}
        value={before?.escalatesToId ?? ""}
        empty={t("setup.upper.none")}
        required={false}
        sent={sent}
        options={uppers.filter((u) => u.id !== before?.id).map((u) => ({ value: u.id, label: u.name }))}
      />
      <TextInput name="estate" label={fields.estate ?? ""} hint={t("setup.body.estate.hint")} value={before?.estate ?? ""} required={false} sent={sent} />
      <div className="grid-form grid-form-2">
        <TextInput name="stairwells" label={fields.stairwells ?? ""} value={String(before?.stairwells ?? 0)} inputMode="numeric" sent={sent} />
        <TextInput name="households" label={fields.households ?? ""} value={String(before?.households ?? 0)} inputMode="numeric" sent={sent} />
      </div>
      <Select
        name="party"
        label={fields.party ?? ""}
        hint={t("setup.body.party.hint")}
        value={before?.party ?? ""}
        empty={t("setup.body.party.none")}
        required={false}
        sent={sent}
        options={parties.map((value) => ({ value, label: t(`party.${value}`) }))}
      />
      <fieldset>
        <legend className="head">{t("setup.body.quorum")}</legend>
        <div className="grid-form grid-form-2">
          <TextInput name="numerator" label={fields.numerator ?? ""} value={String(before?.quorum.numerator ?? 2)} inputMode="numeric" sent={sent} />
          <TextInput name="denominator" label={fields.denominator ?? ""} value={String(before?.quorum.denominator ?? 3)} inputMode="numeric" sent={sent} />
        </div>
      </fieldset>
      <CheckList
        name="parties"
        label={fields.parties ?? ""}
        values={before?.quorum.parties ?? []}
        none=""
        sent={sent}
        options={parties.map((value) => ({ value, label: t(`party.${value}`) }))}
      />
    </>
  );
}
