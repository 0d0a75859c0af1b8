// The room for whoever runs it: one main action at a time, the rest outlined or folded away.
import { choices, voidGrounds } from "../domain/vote";
import { useT } from "../i18n/t";
import type { RoomPage, RoomVote } from "../views/room";
import { Counting } from "./decision-form";
import { Choices, Select, TextInput } from "./form";
import { QuorumSign, thereIn, useThere } from "./quorum";
import { Floor, type InRoom, Press, Refused, sentBy, VoteBlock } from "./room-parts";
import { BallotForm, ItemHead, type Minuted, SoFar } from "./room-seat";
import { Who } from "./sign";

export function ChairRoom({ at, minuted }: { at: InRoom; minuted: Minuted }) {
  const t = useT();
  const there = useThere();
  const { room } = at;
  const { meeting, vote } = room;
  const present = meeting.seats.filter((s) => s.presence === "present");
  return (
    <div className="chair">
      <div className="chair-item">
        <ItemHead at={at} />
        <Refused sent={at.sent} />
        {vote && (
          <div className="mt-5" data-key="vote">
            <RunningVote at={at} vote={vote} />
          </div>
        )}
        <Main at={at} />
        {offersVote(room) && <OpenVote at={at} main={votesNext(room)} />}
      </div>
      <aside className="chair-side" data-key="side">
        <Floor
          room={room}
          acts={(personId, speaks) =>
            speaks ? (
              <Press at={at} act="end" name={`end-${personId}`} wait fields={{ personId }}>
                <button className="btn btn-small">{t("room.end.other")}</button>
              </Press>
            ) : (
              <Press at={at} act="give" name={`give-${personId}`} fields={{ personId }}>
                <button className="btn btn-small" aria-label={t("room.give.of", { name: meeting.seats.find((s) => s.personId === personId)?.name ?? "" })}>
                  {t("room.give")}
                </button>
              </Press>
            )
          }
        />
        <div className="mt-5" data-key="quorum">
          <QuorumSign meeting={meeting} />
        </div>
        <details className="more mt-3" data-key="people">
          <summary>{there(thereIn(meeting))}</summary>
          <ul className="floor">
            {present.map((seat) => (
              <li key={seat.personId} data-key={seat.personId}>
                <Who party={seat.party} name={seat.name} />
                <span className="end small soft">
                  {!seat.votes && t("meeting.noVote")}
                  {room.speaker?.personId !== seat.personId && (
                    <Press at={at} act="give" name={`let-${seat.personId}`} fields={{ personId: seat.personId }}>
                      <button className="btn btn-small" aria-label={t("room.give.of", { name: seat.name })}>
                        {t("room.give")}
                      </button>
                    </Press>
                  )}
                </span>
              </li>
            ))}
          </ul>
        </details>
      </aside>
      <div className="chair-minutes" data-key="minuted">
        <SoFar minuted={minuted} meetingId={meeting.id} />
      </div>
      <nav className="chair-agenda" aria-label={t("meeting.agenda")} data-key="agenda">
        <p className="small soft">{t("meeting.agenda")}</p>
        <ol>
          {meeting.agenda.map((line, n) => {
            const here = line.id === room.item?.line.id;
            const decided = meeting.decisions.find((d) => d.itemId === line.id);
            return (
              <li key={line.id} data-key={line.id} aria-current={here ? "step" : undefined}>
                <span className="n num">{n + 1}</span>
                <span>
                  <span className={here ? "strong" : undefined}>{line.visible ? line.title : t("meeting.agenda.hidden")}</span>
                  <span className="small soft under-label">
                    {decided ? t("decision.outcome", { outcome: t(`outcome.${decided.outcome}`) }) : t("meeting.agenda.minutes", { n: line.minutes })}
                  </span>
                  {!here && vote?.status !== "open" && (
                    <Press at={at} act="take" name={`take-${line.id}`} version={meeting.version} fields={{ itemId: line.id }}>
                      <button className="btn btn-plain btn-small" aria-label={t("room.take.of", { n: n + 1 })}>
                        {t("room.take")}
                      </button>
                    </Press>
                  )}
                </span>
              </li>
            );
          })}
        </ol>
      </nav>
    </div>
  );
}

const offersVote = ({ can, vote, item, methods }: RoomPage): boolean =>
  can.openVote && vote?.status !== "open" && item !== null && !item.late && methods.length > 0;
/** Whether what comes next is the item's vote: nothing was voted on or decided yet. */
const votesNext = (room: RoomPage): boolean => offersVote(room) && !room.item?.decided && room.vote === null;

/** The one main action, the screen, and the rest. */
function Main({ at }: { at: InRoom }) {
  const t = useT();
  const { room } = at;
  const { meeting, vote, next, item } = room;
  const path = `/meetings/${meeting.id}`;
  const runs = vote?.status === "open";
  const records = vote !== null && !runs && !vote.decided && item !== null && vote.itemId === item.line.id;
  const votes = votesNext(room);
  const goOn = next && (
    <Press at={at} act="take" name="next" version={meeting.version} fields={{ itemId: next.id }} className="contents">
      <button className={`btn${runs || records || votes ? "" : " btn-main"}`}>{t("room.next")}</button>
    </Press>
  );
  return (
    <div className="thumb" data-key="thumb">
      {runs && (
        <button className="btn btn-main" form="close-vote">
          {vote.method === "rollCall" && vote.cast < vote.voters ? t("room.vote.close.left", { n: vote.voters - vote.cast }) : t("room.vote.close")}
        </button>
      )}
      {records && (
        <a className="btn btn-main" href={`${path}/items/${item.line.id}/decision?vote=${vote.id}`}>
          {t("room.record")}
        </a>
      )}
      {!runs && goOn}
      {!runs && !next && !records && meeting.can.close && (
        <a className={`btn${votes ? "" : " btn-main"}`} href={`${path}/closing`}>
          {t("meeting.close")}
        </a>
      )}
      <a className="btn only-desk-btn" href={`${path}/screen`}>
        {t("room.screen")}
      </a>
      <details className="more" data-key="more" open={["void", "recuse", "cast-for"].some((form) => sentBy(at, form))}>
        <summary>{t("issue.more")}</summary>
        <ul>
          {runs && vote.method === "rollCall" && (
            <li data-key="recorder">
              <ForSomebody at={at} vote={vote} />
            </li>
          )}
          {vote && runs && room.can.voidVote && (
            <li data-key="void">
              <details data-key="void-form" open={sentBy(at, "void") !== undefined}>
                <summary>{t("room.vote.void")}</summary>
                <Press at={at} act="void" name="void" fields={{ voteId: vote.id }} className="stack mt-3">
                  <Choices
                    name="ground"
                    label={t("room.vote.void.ground")}
                    hint={vote.method === "rollCall" && vote.cast > 0 ? t("room.vote.void.again") : undefined}
                    sent={sentBy(at, "void")}
                    options={voidGrounds.map((value) => ({ value, label: t(`voidGround.${value}`) }))}
                  />
                  <TextInput name="reason" label={t("room.vote.void.reason")} sent={sentBy(at, "void")} />
                  <button className="btn">{t("room.vote.void.button")}</button>
                </Press>
              </details>
            </li>
          )}
          {room.can.recuse && item && !runs && (
            <li data-key="recuse">
              <details data-key="recuse-form" open={sentBy(at, "recuse") !== undefined}>
                <summary>{t("room.recuse")}</summary>
                <Press at={at} act="recuse" name="recuse" fields={{ itemId: item.line.id }} className="stack mt-3">
                  <Select
                    name="personId"
                    label={t("room.recuse.who")}
                    sent={sentBy(at, "recuse")}
                    options={meeting.seats
                      .filter((s) => s.votes && !item.recused.some((r) => r.personId === s.personId))
                      .map((s) => ({ value: s.personId, label: s.name }))}
                  />
                  <TextInput name="reason" label={t("room.recuse.reason")} hint={t("room.recuse.hint")} sent={sentBy(at, "recuse")} />
                  <button className="btn">{t("room.recuse.button")}</button>
                </Press>
              </details>
            </li>
          )}
          {item && meeting.can.record && item.line.visible && !records && (
            <li>
              <a href={`${path}/items/${item.line.id}/decision`}>{t("decision.new.title")}</a>
            </li>
          )}
          {room.can.hand && !room.me.speaking && (
            <li data-key="hand">
              <Press at={at} act={room.me.hand ? "lower" : "raise"} name="hand" wait fields={{ kind: "speak", itemId: item?.line.id ?? "" }}>
                <button className="btn btn-plain">{t(room.me.hand ? "room.hand.lower" : "room.hand.raise")}</button>
              </Press>
            </li>
          )}
          <li>
            <a href={`${path}/attendance`}>{t("meeting.roll")}</a>
          </li>
          <li>
            <a href={`${path}/table`}>{t("room.table")}</a>
          </li>
          <li className="only-phone-li">
            <a href={`${path}/screen`}>{t("room.screen")}</a>
          </li>
          <li>
            <a href={`${path}/minutes`}>{t("meeting.minutes.write")}</a>
          </li>
          <li>
            <a href={`${path}/room`}>{t("room.refresh")}</a>
          </li>
          {meeting.can.close && (
            <li>
              <a href={`${path}/closing`}>{t("meeting.close")}</a>
            </li>
          )}
        </ul>
      </details>
    </div>
  );
}

function RunningVote({ at, vote }: { at: InRoom; vote: RoomVote }) {
  const { room } = at;
  return (
    <VoteBlock vote={vote}>
      {vote.status === "open" && (
        <Press at={at} act="close" name="close-vote" fields={{ voteId: vote.id }} className="mt-4">
          {vote.method === "showOfHands" && <Counting sent={sentBy(at, "close-vote")} here={room.voters} />}
        </Press>
      )}
      {vote.mine.map((ballot) => (
        <BallotForm key={ballot.personId} at={at} vote={vote} ballot={ballot} />
      ))}
    </VoteBlock>
  );
}

/** Whoever has no phone says it aloud; it is written down for them, by name. */
function ForSomebody({ at, vote }: { at: InRoom; vote: RoomVote }) {
  const t = useT();
  const free = vote.list.filter((v) => v.notable);
  if (free.length === 0) return <span className="small soft">{t("room.cast.for.none")}</span>;
  return (
    <details data-key="for-somebody" open={sentBy(at, "cast-for") !== undefined}>
      <summary>{t("room.cast.for")}</summary>
      <Press at={at} act="cast" name="cast-for" fields={{ voteId: vote.id }} className="stack mt-3">
        <Select
          name="personId"
          label={t("room.cast.for.who")}
          sent={sentBy(at, "cast-for")}
          options={free.map((v) => ({ value: v.personId, label: v.name }))}
        />
        <Choices
          name="choice"
          label={t("room.cast.for.choice")}
          sent={sentBy(at, "cast-for")}
          columns={3}
          options={choices.map((value) => ({ value, label: t(`decision.${value}`) }))}
        />
        <button className="btn">{t("room.cast.for.button")}</button>
      </Press>
    </details>
  );
}

function OpenVote({ at, main }: { at: InRoom; main: boolean }) {
  const t = useT();
  const { room } = at;
  const { item } = room;
  if (!item) return null;
  const sent = sentBy(at, `open-${item.line.id}`);
  return (
    <details className="more open-vote mt-4" data-key={`open-vote-${item.line.id}`} open={sent !== undefined}>
      <summary className={main ? "btn btn-main" : undefined}>{t("room.vote.new")}</summary>
      <Press at={at} act="open" name={`open-${item.line.id}`} fields={{ itemId: item.line.id }} className="stack mt-3">
        <TextInput name="question" label={t("room.vote.question")} hint={t("room.vote.question.hint")} sent={sent} />
        <Choices
          name="method"
          label={t("room.vote.method")}
          sent={sent}
          value={room.methods[0]}
          options={room.methods.map((value) => ({ value, label: t(`method.${value}`), hint: t(`room.vote.method.${value}`) }))}
        />
        <button className="btn">{t("room.vote.new.button")}</button>
      </Press>
    </details>
  );
}
