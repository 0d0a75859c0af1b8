import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { summariseMinutes } from "../commands/paper/summarise";
import { TextArea } from "../components/form";
import { InOrder } from "../components/in-order";
import { VerbPage } from "../components/verb-page";
import { look } from "../http/look.server";
import { actOnPaper, paperFor } from "../http/paper-verb.server";
import { many, one } from "../http/respond.server";
import { titled } from "../http/title";
import { useWords } from "../i18n/t";
import { meetingPage } from "../views/meeting-page";
import { resolvedIn } from "../views/paper-page";

export const meta = titled("signing.summarise");

export async function loader(args: LoaderFunctionArgs) {
  const answer = await paperFor(args, "summarise");
  const { db, viewer } = await look(args);
  return data(
    {
      ...answer.data,
      page: await meetingPage(db, viewer, { meetingId: answer.data.paper.meeting.id }),
      resolved: await resolvedIn(db, viewer, answer.data.paper.id),
    },
    answer.init ?? {},
  );
}

export const action = (args: ActionFunctionArgs) =>
  actOnPaper(args, summariseMinutes, (values) => ({
    opening: one(values, "opening"),
    parts: many(values, "item").map((itemId) => ({ itemId, text: one(values, `text.${itemId}`) })),
  }));

export default function Summary() {
  const { paper, page, resolved, requestId, may } = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const { t, dates } = useWords();
  const opening = page
    ? t(page.quorum.represented > 0 ? "signing.summary.opening.represented" : "signing.summary.opening", {
        date: dates.day(page.openedAt ?? page.startsAt),
        body: page.body.name,
        place: page.place,
        n: page.position,
        due: page.quorum.due,
        present: page.quorum.present - page.quorum.represented,
        represented: page.quorum.represented,
      })
    : "";
  return (
    <VerbPage
      back={{ href: `/papers/${paper.id}`, to: paper.sheet.title }}
      title={t("signing.summary.title")}
      lead={t("signing.summary.lead")}
      sent={sent}
      fields={{
        opening: t("signing.summary.start"),
        parts: t("signing.summary.items"),
        ...Object.fromEntries((page?.agenda ?? []).map((line, n) => [`text.${line.id}`, `${t("minutes.item", { n: n + 1 })} ${line.title}`])),
      }}
      requestId={requestId}
      button={t("signing.summary.button")}
      may={may}
    >
      <TextArea name="opening" label={t("signing.summary.start")} value={opening} sent={sent} rows={4} max={2000} keep />
      {page?.agenda.map((line, n) => {
        return (
          <fieldset key={line.id} className="stack">
            <legend className="title-small">
              {t("minutes.item", { n: n + 1 })} {line.title}
            </legend>
            <input type="hidden" name="item" value={line.id} />
            <TextArea name={`text.${line.id}`} label={t("signing.summary.found")} hint={t("signing.summary.found.hint")} sent={sent} rows={3} max={4000} keep />
            {(resolved[line.id] ?? []).length > 0 && (
              <div>
                <p className="soft mb-2">{t("signing.summary.resolved")}</p>
                <ul className="plain resolved">
                  <InOrder of={resolved[line.id] ?? []} each={(words) => <li>{words}</li>} />
                </ul>
              </div>
            )}
          </fieldset>
        );
      })}
    </VerbPage>
  );
}
