// One way somebody is reached: since when, how the last letter went, a trial, and its end.
import { useWords } from "../i18n/t";
import type { ChannelLine } from "../views/word-setup";

export function ChannelRow({ channel }: { channel: ChannelLine }) {
  const { t, has, dates } = useWords();
  const { id, kind, openedAt, confirmed, last } = channel;
  const name = t(`channel.${kind}`);
  const fault = `fault.${last?.fault}`;
  return (
    <div className="sheet mt-3">
      <p className="strong">{name}</p>
      <p className="small soft">
        {t("channel.since", { date: dates.dayTime(openedAt) })} {!confirmed && t("channel.unconfirmed")}
      </p>
      {last && (
        <p className="small soft">
          {t(`channel.last.${last.status}`, { date: dates.dayTime(last.at) })} {last.fault && has(fault) ? t(fault) : ""}
        </p>
      )}
      <form method="post" className="btns mt-3" data-once>
        <input type="hidden" name="channel" value={id} />
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
