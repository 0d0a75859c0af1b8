import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { replyToQuestion } from "../commands/issue/reply";
import { PhotoPick, TextArea } from "../components/form";
import { IssueVerb } from "../components/issue-verb";
import { draftPhotos } from "../http/drafts.server";
import { actOnIssue, textOf } from "../http/issue-verb.server";
import { found, look } from "../http/look.server";
import { keepPhotos, photoLimits } from "../http/photos.server";
import { forAct, formOf, refused, valuesOf } from "../http/respond.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";
import { issuePage } from "../views/issue-page";

export const meta = titled("reply.title");

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, requestId } = await look(args);
  const issue = found(await issuePage(db, viewer, { number: args.params.number ?? "" }));
  const photos = await draftPhotos(args.context.services.store, viewer, `reply.${issue.id}`);
  return forAct({ issue, requestId, photos, max: photoLimits.count }, issue.can.reply);
}

export async function action(args: ActionFunctionArgs) {
  const { db, viewer } = await look(args);
  const issue = found(await issuePage(db, viewer, { number: args.params.number ?? "" }));
  const form = await formOf(args.request);
  if (issue.can.reply) {
    const bad = await keepPhotos(args.context.services.store, viewer, `reply.${issue.id}`, form.getAll("photos"));
    if (bad) return refused(bad, valuesOf(form));
  }
  return actOnIssue(args, replyToQuestion, textOf, undefined, form);
}

export default function Reply() {
  const at = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useT();
  return (
    <IssueVerb
      at={at}
      sent={sent}
      title={t("reply.title")}
      button={t("reply.button")}
      fields={{ text: t("reply.text"), photos: t("form.photos") }}
      encType="multipart/form-data"
      about={
        at.issue.question && (
          <div className="now">
            <p className="soft">{t("reply.lead", { body: at.issue.holder.name })}</p>
            <p className="head said">{at.issue.question}</p>
          </div>
        )
      }
    >
      <TextArea name="text" label={t("reply.text")} sent={sent} keep />
      <PhotoPick photos={at.photos} max={at.max} sent={sent} />
    </IssueVerb>
  );
}
