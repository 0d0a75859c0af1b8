// Bodies and people to choose from, as a form lists them.
import { useT } from "../i18n/t";
import type { Assignees } from "../views/people";
import type { Option } from "./form";

/** Values of a field: "body:…" and "person:…". `without` leaves somebody out. */
export function useHandOptions(who: Assignees, without = ""): (Option & { group: string })[] {
  const t = useT();
  return [
    ...who.bodies.map((b) => ({ value: `body:${b.id}`, label: b.name, group: t("task.new.assignee.bodies") })),
    ...who.people.map((p) => ({ value: `person:${p.id}`, label: p.name, group: t("task.new.assignee.people") })),
  ].filter((o) => o.value !== without);
}
