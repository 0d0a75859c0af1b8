// One way somebody is reached: since when, how the last letter went, a trial, and its end.
import type { ChannelKind } from "../domain/channel";
import type { Key } from "../i18n/engine";
import { useWords, type Words } from "../i18n/t";
import type { ChannelLine } from "../views/word-setup";
import type { Sent } from "./form";

/** An address is refused as a whole; forms ask for it in pieces. */
export function ofItsPieces(sent: Sent): Sent {
  const field = sent?.refusal.field?.replace(/^address\./, "");
  return sent && field ? { ...sent, refusal: { ...sent.refusal, field } } : sent;
}

/** Why it was not delivered, in the words of what it went to: a mailbox has no key. */
export function faultKey(fault: string, kind: ChannelKind, has: Words["has"]): Key | null {
  const [own, plain] = [`fault.${fault}.${kind}`, `fault.${fault}`];
  return has(own) ? own : has(plain) ? plain : null;
}

/** `silent`: its reader wants nothing there at present. `titled`: what stands above it does not say what it is. */
export function ChannelRow({ channel, silent = false, titled = false }: { channel: ChannelLine; silent?: boolean; titled?: boolean }) {
  const { t, has, dates } = useWords();
  const { id, kind, openedAt, confirmed, last } = channel;
  const name = t(`channel.${kind}`);
  const fault = faultKey(last?.fault ?? "", kind, has);
  return (
    <div className="sheet mt-3">
      {titled && <p className="strong">{name}</p>}
      <p className="small soft">
        {t("channel.since", { date: dates.dayTime(openedAt) })} {!confirmed && t("channel.unconfirmed")}
      </p>
      {silent && confirmed && <p className="strong">{t("channel.silent")}</p>}
      {last && (
        <p className="small soft">
          {t(`channel.last.${last.status}`, { date: dates.dayTime(last.at) })} {last.fault && fault ? t(fault) : ""}
        </p>
      )}
      <form method="post" className="btns mt-3" data-once>
        <input type="hidden" name="channel" value={id} />
        {silent && confirmed && (
          <button className="btn btn-small" name="intent" value="mailOn">
            {t("channel.mailOn")}
          </button>
        )}
        {confirmed && (
          <button className="btn btn-small" name="intent" value="try" aria-label={t("channel.try.of", { name })}>
            {t("channel.try")}
          </button>
        )}
        <button className="btn btn-small" name="intent" value="close" aria-label={t("channel.close.of", { name })}>
          {t("channel.close")}
        </button>
      </form>
    </div>
  );
}
