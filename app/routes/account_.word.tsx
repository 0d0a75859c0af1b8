import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { closeWordChannel } from "../commands/channel/close";
import { openWordChannel } from "../commands/channel/open";
import { tryWordChannel } from "../commands/channel/try";
import { preferWords } from "../commands/word/prefer";
import { Choices, ProblemSummary, Select, TextInput } from "../components/form";
import { Page, Thumb } from "../components/frame";
import { Phrase } from "../components/phrase";
import { ChannelRow, ofItsPieces } from "../components/word-channels";
import { chosenChannels, kinds, modes, usual } from "../domain/word";
import { look } from "../http/look.server";
import { act, formOf, one, valuesOf } from "../http/respond.server";
import { titled } from "../http/title";
import { browserOf, preferenceOf, waysOf } from "../http/word.server";
import { useT } from "../i18n/t";
import { preferencePage } from "../views/word-setup";

export const meta = titled("prefs.title");
export const handle = { enhance: "tools" };

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer } = await look(args);
  const asked = new URL(args.request.url).searchParams;
  const page = await preferencePage(db, viewer);
  const few = asked.has("few");
  return { ...page, shown: few ? page.presets.few : page.wishes, few, said: asked.get("said"), ...(await waysOf(args.context.services)) };
}

export async function action(args: ActionFunctionArgs) {
  const form = await formOf(args.request);
  const values = valuesOf(form);
  const { env } = args.context.services;
  const back = (said: string) => () => `/account/word?said=${said}`;
  switch (one(values, "intent")) {
    case "mail":
      return act(args, openWordChannel, () => ({ bodyId: null, address: { kind: "mail", to: one(values, "to") } }), back("mail"), form);
    case "push":
      return act(args, openWordChannel, () => ({ bodyId: null, address: browserOf(values), testOrigin: env.WORD_TEST_ORIGIN ?? null }), back("push"), form);
    case "try":
      return act(args, tryWordChannel, () => ({ channelId: one(values, "channel") }), back("tried"), form);
    case "close":
      return act(args, closeWordChannel, () => ({ channelId: one(values, "channel") }), back("closed"), form);
    case "mailOn": {
      const { db, viewer } = await look(args);
      const { again } = await preferencePage(db, viewer);
      return act(args, preferWords, () => ({ preference: again }), back("mailOn"), form);
    }
    default:
      return act(args, preferWords, () => ({ preference: preferenceOf(values) }), back("kept"), form);
  }
}

export default function HowToTell() {
  const { shown, few, desk, silent, reached, said, mailboxes, browsers, pushKey, mails } = useLoaderData<typeof loader>();
  const sent = ofItsPieces(useActionData<typeof action>());
  const t = useT();
  const quiet = shown.quietFrom !== shown.quietUntil;
  const fields = {
    quiet: t("prefs.quiet"),
    to: t("prefs.mail.to"),
    quietFrom: t("prefs.quietFrom"),
    quietUntil: t("prefs.quietUntil"),
    digestAt: t("prefs.digestAt"),
    endpoint: t("prefs.push"),
  };
  // Where nobody is reached nothing is to be chosen; what was chosen before is kept.
  const shownKinds = reached.length === 0 ? [] : kinds.filter((kind) => desk || kind !== "desk");
  const told = (["kept", "mail", "push", "tried", "closed", "mailOn"] as const).find((one) => one === said);
  return (
    <Page width="narrow" back={{ href: "/account", to: t("account.title") }}>
      <h1 className="title mb-3">
        <Phrase>{t("prefs.title")}</Phrase>
      </h1>
      <p className="soft measure mb-5">{t("prefs.lead")}</p>
      {told && !sent && <p className="refusal notice mb-5">{t(`prefs.said.${told}`)}</p>}
      <ProblemSummary sent={sent} fields={fields} />

      <section>
        <h2 className="title-small mb-3">{t("prefs.mail")}</h2>
        {!mails && <p className="soft">{t("prefs.mail.off")}</p>}
        {mailboxes.map((channel) => (
          <ChannelRow key={channel.id} channel={channel} silent={silent} />
        ))}
        {mails && (
          <form method="post" className="stack mt-3" data-once>
            <TextInput
              name="to"
              label={t(mailboxes.length > 0 ? "prefs.mail.other" : "prefs.mail.to")}
              hint={t("prefs.mail.hint")}
              type="email"
              autoComplete="email"
              required={false}
              sent={sent}
            />
            <button className="btn" name="intent" value="mail">
              {t("prefs.mail.button")}
            </button>
          </form>
        )}
      </section>

      <section className="section">
        <h2 className="title-small mb-3">{t("prefs.push")}</h2>
        <p className="soft measure">{t("prefs.push.hint")}</p>
        {browsers.map((channel) => (
          <ChannelRow key={channel.id} channel={channel} />
        ))}
        <form method="post" className="mt-3" data-push-key={pushKey} hidden>
          <input type="hidden" name="intent" value="push" />
          <input type="hidden" name="endpoint" />
          <input type="hidden" name="p256dh" />
          <input type="hidden" name="auth" />
          <button className="btn">{t("prefs.push.button")}</button>
          <p className="small soft mt-3" data-push-denied hidden role="status">
            {t("prefs.push.denied")}
          </p>
        </form>
        <noscript>
          <p className="soft">{t("prefs.push.noScript")}</p>
        </noscript>
      </section>

      <section className="section">
        <h2 className="title-small mb-3">{t("calendar.title")}</h2>
        <p>
          <a href="/account/calendar">{t("calendar.link")}</a>
        </p>
      </section>

      <section className="section">
        <h2 className="title-small mb-3">{t("prefs.what")}</h2>
        <p className="soft measure mb-3">{t("prefs.what.lead")}</p>
        <p className="soft measure mb-3">{t("prefs.what.urgent")}</p>
        {reached.length === 0 ? (
          <p className="soft measure mb-5">{t("prefs.what.nowhere")}</p>
        ) : (
          <p className="mb-5">{few ? <a href="/account/word">{t("prefs.few.back")}</a> : <a href="/account/word?few">{t("prefs.few")}</a>}</p>
        )}
        {few && !sent && <p className="refusal notice mb-5">{t("prefs.few.shown")}</p>}
        <form method="post" className="stack-wide" data-once>
          {shownKinds.map((kind) => (
            <fieldset className="field wishes" key={kind}>
              <legend>{t(`prefs.kind.${kind}`)}</legend>
              <p className="hint">{t(`prefs.kind.${kind}.hint`)}</p>
              <div className="wishes-ways">
                {reached.map((channel) => (
                  <Select
                    key={channel}
                    name={`${channel}.${kind}`}
                    label={t(`prefs.way.${channel}`)}
                    value={shown.modes[channel][kind]}
                    options={modes.map((mode) => ({ value: mode, label: t(`prefs.mode.${mode}`) }))}
                    sent={sent}
                  />
                ))}
              </div>
            </fieldset>
          ))}
          {chosenChannels.flatMap((channel) =>
            kinds
              .filter((kind) => !reached.includes(channel) || !shownKinds.includes(kind))
              .map((kind) => <input key={channel + kind} type="hidden" name={`${channel}.${kind}`} value={shown.modes[channel][kind]} />),
          )}
          <Choices
            name="quiet"
            label={t("prefs.quiet")}
            value={quiet ? "yes" : "no"}
            options={[
              { value: "yes", label: t("prefs.quiet.yes"), hint: t("prefs.quiet.yes.hint") },
              { value: "no", label: t("prefs.quiet.no") },
            ]}
            sent={sent}
          />
          <div className="wishes-ways">
            <TextInput
              name="quietFrom"
              label={t("prefs.quietFrom")}
              type="time"
              required={false}
              value={quiet ? shown.quietFrom : usual.quietFrom}
              sent={sent}
            />
            <TextInput
              name="quietUntil"
              label={t("prefs.quietUntil")}
              type="time"
              required={false}
              value={quiet ? shown.quietUntil : usual.quietUntil}
              sent={sent}
            />
          </div>
          <TextInput name="digestAt" label={t("prefs.digestAt")} hint={t("prefs.digestAt.hint")} type="time" value={shown.digestAt} sent={sent} />
          <Select
            name="locale"
            label={t("prefs.locale")}
            empty={t("prefs.locale.community")}
            required={false}
            value={shown.locale ?? ""}
            options={[
              { value: "zh-CN", label: t("prefs.locale.zh") },
              { value: "en", label: t("prefs.locale.en") },
            ]}
            sent={sent}
          />
          <Thumb>
            <button className="btn btn-main">{t("prefs.button")}</button>
          </Thumb>
        </form>
      </section>
    </Page>
  );
}
