// The minutes to read: what was said, what was decided. Rendered on the server from the stored document.
import type { ReactNode } from "react";
import type { MinutesNode, MinutesSection, Run } from "../../collab/read";
import type { RecordKind } from "../../collab/records";
import { useWords } from "../../i18n/t";
import type { DecisionProps, TaskProps } from "../../views/decisions";
import type { AgendaLine, MeetingPage } from "../../views/meeting-page";
import type { HandoutLine, MinutesRecords, VoteLine } from "../../views/minutes";
import { Dot } from "../frame";
import { InOrder } from "../in-order";
import { Phrase } from "../phrase";
import { DecisionBlock, TallyBar, TaskLine } from "../record";
import { Who } from "../sign";

export type Records = { meetingId: string; decisions: readonly DecisionProps[]; amend: boolean; assign: boolean } & MinutesRecords;

export function MinutesReading({ meeting, sections, records }: { meeting: MeetingPage; sections: readonly MinutesSection[]; records: Records }) {
  const { t } = useWords();
  return (
    <div className="minutes">
      {meeting.agenda.map((line, n) => {
        const section = sections.find((s) => s.itemId === line.id);
        return (
          <section key={line.id} id={`item-${line.id}`} className="minutes-section">
            <SectionHead line={line} n={n + 1} />
            {!line.visible ? (
              <p className="soft">{t("meeting.agenda.hidden")}</p>
            ) : (
              <>
                <Nodes nodes={section?.nodes ?? []} records={records} />
                {meeting.can.record && (
                  <p className="mt-4">
                    <a className="btn btn-small" href={`/meetings/${meeting.id}/items/${line.id}/decision`}>
                      {t("decision.new.title")}
                    </a>
                  </p>
                )}
              </>
            )}
          </section>
        );
      })}
    </div>
  );
}

export function SectionHead({ line, n }: { line: AgendaLine; n: number }) {
  const { t, dates } = useWords();
  return (
    <header>
      <p className="small faint">
        {t("minutes.item", { n })}
        {line.number && (
          <>
            <Dot />
            <a className="num" href={`/issues/${line.number}`}>
              {line.number}
            </a>
          </>
        )}
        {line.from && (
          <>
            <Dot />
            {t("meeting.agenda.from", { from: line.from, date: dates.day(line.since) })}
          </>
        )}
      </p>
      <h2 className="title">
        <Phrase>{line.visible ? line.title : t("meeting.agenda.hidden")}</Phrase>
      </h2>
    </header>
  );
}

/** What stands in one section. */
export function Nodes({ nodes, records }: { nodes: readonly MinutesNode[]; records: Records }) {
  return <InOrder of={nodes} each={(node) => <Block node={node} records={records} />} />;
}

function Block({ node, records }: { node: MinutesNode; records: Records }) {
  switch (node.kind) {
    case "paragraph":
      return node.runs.length === 0 ? null : (
        <p>
          <Runs runs={node.runs} />
        </p>
      );
    case "heading":
      return (
        <h3>
          <Runs runs={node.runs} />
        </h3>
      );
    case "speech":
      return (
        <p className="speech" data-speaker={node.speaker}>
          <Runs runs={node.runs} />
        </p>
      );
    case "list": {
      const List = node.ordered ? "ol" : "ul";
      return (
        <List>
          <InOrder
            of={node.items}
            each={(item) => (
              <li>
                <Nodes nodes={item} records={records} />
              </li>
            )}
          />
        </List>
      );
    }
    case "table":
      return (
        <table>
          <tbody>
            <InOrder
              of={node.rows}
              each={(row) => (
                <tr>
                  <InOrder
                    of={row}
                    each={(cell) => {
                      const Cell = cell.header ? "th" : "td";
                      return (
                        <Cell>
                          <Nodes nodes={cell.nodes} records={records} />
                        </Cell>
                      );
                    }}
                  />
                </tr>
              )}
            />
          </tbody>
        </table>
      );
    case "image":
      return <img src={`/files/${node.photoId}`} alt={node.alt} loading="lazy" />;
    case "decision":
      return <DecisionRecord id={node.decisionId} records={records} />;
    case "task":
      return <TaskRecord id={node.taskId} records={records} />;
    case "vote":
      return <VoteRecord id={node.voteId} records={records} />;
    case "attendance":
      return <MoveRecord id={node.attendanceId} records={records} />;
    case "attachment":
      return <HandoutRecord id={node.attachmentId} records={records} />;
  }
}

type OfRecord = { id: string; records: Records };
/** The record a block stands for, as it is now; nothing when it is not there, or not for this person to see. */
export const recordViews: Record<RecordKind, (of: OfRecord) => ReactNode> = {
  decision: (of) => <DecisionRecord {...of} />,
  task: (of) => <TaskRecord {...of} />,
  vote: (of) => <VoteRecord {...of} />,
  attendance: (of) => <MoveRecord {...of} />,
  attachment: (of) => <HandoutRecord {...of} />,
};

/** The result of a vote: what was asked, who counted how, whether it carried. */
function VoteRecord({ id, records }: OfRecord) {
  const { t } = useWords();
  const vote = records.votes.find((v) => v.id === id);
  if (!vote || vote.status === "open") return null;
  return (
    <article className="block" aria-label={t("block.vote")}>
      <p className="block-head">
        <b>{t("block.vote")}</b>
        <span>{t(`method.${vote.method}`)}</span>
        <span>{t(`block.vote.${vote.status}`)}</span>
      </p>
      <p className="block-text said">{vote.question}</p>
      {(vote.status !== "void" || vote.method === "rollCall") && <TallyBar counts={vote.counts} />}
      {vote.status === "void" && (
        <p className="soft said">{[vote.ground && t(`voidGround.${vote.ground}`), vote.reason].filter(Boolean).join(t("list.clause"))}</p>
      )}
      {vote.turnout && <AtTheCount turnout={vote.turnout} />}
    </article>
  );
}

/** 有表决权7人，到场5人，没投1人。没投的：物业经理 */
function AtTheCount({ turnout }: { turnout: NonNullable<VoteLine["turnout"]> }) {
  const { t } = useWords();
  const { notVoted, ...counted } = turnout;
  return (
    <p className="small soft">
      {t(counted.represented > 0 ? "paper.vote.there.represented" : "paper.vote.there", counted)}
      {notVoted.length > 0 && t("block.vote.notVoted", { names: notVoted.join(t("list.comma")) })}
    </p>
  );
}

/** 19:40 物业经理先走 */
function MoveRecord({ id, records }: OfRecord) {
  const { t, dates } = useWords();
  const move = records.moves.find((m) => m.id === id);
  if (!move) return null;
  return (
    <p className="block-move">
      <span className="num">{dates.time(move.at)}</span> <Who party={move.party} name={move.name} /> {t(`block.move.${move.presence}`)}
    </p>
  );
}

function HandoutRecord({ id, records }: OfRecord) {
  const { t } = useWords();
  const handout = records.handouts.find((h) => h.id === id);
  if (!handout) return null;
  return (
    <p className="block-handout">
      <b>{t("block.handout")}</b> <HandoutLink handout={handout} meetingId={records.meetingId} />
    </p>
  );
}

/** A paper by its name, its kind and its size. */
export function HandoutLink({ handout, meetingId }: { handout: HandoutLine; meetingId: string }) {
  const { t } = useWords();
  const size =
    handout.bytes < 1_048_576 ? t("handout.kb", { n: Math.ceil(handout.bytes / 1024) }) : t("handout.mb", { n: (handout.bytes / 1_048_576).toFixed(1) });
  return (
    <>
      <a className="said" href={`/meetings/${meetingId}/handouts/${handout.id}`}>
        {handout.name}
      </a>{" "}
      <span className="small soft nowrap">{t(handout.type === "application/pdf" ? "handout.pdf" : "handout.photo", { size })}</span>
    </>
  );
}

/** A decision's live block; its tasks stand below it as blocks of their own. */
function DecisionRecord({ id, records }: { id: string; records: Records }) {
  const decision = records.decisions.find((d) => d.id === id);
  if (!decision) return null;
  return (
    <DecisionBlock
      decision={{ ...decision, tasks: [] }}
      amendHref={records.amend ? `/decisions/${id}` : undefined}
      taskHref={records.assign ? `/decisions/${id}/task` : undefined}
    />
  );
}

function TaskRecord({ id, records }: { id: string; records: Records }) {
  const task: TaskProps | undefined = records.decisions.flatMap((d) => d.tasks).find((t) => t.id === id);
  if (!task) return null;
  return (
    <div className="block block-task">
      <TaskLine task={task} />
    </div>
  );
}

const Runs = ({ runs }: { runs: readonly Run[] }) => (
  <InOrder
    of={runs}
    each={(run) => {
      const text = run.bold ? <strong>{run.text}</strong> : run.text;
      return run.href ? (
        <a href={run.href} rel="noopener noreferrer nofollow">
          {text}
        </a>
      ) : (
        text
      );
    }}
  />
);
