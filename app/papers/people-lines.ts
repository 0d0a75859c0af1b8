// Who was there, as papers say it: party by party, in the order of the list.
import type { T } from "../i18n/engine";
import { shortTime } from "./dates";
import type { Block } from "./paper";
import { clean } from "./paper";
import type { OpenRecord, RecordPerson } from "./record";

export type Teller = { t: T; locale: "zh-CN" | "en"; record: OpenRecord };

/** The name behind a reference; the reference itself when nobody on the list has it. */
export const nameOf = ({ record }: Teller, ref: string | null): string => clean(record.people.find((person) => person.ref === ref)?.name.said ?? ref ?? "");

/** Names of one party together: 居委会李明、陈芳（记录），物业赵强. */
function byParty({ t }: Teller, people: readonly RecordPerson[], name: (person: RecordPerson) => string): string {
  const parties = [...new Set(people.map((person) => person.party))];
  return parties
    .map((party) => {
      const label = t(`party.${party}`);
      const names = people.filter((person) => person.party === party).map(name);
      // Where people are called by their office, the party is said already.
      const said = names.every((each) => each.toLowerCase().includes(label.toLowerCase()));
      return said ? names.join(t("paper.list")) : t("paper.of", { party: capital(label), names: names.join(t("paper.list")) });
    })
    .join(t("paper.comma"));
}
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export const fact = (t: T, label: string, text: string): Block => ({ kind: "fact", label: t("paper.colon", { label: clean(label) }), text: clean(text) });

/** The lists 出席, 请假, 缺席, 列席. `exact`: with reasons, times and proxies, as minutes have them. */
export function attendance(teller: Teller, exact: boolean): Block[] {
  const { t, record } = teller;
  const { people, timeZone } = record;
  const aside = (person: RecordPerson): string => {
    const said: string[] = [];
    if (person.ref === record.recorder && !exact) said.push(t("paper.isRecorder"));
    if (exact && person.arrivedAt && person.arrivedAt > (record.meeting.openedAt ?? ""))
      said.push(t("paper.arrivedAt", { time: shortTime(timeZone, person.arrivedAt) }));
    if (exact && person.leftAt) said.push(t("paper.leftAt", { time: shortTime(timeZone, person.leftAt) }));
    if (exact && person.reason) said.push(clean(person.reason.said));
    if (exact && person.proxyTo) said.push(t("paper.proxy", { name: nameOf(teller, person.proxyTo) }));
    return said.length > 0 ? t("paper.aside", { text: said.join(t("paper.comma")) }) : "";
  };
  const line = (label: string, list: readonly RecordPerson[], always: boolean): Block[] =>
    list.length > 0 || always
      ? [fact(t, label, list.length > 0 ? byParty(teller, list, (person) => clean(person.name.said) + aside(person)) : t("paper.nobody"))]
      : [];
  const came = (person: RecordPerson) => person.presence === "present" || person.presence === "left";
  const voters = people.filter((person) => person.votes);
  return [
    ...line(t("paper.present"), voters.filter(came), true),
    ...line(
      t("paper.excused"),
      people.filter((person) => person.presence === "excused"),
      exact,
    ),
    ...line(
      t("paper.absent"),
      people.filter((person) => person.presence === "absent"),
      exact,
    ),
    ...(exact
      ? line(
          t("paper.unknown"),
          people.filter((person) => person.presence === "unknown"),
          false,
        )
      : []),
    ...line(
      t("paper.observers"),
      people.filter((person) => !person.votes && came(person)),
      exact,
    ),
  ];
}
