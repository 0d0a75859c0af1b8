// How minutes came to be: stretches of writing, a moment with who wrote what, two moments compared.
import type { ComparedBlock, PastBlock, Stretch, Written } from "../../collab/past";
import { isRecordKind } from "../../collab/records";
import { useWords } from "../../i18n/t";
import type { MeetingPage } from "../../views/meeting-page";
import type { ComparisonPage, MomentPage, StretchList, Turn, Writers } from "../../views/minutes-history";
import { Changed } from "../changes";
import { Dot } from "../frame";
import { InOrder } from "../in-order";
import { Phrase } from "../phrase";
import { Who } from "../sign";
import { type Records, recordViews, SectionHead } from "./reading";

const iso = (at: number): string => new Date(at).toISOString();

/** A moment in words: the day and the second, or now. */
function useMoment(): (at: number) => string {
  const { t, dates } = useWords();
  return (at) => (at === 0 ? t("history.begin") : at > 8.64e15 ? t("history.now") : t("history.when", { day: dates.day(iso(at)), time: dates.clock(iso(at)) }));
}

function Writer({ by, writers }: { by: string; writers: Writers }) {
  const { t } = useWords();
  const writer = writers[by];
  return <Who party={writer?.party ?? null} name={by === "" ? t("history.server") : writer?.name || t("history.nobody")} />;
}

export function Stretches({ meeting, list }: { meeting: MeetingPage; list: StretchList }) {
  const { t } = useWords();
  const moment = useMoment();
  const path = `/meetings/${meeting.id}/minutes/history`;
  const moments = [...new Set(list.rows.map((row) => ("kind" in row ? row.at : row.to)))];
  return (
    <>
      <h1 className="title title-big mb-2">
        <Phrase>{t("history.title", { body: meeting.body.name, n: meeting.position })}</Phrase>
      </h1>
      <p className="soft measure mb-5">{t("history.lead")}</p>
      {list.rows.length === 0 ? (
        <p className="soft">{t("history.none")}</p>
      ) : (
        <>
          <form method="get" action={path} className="past-compare">
            <label>
              <span>{t("history.from")}</span>
              <select className="input" name="from" defaultValue="0">
                {moments.map((at) => (
                  <option key={at} value={at}>
                    {moment(at)}
                  </option>
                ))}
                <option value="0">{t("history.begin")}</option>
              </select>
            </label>
            <label>
              <span>{t("history.to")}</span>
              <select className="input" name="to" defaultValue="now">
                <option value="now">{t("history.now")}</option>
                {moments.map((at) => (
                  <option key={at} value={at}>
                    {moment(at)}
                  </option>
                ))}
              </select>
            </label>
            <button className="btn">{t("history.compare")}</button>
          </form>
          <ol className="past-stretches">
            {list.rows.map((row) =>
              "kind" in row ? (
                <li key={`${row.at}-${row.kind}`} className="past-turn">
                  <TurnLine turn={row} writers={list.writers} />
                </li>
              ) : (
                <li key={`${row.to}-${row.from}-${row.by}`}>
                  <StretchLine stretch={row} writers={list.writers} path={path} />
                </li>
              ),
            )}
          </ol>
          {list.pages > 1 && (
            <nav className="past-pages" aria-label={t("history.pages")}>
              {list.page > 1 && <a href={`${path}?page=${list.page - 1}`}>{t("history.later")}</a>}
              <span className="soft num">{t("history.page", { at: list.page, of: list.pages })}</span>
              {list.page < list.pages && <a href={`${path}?page=${list.page + 1}`}>{t("history.earlier")}</a>}
            </nav>
          )}
        </>
      )}
    </>
  );
}

/** Frozen, sent back with the reason, the roll put right. */
function TurnLine({ turn, writers }: { turn: Turn; writers: Writers }) {
  const { t } = useWords();
  const moment = useMoment();
  return (
    <>
      <p>
        <Writer by={turn.by} writers={writers} />
        <span className="end small soft num">{moment(turn.at)}</span>
      </p>
      <p className="said">
        {turn.kind === "frozen" && t("history.frozen", { round: turn.round })}
        {turn.kind === "sentBack" && t("history.sentBack", { reason: turn.reason })}
        {turn.kind === "rollMended" &&
          t("history.rollMended", {
            name: writers[turn.personId]?.name || t("history.nobody"),
            was: t(`meeting.presence.${turn.was}`),
            is: t(`meeting.presence.${turn.presence}`),
            reason: turn.reason,
          })}
      </p>
    </>
  );
}

function StretchLine({ stretch, writers, path }: { stretch: Stretch; writers: Writers; path: string }) {
  const { t, dates } = useWords();
  const { by, from, to, came, went } = stretch;
  const said = [came > 0 && t("history.came", { n: came }), went > 0 && t("history.went", { n: went })].filter((words) => words !== false);
  const [begun, ended] = [dates.clock(iso(from)), dates.clock(iso(to))];
  const time = t("history.when", { day: dates.day(iso(from)), time: begun === ended ? ended : `${begun}–${ended}` });
  const name = by === "" ? t("history.server") : writers[by]?.name || t("history.nobody");
  return (
    <>
      <p>
        <Writer by={by} writers={writers} />
        <span className="end small soft num">{time}</span>
      </p>
      <p className="soft">{said.length > 0 ? said.join(t("list.comma")) : t("history.form")}</p>
      <p>
        <a href={`${path}?from=${Math.max(0, from - 1)}&to=${to}`} aria-label={t("history.changes.of", { name, time })}>
          {t("history.changes")}
        </a>
        <Dot />
        <a href={`${path}?at=${to}`} aria-label={t("history.open.of", { time })}>
          {t("history.open")}
        </a>
      </p>
    </>
  );
}

const numberOf = (meeting: MeetingPage, itemId: string): number => meeting.agenda.findIndex((line) => line.id === itemId);

/** What was recorded stands as it is now: records have a history of their own. */
const Record = ({ block, records }: { block: Pick<PastBlock, "kind" | "label">; records: Records }) =>
  isRecordKind(block.kind) ? recordViews[block.kind]({ id: block.label, records }) : null;

export function Moment({
  meeting,
  records,
  moment,
  restore,
  elsewhere,
}: {
  meeting: MeetingPage;
  records: Records;
  moment: MomentPage;
  restore: boolean;
  elsewhere: boolean;
}) {
  const { t } = useWords();
  const words = useMoment();
  return (
    <>
      <h1 className="title title-big mb-2">
        <Phrase>{t("history.at.title", { time: words(moment.at) })}</Phrase>
      </h1>
      <p className="soft measure mb-5">
        {t("history.at.lead")} {t(restore ? "history.restore.hint" : elsewhere ? "history.elsewhere" : "history.notNow")}
      </p>
      <article className="minutes-sheet minutes">
        {moment.sections.map((section) => {
          const n = numberOf(meeting, section.itemId);
          const line = meeting.agenda[n];
          const blocks = section.blocks.filter((b) => isRecordKind(b.kind) || b.parts.some((p) => p.text.trim() !== ""));
          return (
            line && (
              <section key={section.itemId} className="minutes-section">
                <SectionHead line={line} n={n + 1} />
                {blocks.length === 0 && <p className="soft">{t("history.empty")}</p>}
                {blocks.map((block, at) => (
                  <Block key={block.key} block={block} before={blocks[at - 1]} records={records} writers={moment.writers} />
                ))}
                {restore &&
                  (section.differs ? (
                    <form method="post" className="mt-4" data-once>
                      <input type="hidden" name="at" value={moment.at} />
                      <input type="hidden" name="itemId" value={section.itemId} />
                      <button className="btn btn-small" aria-label={t("history.restore.of", { n: n + 1 })}>
                        {t("history.restore")}
                      </button>
                    </form>
                  ) : (
                    <p className="small soft mt-4">{t("history.restore.same")}</p>
                  ))}
              </section>
            )
          );
        })}
      </article>
    </>
  );
}

function Block({ block, before, records, writers }: { block: PastBlock; before: PastBlock | undefined; records: Records; writers: Writers }) {
  if (isRecordKind(block.kind)) return <Record block={block} records={records} />;
  return (
    <p className={`past-${block.kind}`}>
      <Label label={block.label} />
      <Parts parts={block.parts} writers={writers} last={before?.parts.at(-1)?.by} />
    </p>
  );
}

const Label = ({ label }: { label: string }) => (label ? <b className="past-speaker">{label}</b> : null);

/** Each stretch of words behind its writer's seal and name, which are not said again while the same goes on. */
function Parts({ parts, writers, last }: { parts: readonly Written[]; writers: Writers; last: string | undefined }) {
  return (
    <InOrder
      of={parts}
      each={({ text, by }, n) => (
        <>
          {by !== (n === 0 ? last : parts[n - 1]?.by) && (
            <span className="past-by">
              <Writer by={by} writers={writers} />
            </span>
          )}
          <span className={`past-words past-words-${writers[by]?.party ?? "none"}`}>{text}</span>
        </>
      )}
    />
  );
}

export function Comparison({ meeting, records, comparison }: { meeting: MeetingPage; records: Records; comparison: ComparisonPage }) {
  const { t } = useWords();
  const moment = useMoment();
  return (
    <>
      <h1 className="title title-big mb-2">
        <Phrase>{t("history.compare.title", { from: moment(comparison.from), to: moment(comparison.to) })}</Phrase>
      </h1>
      {comparison.sections.length === 0 ? (
        <p className="soft">{t("history.compare.none")}</p>
      ) : (
        <>
          <p className="soft measure mb-5">
            <ins className="past-ins">{t("history.legend.came")}</ins> <del className="past-del">{t("history.legend.went")}</del>
          </p>
          <article className="minutes-sheet minutes">
            {comparison.sections.map((section) => {
              const n = numberOf(meeting, section.itemId);
              const line = meeting.agenda[n];
              return (
                line && (
                  <section key={section.itemId} className="minutes-section">
                    <SectionHead line={line} n={n + 1} />
                    {section.blocks.map((block) => (
                      <Compared key={`${block.how}-${block.key}`} block={block} records={records} />
                    ))}
                  </section>
                )
              );
            })}
          </article>
        </>
      )}
    </>
  );
}

function Compared({ block, records }: { block: ComparedBlock; records: Records }) {
  if (isRecordKind(block.kind)) {
    const record = <Record block={block} records={records} />;
    return block.how === "came" ? <ins className="past-block">{record}</ins> : block.how === "went" ? <del className="past-block">{record}</del> : record;
  }
  return (
    <p className={`past-text past-${block.kind}${block.how === "same" ? " soft" : ""}`}>
      <Label label={block.label} />
      <Changed changes={block.changes} />
    </p>
  );
}
