// The page of one issue: where it is, whom everybody waits for, what was decided, and how it came there.
import { useWords } from "../i18n/t";
import type { IssueOwed } from "../views/clocks";
import type { IssuePaper } from "../views/forward";
import type { IssuePage } from "../views/issue-page";
import { FollowUp } from "./follow-up";
import { PhotoStrip } from "./form";
import { Dot, Page } from "./frame";
import { IssueActs } from "./issue-acts";
import { issueWord } from "./issue-row";
import { IssueStory } from "./issue-story";
import { OverdueWords, OwedList } from "./owed";
import { Phrase } from "./phrase";
import { CourseList } from "./procedure";
import { DecisionBlock } from "./record";
import { LightSign, Staircase } from "./sign";

export function IssueView({ issue, papers, owed, requestId }: { issue: IssuePage; papers: readonly IssuePaper[]; owed: IssueOwed; requestId: string }) {
  const { t, dates } = useWords();
  const place = [issue.stairwell ? t("issue.place.stairwell", { building: issue.building, n: issue.stairwell }) : issue.building, issue.place]
    .filter(Boolean)
    .join(" ");
  return (
    <Page back={{ href: "/issues", to: t("issue.back") }}>
      <p className="kicker">
        <span className="num strong">{issue.number}</span>
        <Dot />
        <span className="nowrap">{t(`track.${issue.track}`)}</span>
        <Dot />
        <span className="nowrap">{t(`category.${issue.category}`)}</span>
        {place && (
          <>
            <Dot />
            <span>{place}</span>
          </>
        )}
        {issue.households > 1 && (
          <>
            <Dot />
            <span className="nowrap">{t("issue.households", { n: issue.households })}</span>
          </>
        )}
      </p>
      <h1 className="title title-big">
        <Phrase>{issue.title}</Phrase>
      </h1>
      <Staircase steps={issue.steps} home={issue.home} />
      <div className="under" data-live={`/live?issue=${issue.id}`} data-live-words={t("live.changed")}>
        <Now issue={issue} owed={owed} />
        <IssueActs issue={issue} requestId={requestId} />
      </div>
      <OwedList owed={owed} />
      {issue.course && <CourseList course={issue.course} />}
      {issue.decisions.length > 0 && (
        <section className="section issue-decisions">
          <h2 className="title-small">{t("issue.decisions")}</h2>
          {issue.decisions.map((decision) => (
            <DecisionBlock key={decision.id} decision={decision} />
          ))}
        </section>
      )}
      {papers.length > 0 && (
        <section className="section">
          <h2 className="title-small mb-2">{t("forward.papers")}</h2>
          <ul className="plain">
            {papers.map((paper) => (
              <li key={paper.paperId}>
                <a href={`/papers/${paper.paperId}`}>{t("forward.paper", { body: paper.body, n: paper.position })}</a>{" "}
                <span className="small soft">{dates.day(paper.at)}</span>
                {paper.handouts > 0 && (
                  <>
                    <Dot />
                    <a href={`/meetings/${paper.meetingId}/handouts#item-${paper.itemId}`}>{t("handout.see", { n: paper.handouts })}</a>
                  </>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
      <section className="section">
        <h2 className="title-small">{t("issue.story")}</h2>
        <IssueStory issue={issue} />
        {issue.photos.length > 0 && (
          <div className="mt-5">
            <h3 className="small soft">{t("issue.photosOf")}</h3>
            <PhotoStrip photos={issue.photos} />
          </div>
        )}
        <p className="small faint mt-5">
          {t(issue.mine ? "issue.raisedByYou" : "issue.raisedOn", { date: dates.day(issue.raisedAt) })}
          {t("list.stop")} {t(`visibility.${issue.visibility}`)}
          {t("list.stop")} {issue.joined && t("issue.joined")}
        </p>
        {issue.mergedFrom.length > 0 && <p className="small soft">{t("issue.mergedFrom", { numbers: issue.mergedFrom.join(t("list.comma")) })}</p>}
      </section>
    </Page>
  );
}

/** The sentence below the stairs, behind a bar in the light's colour. */
function Now({ issue, owed }: { issue: IssuePage; owed: IssueOwed }) {
  const { t } = useWords();
  const tone = issue.light.state === "late" ? " now-late" : issue.light.state === "soon" ? " now-soon" : "";
  return (
    <div className={`now${tone}`}>
      <p>
        <LightSign light={issue.light} word={issueWord(issue.status)} />
      </p>
      {issue.answer ? (
        <>
          <p className="head">{t(`issue.answer.${issue.answer.kind}`, { body: issue.answer.bodyName })}</p>
          {issue.answer.text && <p className="said">{issue.answer.text}</p>}
          {issue.feedback && <p className="soft">{t(`issue.feedback.${issue.feedback.content as "content"}`)}</p>}
          {issue.feedback?.remark && <p className="quote said">{issue.feedback.remark}</p>}
          {issue.status === "answered" && <p className="soft">{t(issue.mine ? "issue.waits.feedback.you" : "issue.waits.feedback")}</p>}
          <FollowUp followUp={issue.followUp} mine={issue.mine} />
        </>
      ) : (
        <>
          <Waiting issue={issue} />
          <OverdueWords owed={owed} />
        </>
      )}
    </div>
  );
}

function Waiting({ issue }: { issue: IssuePage }) {
  const { t, dates } = useWords();
  const { what, for: whom, by, task, others } = issue.waits;
  const date = by ? dates.day(by) : "";
  switch (what) {
    case "accept":
      return <p className="head">{t(by ? "issue.waits.accept.by" : "issue.waits.accept", { for: whom, date })}</p>;
    case "settle":
      return <p className="head">{t(by ? "issue.waits.settle.by" : "issue.waits.settle", { for: whom, date })}</p>;
    case "meeting":
      return (
        <p className="head">
          <a href={`/meetings/${issue.agenda?.meetingId}`}>{t("issue.waits.meeting", { for: whom, date: by ? dates.dayWeekdayTime(by) : "" })}</a>
        </p>
      );
    case "tasks":
      return (
        <>
          <p className="head">{t("issue.waits.tasks", { for: whom, date, task })}</p>
          <p className="soft">{others > 0 ? t("issue.waits.tasks.more", { n: others }) : t("issue.waits.tasks.last")}</p>
        </>
      );
    case "reply":
      return <p className="head said">{t("issue.waits.reply", { question: issue.question })}</p>;
    case "nobody":
      return issue.mergedInto ? (
        <p className="head">
          <a href={`/issues/${issue.mergedInto}`}>{t("issue.mergedInto", { number: issue.mergedInto })}</a>
        </p>
      ) : (
        <p className="head">{t("issue.waits.nobody")}</p>
      );
    case "feedback":
      return <p className="head">{t("issue.waits.feedback")}</p>;
  }
}
