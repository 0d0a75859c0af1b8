// The procedures a body may meet by, in words for whoever calls a meeting.
import type { Db } from "../data/dialect.server";
import { stagesFor } from "../data/procedures.server";
import { sentence, termsOf } from "../domain/procedure";
import type { BodyKind } from "../domain/vocabulary";
import type { Viewer } from "./viewer";

type Text = { zh: string; en: string };
export type ProcedureChoice = { value: string; title: Text; about: Text };

/** What to choose from when a body of this kind is called, the usual one first, each with what it demands before the meeting. */
export async function procedureChoices(db: Db, viewer: Viewer, kind: BodyKind): Promise<ProcedureChoice[]> {
  const choices = await stagesFor(db, viewer.actor.communityId, kind);
  return choices.map(({ procedure, stage }) => {
    const before = stage.rules.filter((r) => r.kind === "notice" || r.kind === "ratify" || r.kind === "parties" || r.kind === "advises");
    const about = (locale: "zh" | "en") => before.map((rule) => sentence(rule, locale)).join(locale === "zh" ? "" : " ") || procedure.about[locale];
    return { value: `${procedure.code}/${stage.code}`, title: termsOf(procedure, stage).title, about: { zh: about("zh"), en: about("en") } };
  });
}
