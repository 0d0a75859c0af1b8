import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { signPaper } from "../commands/paper/sign";
import { TextInput, typed } from "../components/form";
import { PaperSheet } from "../components/paper-sheet";
import { VerbPage } from "../components/verb-page";
import { actOnPaper, paperFor } from "../http/paper-verb.server";
import { passwordProblem } from "../http/passwords.server";
import { formOf, one, refused, type Values, valuesOf } from "../http/respond.server";
import { signedIn } from "../http/session.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";

export const meta = titled("signing.sign");
export const handle = { enhance: "tools" };
export const loader = (args: LoaderFunctionArgs) => paperFor(args, "sign");

/** Strokes as our pad writes them, to be drawn again; nothing where it is anything else. */
const drawnAgain = (strokes: string): string => (/^\[\[\d+(,\d+|\],\[\d+)*\]\]$/.test(strokes) ? strokes : "");

/** A name that was drawn goes before one that was typed. */
function markOf(values: Values): unknown {
  const drawn = one(values, "strokes");
  if (drawn === "") return { kind: "typed", text: one(values, "name") };
  try {
    return { kind: "drawn", strokes: JSON.parse(drawn) as unknown };
  } catch {
    // Not what our pad writes: refused as a broken form by the command.
    return { kind: "drawn", strokes: null };
  }
}

export async function action(args: ActionFunctionArgs) {
  const who = await signedIn(args);
  const form = await formOf(args.request);
  const values = valuesOf(form);
  // The password is checked here, goes no further, and never back into the page.
  const problem = await passwordProblem(args.context.services, who, one(values, "password"), "password");
  form.delete("password");
  if (problem) return refused(problem, valuesOf(form));
  return actOnPaper(args, signPaper, (v) => ({ fingerprint: one(v, "fingerprint"), mark: markOf(v) }), form);
}

export default function Signature() {
  const { paper, requestId, may } = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useT();
  const me = paper.signers.find((s) => s.me);
  return (
    <VerbPage
      back={{ href: `/papers/${paper.id}`, to: paper.sheet.title }}
      title={t("signing.sign.title")}
      lead={t(paper.kind === "minutes" ? "signing.sign.lead" : "signing.sign.lead.other")}
      about={<PaperSheet sheet={paper.sheet} />}
      sent={sent}
      fields={{ name: t("signing.name"), password: t("signing.password"), fingerprint: t("signing.text"), mark: t("signing.name") }}
      requestId={requestId}
      button={t("signing.sign.button")}
      may={may}
    >
      <input type="hidden" name="fingerprint" value={paper.fingerprint} />
      <TextInput name="name" problem="mark" label={t("signing.name")} hint={t("signing.name.hint")} value={me?.name ?? ""} sent={sent} />
      <div hidden data-pad={t("signing.pad")} data-pad-clear={t("signing.pad.clear")} data-pad-strokes={drawnAgain(typed(sent, "strokes"))} />
      <TextInput name="password" type="password" label={t("signing.password")} hint={t("signing.password.hint")} sent={sent} autoComplete="current-password" />
    </VerbPage>
  );
}
