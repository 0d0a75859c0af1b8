import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { closeWordChannel } from "../commands/channel/close";
import { openWordChannel } from "../commands/channel/open";
import { tryWordChannel } from "../commands/channel/try";
import { Choices, ProblemSummary, TextInput } from "../components/form";
import { Page, Thumb } from "../components/frame";
import { Phrase } from "../components/phrase";
import { ChannelRow, ofItsPieces } from "../components/word-channels";
import { robotKinds } from "../domain/channel";
import { usual } from "../domain/word";
import { allowed, found, look } from "../http/look.server";
import { act, formOf, one, valuesOf } from "../http/respond.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";
import { robotsPage } from "../views/word-setup";

export const meta = titled("robots.page");

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer } = await look(args);
  const page = found(await robotsPage(db, viewer, { bodyId: args.params.id ?? "" }));
  allowed(page.may);
  return { ...page, said: new URL(args.request.url).searchParams.get("said") };
}

/** The keys a form brings are never sent back into a page. */
export async function action(args: ActionFunctionArgs) {
  const form = await formOf(args.request);
  const values = valuesOf(form);
  const bodyId = args.params.id ?? "";
  const back = (said: string) => () => `/bodies/${bodyId}/robots?said=${said}`;
  const intent = one(values, "intent");
  if (intent === "try") return act(args, tryWordChannel, () => ({ channelId: one(values, "channel") }), back("tried"), form);
  if (intent === "close") return act(args, closeWordChannel, () => ({ channelId: one(values, "channel") }), back("closed"), form);
  const kind = one(values, "kind");
  const address = { kind, url: one(values, "url"), ...(kind === "dingtalk" ? { secret: one(values, "secret") } : {}) };
  const kept = new FormData();
  kept.set("kind", kind);
  return act(args, openWordChannel, () => ({ bodyId, address, testOrigin: args.context.services.env.WORD_TEST_ORIGIN ?? null }), back("opened"), kept);
}

export default function Robots() {
  const { body, robots, said } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useT();
  const sent = ofItsPieces(answer);
  const told = (["opened", "tried", "closed"] as const).find((one) => one === said);
  return (
    <Page width="narrow" back={{ href: `/bodies/${body.id}`, to: body.name }}>
      <h1 className="title mb-3">
        <Phrase>{t("robots.title", { body: body.name })}</Phrase>
      </h1>
      <p className="soft measure mb-3">{t("robots.lead")}</p>
      <p className="soft measure mb-5">{t("robots.hours", { from: usual.quietFrom, until: usual.quietUntil })}</p>
      {told && !sent && <p className="refusal notice mb-5">{t(`robots.said.${told}`)}</p>}
      <ProblemSummary sent={sent} fields={{ kind: t("robots.kind"), url: t("robots.url"), secret: t("robots.secret") }} />
      {robots.map((channel) => (
        <ChannelRow key={channel.id} channel={channel} titled />
      ))}
      <form method="post" className="stack-wide mt-5" data-once autoComplete="off">
        <Choices
          name="kind"
          label={t("robots.kind")}
          sent={sent}
          options={robotKinds.map((kind) => ({ value: kind, label: t(`channel.${kind}`), hint: t(`robots.kind.${kind}.hint`) }))}
        />
        <TextInput name="url" label={t("robots.url")} hint={t("robots.url.hint")} type="password" autoComplete="off" sent={sent} />
        <TextInput name="secret" label={t("robots.secret")} hint={t("robots.secret.hint")} type="password" autoComplete="off" required={false} sent={sent} />
        <Thumb>
          <button className="btn btn-main">{t("robots.button")}</button>
        </Thumb>
      </form>
    </Page>
  );
}
