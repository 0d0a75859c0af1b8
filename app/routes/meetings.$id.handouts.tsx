// The papers of a meeting: read by whoever sees it, handed in and taken back by whoever writes its agenda.
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { giveAHandout, takeAHandout } from "../commands/meeting/handout";
import { FilePick, ProblemSummary, Sealed, Select, TextInput } from "../components/form";
import { Page, Thumb } from "../components/frame";
import { HandoutLink } from "../components/minutes/reading";
import { Phrase } from "../components/phrase";
import { dropHandout, handoutBytes, keepHandout } from "../http/handouts.server";
import { found, look } from "../http/look.server";
import { act, formOf, one, orNull, refused, type Values, valuesOf } from "../http/respond.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";
import { meetingPage } from "../views/meeting-page";
import { type HandoutLine, meetingHandouts } from "../views/minutes";

export const meta = titled("handout.title");

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, requestId } = await look(args);
  const meeting = found(await meetingPage(db, viewer, { meetingId: args.params.id ?? "" }));
  const handouts = await meetingHandouts(db, viewer.actor, meeting);
  return { meeting, handouts, item: new URL(args.request.url).searchParams.get("item") ?? "", max: handoutBytes / 1024 / 1024, requestId };
}

export async function action(args: ActionFunctionArgs) {
  const { db, viewer } = await look(args);
  const meeting = found(await meetingPage(db, viewer, { meetingId: args.params.id ?? "" }));
  const { dir } = args.context.services.store;
  const form = await formOf(args.request);
  const values = valuesOf(form);
  const meetingId = meeting.id;
  const here = `/meetings/${meetingId}/handouts`;
  const version = (v: Values) => one(v, "version") || undefined;
  if (values.take !== undefined) {
    // Its file goes with the others nobody points at any more.
    return act(
      args,
      takeAHandout,
      (v) => ({ meetingId, version: version(v), handoutId: one(v, "take") }),
      () => here,
      form,
    );
  }
  // Nothing comes to the disk from whoever may not hand in; the command asks again.
  if (!meeting.can.agenda) return refused({ code: "forbidden", params: {} }, values);
  const kept = await keepHandout(dir, form.get("file"), one(values, "name"));
  if (!kept.ok) return refused(kept.refusal, values);
  const file = kept.value;
  const answer = await act(
    args,
    giveAHandout,
    (v) => ({ ...file, meetingId, version: version(v), itemId: orNull(one(v, "itemId")) }),
    async ({ repeated }) => {
      if (repeated) await dropHandout(dir, file);
      return here;
    },
    form,
  );
  await dropHandout(dir, file);
  return answer;
}

export default function Handouts() {
  const { meeting, handouts, item, max, requestId } = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useT();
  const name = t("meeting.name", { body: meeting.body.name, n: meeting.position });
  const groups = [
    { id: "", title: t("handout.whole"), of: handouts.filter((h) => h.itemId === null) },
    ...meeting.agenda.flatMap((line) => (line.visible ? [{ id: line.id, title: line.title, of: handouts.filter((h) => h.itemId === line.id) }] : [])),
  ].filter((group) => group.of.length > 0);
  return (
    <Page width="narrow" back={{ href: `/meetings/${meeting.id}`, to: name }}>
      <h1 className="title title-big mb-5">
        <Phrase>{t("handout.title")}</Phrase>
      </h1>
      <ProblemSummary sent={sent} fields={{ file: t("handout.file"), name: t("handout.name"), itemId: t("handout.item") }} />
      {groups.length === 0 && <p className="soft">{t("handout.none")}</p>}
      {groups.map((group) => (
        <section key={group.id} id={group.id ? `item-${group.id}` : undefined} className="mb-5">
          <h2 className="title-small mb-2">{group.title}</h2>
          <ul className="plain handouts">
            {group.of.map((handout) => (
              <Line key={handout.id} handout={handout} meetingId={meeting.id} takes={meeting.can.reorder} requestId={`${requestId}-${handout.id}`} />
            ))}
          </ul>
        </section>
      ))}
      {meeting.can.agenda && (
        <section className="section">
          <h2 className="title-small mb-2">{t("handout.add")}</h2>
          <p className="soft measure mb-4">
            {t("handout.add.lead")} {t("handout.kept")}
          </p>
          <form method="post" encType="multipart/form-data" className="stack-wide" data-once>
            <Sealed version={meeting.version} requestId={requestId} />
            <FilePick name="file" label={t("handout.file")} hint={t("handout.file.hint", { max })} accept="application/pdf,image/*" sent={sent} />
            <Select
              name="itemId"
              label={t("handout.item")}
              sent={sent}
              required={false}
              empty={t("handout.whole")}
              value={item}
              options={meeting.agenda.filter((line) => line.visible).map((line) => ({ value: line.id, label: line.title }))}
            />
            <TextInput name="name" label={t("handout.name")} hint={t("handout.name.hint")} required={false} sent={sent} />
            <Thumb>
              <button className="btn btn-main">{t("handout.give")}</button>
            </Thumb>
          </form>
        </section>
      )}
    </Page>
  );
}

function Line({ handout, meetingId, takes, requestId }: { handout: HandoutLine; meetingId: string; takes: boolean; requestId: string }) {
  const t = useT();
  return (
    <li>
      <span>
        <HandoutLink handout={handout} meetingId={meetingId} />
      </span>
      {takes && (
        <form method="post">
          <Sealed requestId={requestId} />
          <button className="btn btn-plain btn-small" name="take" value={handout.id} aria-label={t("handout.take.of", { name: handout.name })}>
            {t("handout.take")}
          </button>
        </form>
      )}
    </li>
  );
}
