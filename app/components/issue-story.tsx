// What happened, level by level, in plain words.
import type { Key } from "../i18n/engine";
import { useWords } from "../i18n/t";
import type { IssuePage, StoryEntry, StoryLevel } from "../views/issue-page";

export function IssueStory({ issue }: { issue: IssuePage }) {
  return (
    <div className="story">
      {issue.story.map((level) => (
        // The same level may hold an issue twice.
        <Level key={`${level.bodyId} ${level.from}`} level={level} />
      ))}
    </div>
  );
}

function Level({ level }: { level: StoryLevel }) {
  const { t, dates } = useWords();
  const from = dates.day(level.from);
  const span =
    level.until === null
      ? t("story.since", { from })
      : level.days === 0
        ? t("story.span.today", { from })
        : t("story.span", { from, until: dates.day(level.until), n: level.days });
  return (
    <section>
      <div>
        <h3>{level.name}</h3>
        <p className="small soft">{span}</p>
        {level.acceptedBy && <p className="small soft">{t("story.acceptedBy", { name: level.acceptedBy })}</p>}
      </div>
      <dl>
        {level.entries.map((entry) => (
          <Entry key={entry.at + entry.what + entry.text} entry={entry} />
        ))}
      </dl>
    </section>
  );
}

const strong = new Set(["issue.climbed", "issue.escalated", "issue.remitted", "issue.merged", "issue.closed", "issue.reopened", "issue.undone"]);

function Entry({ entry }: { entry: StoryEntry }) {
  const { t, has, dates } = useWords();
  const key = `story.${entry.what}`;
  const empty = `${key}.empty`;
  const chosen = !entry.text && has(empty) ? empty : key;
  if (!has(chosen)) return null;
  const by = entry.by || t("story.neighbour");
  return (
    <div>
      <dt>{dates.day(entry.at)}</dt>
      <dd>
        <p className={strong.has(entry.what) ? "strong" : undefined}>
          {t(chosen as Key, { by, to: entry.to, number: entry.number, n: entry.meeting?.position ?? 0, due: entry.due ? dates.day(entry.due) : "" })}
        </p>
        {entry.text && <p className="quote said">{entry.text}</p>}
        {entry.what === "decision.recorded" && entry.meeting && (
          <p className="small">
            <a href={`/meetings/${entry.meeting.id}/minutes`}>{t("story.minutes")}</a>
          </p>
        )}
      </dd>
    </div>
  );
}
