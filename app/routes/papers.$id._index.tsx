import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Changes } from "../components/changes";
import { Sealed } from "../components/form";
import { Dot, Page, Thumb } from "../components/frame";
import { PaperSheet } from "../components/paper-sheet";
import { Who } from "../components/sign";
import { look } from "../http/look.server";
import { type Draft, draftOf } from "../http/paper-draft.server";
import { paperFor, paperLocale } from "../http/paper-verb.server";
import { titledBy } from "../http/title";
import { useWords } from "../i18n/t";
import { type Forward, forwardsOf } from "../views/forward";
import type { PaperPage, PaperRow } from "../views/paper-page";

export const meta = titledBy(({ paper }: { paper: PaperPage }) => paper.sheet.title);
export const handle = { enhance: "tools" };
export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer } = await look(args);
  const { data } = await paperFor(args);
  const locale = await paperLocale(args.request, viewer.community.locale);
  const draft = await draftOf(args.context.services, viewer, { paperId: data.paper.id, locale });
  return { ...data, draft, forwards: await forwardsOf(db, viewer, data.paper.id) };
}

export default function PaperRoute() {
  const { paper, draft, forwards, requestId } = useLoaderData<typeof loader>();
  const { t, dates } = useWords();
  const { can, meeting } = paper;
  const missing = paper.signers.filter((s) => !s.signed);
  const back = paper.status === "writing" || paper.status === "withdrawn";
  const more = [
    (can.sendBack || can.withdraw) && { href: "return", label: t(can.withdraw ? "signing.withdraw" : "signing.back") },
    can.mendRoll && { href: "roll", label: t("signing.roll") },
    can.addend && { href: "addendum", label: t("signing.addend") },
  ].filter((o) => o !== false);
  const status = t(`signing.status.${paper.status}`, { n: missing.length });
  const others = more.length > 0 && (
    <p className="mt-4">
      {more.map((o, n) => (
        <span key={o.href}>
          {n > 0 && <Dot />}
          <a href={`/papers/${paper.id}/${o.href}`}>{o.label}</a>
        </span>
      ))}
    </p>
  );
  return (
    <Page width="wide" back={{ href: `/meetings/${meeting.id}`, to: t("meeting.name", { body: meeting.body, n: meeting.position }) }}>
      <div data-live={`/live?meeting=${meeting.id}${draft ? `&minutes=${meeting.id}` : ""}`} data-live-words={t("live.changed")} />
      <div className="paper-page">
        <div>
          {back && (
            <section className="mb-6">
              <p className="head">{status}</p>
              <p className="soft">{t("signing.reason", { reason: paper.reason })}</p>
              {others}
            </section>
          )}
          {draft && <Mended draft={draft} />}
          <PaperSheet sheet={draft?.sheet ?? paper.sheet} />
        </div>
        <aside>
          {!back && <p className="head mb-2">{status}</p>}
          {paper.adoptedAt && <p className="soft mb-3">{t("signing.adoptedAt", { date: dates.dayTime(paper.adoptedAt) })}</p>}
          {!back && (
            <ul className="seats">
              {paper.signers.map((s) => (
                <li key={s.personId}>
                  <Who party={s.party} name={s.name} />
                  <span className="end small soft">{s.signed ? t("signing.signed") : t("signing.waits")}</span>
                </li>
              ))}
            </ul>
          )}
          <Acts paper={paper} requestId={requestId} />
          {!back && others}
          <Forwards paperId={paper.id} forwards={forwards} />
          {paper.stands && <Copies paper={paper} />}
          <Related rows={paper.related} />
        </aside>
      </div>
    </Page>
  );
}

/** What stands below is no old text but what finalising will freeze; what that changes is said first. */
function Mended({ draft }: { draft: Draft }) {
  const { t } = useWords();
  return (
    <section className="mb-6">
      <h2 className="title-small mb-2">{t("signing.draft.title")}</h2>
      <p className="soft measure mb-3">{t(draft.changes.length > 0 ? "signing.draft.lead" : "signing.draft.none")}</p>
      <Changes lines={draft.changes} />
    </section>
  );
}

/** What may be taken away, and what it is known by. */
function Copies({ paper }: { paper: PaperPage }) {
  const { t } = useWords();
  return (
    <>
      <h2 className="title-small mt-6 mb-2">{t("signing.take")}</h2>
      {paper.masked && <p className="small soft mb-2">{t("signing.take.yours")}</p>}
      <ul className="plain">
        {(["docx", "html", "md", "json"] as const).map((format) => (
          <li key={format}>
            <a href={`/papers/${paper.id}/${format}`} data-take={format === "html" ? undefined : t("signing.take.making")}>
              {t(`signing.take.${format}`)}
            </a>{" "}
            <span className="small soft" role="status" />
          </li>
        ))}
        {!paper.masked && (
          <li>
            <a href={`/papers/${paper.id}/docx?masked=1`} data-take={t("signing.take.making")}>
              {t("signing.take.masked")}
            </a>{" "}
            <span className="small soft" role="status" />
          </li>
        )}
      </ul>
      <p className="small soft mt-3 break">{t("signing.fingerprint", { print: paper.fingerprint.slice(0, 16), key: paper.keyId })}</p>
    </>
  );
}

/** Each item the body still holds, up to the next body or down, with what was decided filled in. */
function Forwards({ paperId, forwards }: { paperId: string; forwards: readonly Forward[] }) {
  const { t } = useWords();
  if (forwards.length === 0) return null;
  return (
    <>
      <h2 className="title-small mt-6 mb-2">{t("forward.title")}</h2>
      <ul className="plain">
        {forwards.map(({ number, title, up, down }) => (
          <li key={number}>
            <span className="num">{number}</span> {title}
            <br />
            {up && (
              <a href={`/issues/${number}/escalation?paper=${paperId}`} aria-label={t("forward.up.of", { number, to: up })}>
                {t("forward.up", { to: up })}
              </a>
            )}
            {up && down && <Dot />}
            {down && (
              <a href={`/issues/${number}/remission?paper=${paperId}`} aria-label={t("forward.down.of", { number })}>
                {t("forward.down")}
              </a>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

/** One thing to press: whatever brings the paper on. */
function Acts({ paper, requestId }: { paper: PaperPage; requestId: string }) {
  const { t } = useWords();
  const { can } = paper;
  if (can.sign)
    return (
      <Thumb>
        <a className="btn btn-main" href={`/papers/${paper.id}/signature`}>
          {t("signing.sign")}
        </a>
      </Thumb>
    );
  if (can.finish)
    return (
      <Thumb>
        <form method="post" action={`/papers/${paper.id}/finishing`} className="contents" data-once>
          <Sealed requestId={requestId} />
          <button className="btn btn-main">{t("signing.finish")}</button>
        </form>
        <a className="btn" href={`/meetings/${paper.meeting.id}/minutes`}>
          {t("signing.mend")}
        </a>
      </Thumb>
    );
  if (can.mend)
    return (
      <Thumb>
        <a className="btn btn-main" href={`/meetings/${paper.meeting.id}/minutes`}>
          {t("signing.mend")}
        </a>
      </Thumb>
    );
  if (can.summarise && !paper.related.some((r) => r.kind === "summary" && r.status !== "withdrawn"))
    return (
      <Thumb>
        <a className="btn btn-main" href={`/papers/${paper.id}/summary`}>
          {t("signing.summarise")}
        </a>
      </Thumb>
    );
  return null;
}

function Related({ rows }: { rows: readonly PaperRow[] }) {
  const { t, dates } = useWords();
  if (rows.length === 0) return null;
  return (
    <>
      <h2 className="title-small mt-6 mb-2">{t("signing.related")}</h2>
      <ul className="plain">
        {rows.map((r) => (
          <li key={r.id}>
            <a href={`/papers/${r.id}`}>{t(`signing.kind.${r.kind}`)}</a>{" "}
            <span className="small soft">
              {dates.day(r.frozenAt)}
              {r.status === "withdrawn" && <> {t("signing.status.withdrawn")}</>}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
