// A letter as a mail: plain text and HTML that say the same. No picture, no script, nothing fetched: it reads offline.
import type { Act } from "../../domain/word";
import { inRuns, wordWords } from "../../i18n/word-words";
import type { WordItem } from "../../views/word";
import type { Parcel } from "./send";

export type Mail = { subject: string; text: string; html: string };

/** More than these are counted, not listed. */
export const mostInMail = 20;

const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (c) => `&#${c.codePointAt(0)};`);

// The product's tokens; mail programs know no variables.
const ink = "#1b211e";
const soft = "#454e49";
const faint = "#5f6863";
const line = "#dbdcd3";
const jade = "#0e5a50";
const sans = "-apple-system,'PingFang SC','Microsoft YaHei','Noto Sans CJK SC','Segoe UI',Roboto,Arial,sans-serif";
const song = "'Songti SC',STZhongsong,'Noto Serif CJK SC','Iowan Old Style',Charter,Georgia,serif";

const dark = `@media (prefers-color-scheme: dark){body,.page{background:#131715!important}.sheet{background:#1a1f1c!important;border-color:#2f3733!important}.ink{color:#e8ebe6!important}.soft{color:#bcc4be!important}.faint{color:#9aa49d!important}.jade{color:#7ccab8!important}.fill{background:#1d7969!important}.rule{border-color:#2f3733!important}}`;

const oneLine = (text: string): string => (text === "" ? "" : `“${text.replaceAll(/\s+/g, " ")}”`);

type Button = { label: string; href: string };
/** The one filled button, and the plain ones beside it. */
function buttonsOf(parcel: Parcel, item: WordItem): Button[] {
  const { t } = parcel.words;
  return item.acts.map((act: Act) => ({ label: t(`word.act.${act}`), href: `${parcel.origin}/letter/${parcel.link(item, act)}` }));
}

const filled = ({ label, href }: Button) =>
  `<a class="fill" href="${escaped(href)}" style="display:inline-block;background:${jade};color:#ffffff;text-decoration:none;font-weight:600;font-size:18px;line-height:24px;padding:14px 24px;border-radius:6px">${escaped(label)}</a>`;
const outlined = ({ label, href }: Button) =>
  `<a class="jade" href="${escaped(href)}" style="display:inline-block;color:${jade};font-size:18px;line-height:24px;padding:14px 8px">${escaped(label)}</a>`;

/** The mail of a letter. What people wrote is text, never markup; a subject is one line. */
export function mailOf(parcel: Parcel): Mail {
  const { words, community, name, origin, link } = parcel;
  const { t, dates, locale } = words;
  const runs = inRuns(parcel.items);
  const shown = runs.slice(0, mostInMail);
  const left = parcel.items.length - shown.flat().length;
  // Of several that say the same, the newest speaks for all.
  const newest = (run: readonly WordItem[]) => run.reduce((last, item) => (item.at > last.at ? item : last));
  const said = shown.map((run) => {
    const item = newest(run);
    return { run, item, ...wordWords(item, words), buttons: buttonsOf(parcel, item), href: `${origin}${item.href}` };
  });
  const [first] = parcel.items;
  const alone = runs.length === 1 && said[0] ? said[0].item : null;
  const counted = (run: readonly WordItem[]) =>
    run.length > 1 ? [t("word.run", { n: run.length, date: dates.dayTime(run.map(({ at }) => at).sort()[0] ?? "") })] : [];
  const lead = alone ? "" : t("mail.lead.many", { n: parcel.items.length });
  const subject =
    alone && said[0]
      ? t("mail.subject.one", { head: said[0].head, what: said[0].what })
      : t("mail.subject.many", { community: community.name, n: parcel.items.length });
  const confirming = alone?.type === "channel.opened";
  const foot = confirming
    ? [t("mail.foot.confirm")]
    : [t("mail.foot.why", { community: community.name }), ...(said.some((s) => s.buttons.length > 0) ? [t("mail.foot.once")] : [])];
  const stop = confirming || !first ? null : { label: t("mail.foot.stop"), href: `${origin}/letter/${link(first, "stop")}` };
  const prefs = { label: t("mail.foot.prefs"), href: `${origin}/account/word` };
  // One thing has its own button; of several each has links, and the button shows them all.
  const main: Button =
    alone && said[0] ? (said[0].buttons[0] ?? { label: t("word.act.open"), href: said[0].href }) : { label: t("word.act.all"), href: `${origin}/word` };

  const text = [
    t("mail.greeting", { name }),
    ...(lead ? [lead] : []),
    ...said.map(({ head, what, why, item, run, buttons, href }) =>
      [
        head,
        what,
        ...(item.said && run.length === 1 ? [`“${item.said}”`] : []),
        ...(run.length === 1 ? [`${dates.dayTime(item.at)}  ${why}`] : run.map((one) => `${dates.dayTime(one.at)}  ${oneLine(one.said) || why}`)),
        ...counted(run),
        ...buttons.map((b) => `${b.label}: ${b.href}`),
        `${t("word.act.open")}: ${href}`,
      ].join("\n"),
    ),
    ...(left > 0 ? [t("mail.more", { n: left })] : []),
    ["--", ...foot, ...(stop ? [`${prefs.label}: ${prefs.href}`, `${stop.label}: ${stop.href}`] : [])].join("\n"),
  ].join("\n\n");

  const html = `<!doctype html>
<html lang="${locale === "zh-CN" ? "zh-CN" : "en"}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><title>${escaped(subject)}</title><style>${dark}</style></head>
<body class="page" style="margin:0;background:#f5f5f0">
<div class="page" style="background:#f5f5f0;padding:24px 12px;font-family:${sans};font-size:18px;line-height:1.6">
<main style="max-width:600px;margin:0 auto">
<p class="faint" style="margin:0 0 12px;color:${faint};font-size:16px">${escaped(`${t("app.name")} · ${community.name}`)}</p>
<div class="sheet" style="background:#fdfdfa;border:1px solid ${line};border-radius:8px;padding:24px">
${alone ? "" : `<h1 class="ink" style="margin:0 0 8px;color:${ink};font-family:${song};font-size:24px;line-height:1.45;font-weight:600">${escaped(lead)}</h1>`}
<p class="soft" style="margin:0 0 16px;color:${soft}">${escaped(t("mail.greeting", { name }))}</p>
${said
  .map(({ item, run, head, what, why, buttons, href }, n) => {
    const tag = alone ? "h1" : "h2";
    const size = alone ? 24 : 20;
    const links = alone ? [] : buttons;
    return `<section${n > 0 ? ` class="rule" style="border-top:1px solid ${line};margin-top:16px;padding-top:16px"` : ""}>
<${tag} style="margin:0 0 4px;font-family:${song};font-size:${size}px;line-height:1.45;font-weight:600"><a class="ink" href="${escaped(href)}" style="color:${ink};text-decoration:none">${escaped(head)}</a></${tag}>
<p class="ink" style="margin:0 0 8px;color:${ink}">${escaped(what)}</p>
${run
  .filter((one) => one.said)
  .map(
    (one) =>
      `<blockquote class="soft rule" style="margin:0 0 8px;padding-left:12px;border-left:3px solid ${line};color:${soft};white-space:pre-line">${escaped(one.said)}</blockquote>`,
  )
  .join("")}
<p class="faint" style="margin:0;color:${faint};font-size:16px">${[dates.dayTime(item.at), why, ...counted(run)].map(escaped).join(" · ")}</p>
${links.length > 0 ? `<p style="margin:4px 0 0">${links.map(outlined).join(" ")}</p>` : ""}
</section>`;
  })
  .join("\n")}
${left > 0 ? `<p class="soft" style="margin:16px 0 0;color:${soft}">${escaped(t("mail.more", { n: left }))}</p>` : ""}
<p style="margin:24px 0 0">${filled(main)}${alone && said[0] ? said[0].buttons.slice(1).map(outlined).join("") : ""}</p>
</div>
<p class="faint" style="margin:16px 0 0;color:${faint};font-size:16px">${foot.map(escaped).join("<br>")}</p>
${stop ? `<p style="margin:8px 0 0;font-size:16px"><a class="jade" href="${escaped(prefs.href)}" style="color:${jade}">${escaped(prefs.label)}</a> &nbsp; <a class="jade" href="${escaped(stop.href)}" style="color:${jade}">${escaped(stop.label)}</a></p>` : ""}
</main></div></body></html>`;
  return { subject: subject.replaceAll(/\s+/g, " "), text, html };
}
