// The plan of a project as a form: who, from when to when, for how much, from where, in which steps.
import { yuan } from "../domain/money";
import { sources } from "../domain/project";
import type { T } from "../i18n/engine";
import { useT } from "../i18n/t";
import type { PlanForm } from "../views/project-form";
import { Select, type Sent, TextInput, typed } from "./form";
import { InOrder } from "./in-order";

/** Names of every field, so that a problem can be linked from above. */
export function planFieldNames(t: T, lines: number): Record<string, string> {
  const names: Record<string, string> = {
    name: t("project.field.name"),
    responsibleId: t("project.field.responsible"),
    personId: t("project.field.person"),
    startsOn: t("project.field.startsOn"),
    endsOn: t("project.field.endsOn"),
    budget: t("project.field.budget"),
    reason: t("project.field.reason"),
  };
  for (const source of sources) names[`funds.${source}`] = t(`source.${source}`);
  for (let n = 0; n < lines; n++)
    for (const [field, what] of [
      ["title", t("project.field.milestone.title")],
      ["startsOn", t("project.field.startsOn")],
      ["endsOn", t("project.field.endsOn")],
      ["weight", t("project.field.milestone.weight")],
      ["ownerId", t("project.field.milestone.owner")],
    ])
      names[`milestones.${n}.${field}`] = t("project.field.of", { n: n + 1, what: what ?? "" });
  return names;
}

export function PlanFields({ plan, sent, edits }: { plan: PlanForm; sent: Sent; edits: boolean }) {
  const t = useT();
  const fields = planFieldNames(t, 0);
  const label = (name: string) => fields[name] ?? "";
  return (
    <>
      <TextInput name="name" label={label("name")} value={plan.name} sent={sent} />
      <Select name="responsibleId" label={label("responsibleId")} value={plan.responsibleId} sent={sent} options={plan.bodies} />
      <Select
        name="personId"
        label={label("personId")}
        value={plan.personId}
        sent={sent}
        required={false}
        empty={t("project.field.person.none")}
        options={plan.people}
      />
      <div className="two">
        <TextInput name="startsOn" type="date" label={label("startsOn")} value={plan.startsOn} sent={sent} />
        <TextInput name="endsOn" type="date" label={label("endsOn")} value={plan.endsOn} sent={sent} />
      </div>
      <TextInput
        name="budget"
        label={label("budget")}
        hint={t("project.field.budget.hint")}
        value={plan.budget === null ? "" : yuan(plan.budget)}
        sent={sent}
      />
      <fieldset className="stack">
        <legend className="title-small">{t("project.field.funds")}</legend>
        <p className="hint">{t("project.field.funds.hint")}</p>
        <div className="two">
          {sources.map((source) => (
            <TextInput
              key={source}
              name={`funds.${source}`}
              label={label(`funds.${source}`)}
              value={plan.funds[source] > 0 ? yuan(plan.funds[source]) : ""}
              required={false}
              sent={sent}
            />
          ))}
        </div>
      </fieldset>
      <fieldset className="stack">
        <legend className="title-small">{t("project.field.milestones")}</legend>
        <p className="hint">
          {t("project.field.milestones.hint")} {edits && t("project.field.milestones.edit")}
        </p>
        <InOrder of={plan.lines} each={(line, n) => <MilestoneLine n={n} line={line} bodies={plan.bodies} sent={sent} />} />
      </fieldset>
    </>
  );
}

function MilestoneLine({ n, line, bodies, sent }: { n: number; line: PlanForm["lines"][number]; bodies: PlanForm["bodies"]; sent: Sent }) {
  const t = useT();
  const name = (field: string) => `milestones.${n}.${field}`;
  return (
    <fieldset className="plan-line">
      <legend className="small soft">{t("project.field.milestone.n", { n: n + 1 })}</legend>
      <input type="hidden" name={name("id")} value={typed(sent, name("id"), line.id)} />
      <TextInput name={name("title")} label={t("project.field.milestone.title")} value={line.title} required={false} sent={sent} />
      <div className="two">
        <TextInput name={name("startsOn")} type="date" label={t("project.field.startsOn")} value={line.startsOn} required={false} sent={sent} />
        <TextInput name={name("endsOn")} type="date" label={t("project.field.endsOn")} value={line.endsOn} required={false} sent={sent} />
        <TextInput
          name={name("weight")}
          label={t("project.field.milestone.weight")}
          value={String(line.weight)}
          inputMode="numeric"
          required={false}
          sent={sent}
        />
        <Select name={name("ownerId")} label={t("project.field.milestone.owner")} value={line.ownerId} required={false} sent={sent} options={bodies} />
      </div>
    </fieldset>
  );
}
