// An office: what for, for which party, from when to when.
import { parties, roles } from "../domain/vocabulary";
import { useT } from "../i18n/t";
import type { MemberLine } from "../views/setup";
import { Select, type Sent, TextInput } from "./form";

export function useOfficeFields(): Record<string, string> {
  const t = useT();
  return { role: t("setup.member.role"), party: t("setup.member.party"), startsOn: t("setup.member.starts"), endsOn: t("setup.member.ends") };
}

export function OfficeForm({ sent, before, today }: { sent: Sent; before: Pick<MemberLine, "role" | "party" | "startsOn" | "endsOn"> | null; today: string }) {
  const t = useT();
  const fields = useOfficeFields();
  return (
    <>
      <Select
        name="role"
        label={fields.role ?? ""}
        value={before?.role ?? ""}
        sent={sent}
        options={roles.map((value) => ({ value, label: t(`role.${value}`) }))}
      />
      <Select
        name="party"
        label={fields.party ?? ""}
        value={before?.party ?? ""}
        sent={sent}
        options={parties.map((value) => ({ value, label: t(`party.${value}`) }))}
      />
      <div className="grid-form grid-form-2">
        <TextInput name="startsOn" type="date" label={fields.startsOn ?? ""} value={before?.startsOn ?? today} sent={sent} />
        <TextInput
          name="endsOn"
          type="date"
          label={fields.endsOn ?? ""}
          hint={t("setup.member.ends.hint")}
          value={before?.endsOn ?? ""}
          required={false}
          sent={sent}
        />
      </div>
    </>
  );
}
