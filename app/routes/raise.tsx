import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { raiseIssue } from "../commands/issue/raise";
import { inputRefusal } from "../commands/perform.server";
import { Page } from "../components/frame";
import { RaiseLook, RaiseWhat, RaiseWhere } from "../components/raise";
import { id, optionalLine, words } from "../domain/input";
import { categories } from "../domain/vocabulary";
import { draftFields, dropDraftPhoto, keepDraft } from "../http/drafts.server";
import { look } from "../http/look.server";
import { keepPhotos, photoLimits } from "../http/photos.server";
import { act, formOf, one, refused, valuesOf } from "../http/respond.server";
import { titled } from "../http/title";
import { similarTo } from "../views/issue-rows";
import { raiseForm } from "../views/raise";

export const meta = titled("home.raise");

const first = z.object({ what: words(2000) });
const second = z.object({ bodyId: id, place: optionalLine(80), category: z.enum(categories, { error: "choice.missing" }) });

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, requestId } = await look(args);
  const asked = new URL(args.request.url).searchParams;
  const form = await raiseForm(db, viewer);
  const what = form.fields.what ?? "";
  const wanted = Number(asked.get("step") ?? "1");
  // A step can only be reached through those before it, however the address came about.
  const step = wanted >= 3 && second.safeParse(form.fields).success && what ? 3 : wanted >= 2 && what ? 2 : 1;
  const similar = step === 1 && asked.has("similar") ? await similarTo(db, viewer, what) : [];
  return { ...form, step, similar, requestId, max: photoLimits.count };
}

export async function action(args: ActionFunctionArgs) {
  const { db, viewer } = await look(args);
  const { store } = args.context.services;
  const form = await formOf(args.request);
  const values = valuesOf(form);
  const before = await draftFields(store, viewer, "raise");
  const step = one(values, "step");
  const typed = Object.fromEntries(
    ["what", "bodyId", "stairwell", "place", "category", "track", "visibility"].flatMap((f) =>
      values[f] === undefined ? [] : [[f, one(values, f).slice(0, 8000)]],
    ),
  );
  const fields = { ...before, ...typed };
  // Whatever comes of this press, what was written is on the server first.
  await keepDraft(store, viewer, "raise", fields);

  if (step === "3")
    return act(
      args,
      raiseIssue,
      () => ({ ...fields, stairwell: Number(fields.stairwell) > 0 ? fields.stairwell : null }),
      (done) => {
        const raised = done.events[0];
        return raised?.type === "issue.raised" ? `/issues/${raised.number}` : "/issues";
      },
      form,
    );
  if (step === "2") {
    const ok = second.safeParse(fields);
    return ok.success ? redirect("/raise?step=3", 303) : refused(inputRefusal(ok.error), values);
  }
  const drop = one(values, "drop");
  if (drop) {
    await dropDraftPhoto(store, viewer, "raise", drop);
    return redirect("/raise", 303);
  }
  const bad = await keepPhotos(store, viewer, "raise", form.getAll("photos"));
  if (bad) return refused(bad, values);
  const ok = first.safeParse(fields);
  if (!ok.success) return refused(inputRefusal(ok.error), values);
  if (!values.confirmed && (await similarTo(db, viewer, ok.data.what)).length > 0) return redirect("/raise?similar=1", 303);
  return redirect("/raise?step=2", 303);
}

export default function Raise() {
  const data = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  // A refusal of the whole (the last press) names a field of an earlier step: show that step.
  const at =
    sent?.refusal.field === "what" || sent?.refusal.field === "photos"
      ? 1
      : ["bodyId", "stairwell", "place", "category"].includes(sent?.refusal.field ?? "")
        ? 2
        : data.step;
  const Step = at === 3 ? RaiseLook : at === 2 ? RaiseWhere : RaiseWhat;
  return (
    <Page width="narrow">
      <Step {...data} sent={sent} />
    </Page>
  );
}
