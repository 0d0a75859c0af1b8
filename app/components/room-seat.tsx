// The room on the phones of those who sit in it: one item, one button; during a vote by name, the vote.
import type { MinutesNode } from "../collab/read";
import { choices } from "../domain/vote";
import { useT } from "../i18n/t";
import type { MyBallot, RoomVote } from "../views/room";
import { TextInput } from "./form";
import { Dot } from "./frame";
import { Nodes, type Records } from "./minutes/reading";
import { Phrase } from "./phrase";
import { useSaid } from "./procedure";
import { Floor, type InRoom, Press, Refused, sentBy, TimeLeft, useNeeded, VoteBlock } from "./room-parts";

export type Minuted = { nodes: MinutesNode[]; records: Records } | null;

export function SeatRoom({ at, minuted }: { at: InRoom; minuted: Minuted }) {
  const t = useT();
  const { room } = at;
  const { vote } = room;
  if (vote?.status === "open" && vote.method === "rollCall") return <Ballots at={at} vote={vote} />;
  return (
    <>
      <ItemHead at={at} />
      <Refused sent={at.sent} />
      {vote && (
        <div className="mt-5" data-key="vote">
          <VoteBlock vote={vote} />
        </div>
      )}
      <div className="mt-5" data-key="floor">
        <Floor room={room} />
      </div>
      <SoFar minuted={minuted} meetingId={room.meeting.id} />
      <MyHand at={at} />
      <p className="mt-4" data-key="refresh">
        <a href={`/meetings/${room.meeting.id}/room`}>{t("room.refresh")}</a>
        <Dot />
        <a href={`/meetings/${room.meeting.id}`}>{t("room.agenda")}</a>
      </p>
      <RecuseSelf at={at} />
    </>
  );
}

export function ItemHead({ at }: { at: InRoom }) {
  const t = useT();
  const { item } = at.room;
  if (!item)
    return (
      <h1 className="title">
        <Phrase>{t("room.noItem")}</Phrase>
      </h1>
    );
  return (
    <div data-key="item">
      <p className="kicker">
        {t("room.item", { n: item.n, of: item.of })}
        <Dot />
        <TimeLeft item={item} />
        {item.line.number && (
          <>
            <Dot />
            <a className="num" href={`/issues/${item.line.number}`}>
              {item.line.number}
            </a>
          </>
        )}
      </p>
      <h1 className="title title-big">
        <Phrase>{item.line.visible ? item.line.title : t("meeting.agenda.hidden")}</Phrase>
      </h1>
      <Late at={at} />
      {item.recused.length > 0 && <p className="small soft mt-3">{t("room.recused", { names: item.recused.map((r) => r.name).join(t("list.comma")) })}</p>}
    </div>
  );
}

/** An item that came after the notice: it may be talked about, and by which rule it cannot be decided. */
function Late({ at }: { at: InRoom }) {
  const { item } = at.room;
  const t = useT();
  const said = useSaid();
  if (!item?.late) return null;
  const { id, text, source } = item.late;
  return (
    <div className="now now-soon mt-3" data-key="late">
      <p className="strong">{t("room.late")}</p>
      <p className="small soft">{t("refusal.byRule", { rule: `${id} ${said(text)}`, source: said(source) })}</p>
    </div>
  );
}

/** What has been minuted on this item so far. */
export function SoFar({ minuted, meetingId }: { minuted: Minuted; meetingId: string }) {
  const t = useT();
  if (!minuted) return null;
  return (
    <section className="mt-6" data-key="minutes">
      <h2 className="head mb-2">{t("room.minutes")}</h2>
      {minuted.nodes.length > 0 ? (
        <div className="minutes so-far">
          <Nodes nodes={minuted.nodes} records={minuted.records} />
        </div>
      ) : (
        <p className="faint">{t("room.minutes.none")}</p>
      )}
      <p className="mt-3">
        <a href={`/meetings/${meetingId}/minutes`}>{t("room.minutes.all")}</a>
      </p>
    </section>
  );
}

/** The one button: ask for the floor, take the hand down, or say that one has finished. */
function MyHand({ at }: { at: InRoom }) {
  const t = useT();
  const { me, can, item, meeting } = at.room;
  const itemId = item?.line.id ?? "";
  const invited = meeting.seats.some((s) => s.me);
  if (!can.hand)
    return (
      <div className="thumb" data-key="thumb">
        <p className="small soft">{t(me.here ? "room.listening" : invited ? "room.notHere" : "room.checkIn.notInvited")}</p>
        {!me.here && invited && (
          <a className="btn btn-main" href={`/meetings/${meeting.id}/check-in`}>
            {t("room.checkIn.go")}
          </a>
        )}
      </div>
    );
  return (
    <div className="thumb" data-key="thumb">
      {me.speaking ? (
        <Press at={at} act="end" name="end" wait fields={{ personId: me.personId }} className="contents">
          <button className="btn btn-main">{t("room.end")}</button>
        </Press>
      ) : me.hand ? (
        <Press at={at} act="lower" name="lower" wait className="contents">
          <button className="btn btn-main">{t("room.hand.lower")}</button>
        </Press>
      ) : (
        <>
          <Press at={at} act="raise" name="raise" wait fields={{ kind: "speak", itemId }} className="contents">
            <button className="btn btn-main">{t("room.hand.raise")}</button>
          </Press>
          {can.order && (
            <Press at={at} act="raise" name="order" wait fields={{ kind: "order", itemId }} className="contents">
              <button className="btn btn-plain">{t("room.hand.orderLong")}</button>
            </Press>
          )}
        </>
      )}
    </div>
  );
}

/** One's own word, also while a vote is open: nobody else says it for them then. */
function RecuseSelf({ at }: { at: InRoom }) {
  const t = useT();
  const { room } = at;
  if (!room.can.recuseSelf || !room.item) return null;
  return (
    <details className="more" data-key="recuse" open={sentBy(at, `recuse-${room.me.personId}`) !== undefined}>
      <summary>{t("room.recuse.self")}</summary>
      <RecuseForm at={at} personId={room.me.personId} />
    </details>
  );
}

function RecuseForm({ at, personId }: { at: InRoom; personId: string }) {
  const t = useT();
  return (
    <Press at={at} act="recuse" name={`recuse-${personId}`} fields={{ personId, itemId: at.room.item?.line.id ?? "" }} className="stack mt-3">
      <TextInput name="reason" label={t("room.recuse.reason")} hint={t("room.recuse.hint")} sent={sentBy(at, `recuse-${personId}`)} />
      <button className="btn">{t("room.recuse.button")}</button>
    </Press>
  );
}

/** The vote takes over the page: choose, then confirm. */
function Ballots({ at, vote }: { at: InRoom; vote: RoomVote }) {
  const t = useT();
  const needed = useNeeded();
  const { room } = at;
  const [first, ...others] = vote.mine;
  return (
    <>
      <div data-key="question">
        <p className="kicker">
          {room.item && (
            <>
              {t("room.item.short", { n: room.item.n })}
              <Dot />
            </>
          )}
          {t("method.rollCall")}
          <Dot />
          {needed(vote)}
        </p>
        <h1 className="title title-big">
          <Phrase>{vote.question}</Phrase>
        </h1>
      </div>
      <Refused sent={at.sent} />
      {first ? <BallotForm at={at} vote={vote} ballot={first} main /> : <p className="head mt-5">{vote.whyNot && t(`room.whyNot.${vote.whyNot}`)}</p>}
      {others.map((ballot) => (
        <BallotForm key={ballot.personId} at={at} vote={vote} ballot={ballot} />
      ))}
      <div className="mt-5" data-key="vote">
        <p className="soft mb-3">{t("room.vote.open")}</p>
        <VoteBlock vote={vote} asked />
      </div>
      <RecuseSelf at={at} />
      <p className="mt-4" data-key="refresh">
        <a href={`/meetings/${room.meeting.id}/room`}>{t("room.refresh")}</a>
      </p>
      {first && (
        <div className="thumb" data-key="thumb">
          {first.choice && !first.notedBy && <p className="strong">{t("room.cast.done", { choice: t(`decision.${first.choice}`) })}</p>}
          <CastButton form={`ballot-${first.personId}`} ballot={first} main />
          <p className="small soft">{t("room.vote.cast", { voters: vote.voters, n: vote.cast })}</p>
        </div>
      )}
    </>
  );
}

const CastButton = ({ form, ballot, main }: { form?: string; ballot: MyBallot; main?: boolean }) => {
  const t = useT();
  // Once one has voted there is nothing to press until another choice is made; its script fills the button then.
  const done = ballot.choice !== null && !ballot.notedBy;
  const said = ballot.notedBy ? t("room.cast.change") : t(done ? "room.cast.again" : "room.cast");
  return (
    <button className={`btn${done ? " btn-plain" : main ? " btn-main" : ""}`} form={form} data-names="" data-key={`cast-${ballot.personId}`}>
      {said}
    </button>
  );
};

/** One ballot: one's own, or of somebody one represents. */
export function BallotForm({ at, vote, ballot, main }: { at: InRoom; vote: RoomVote; ballot: MyBallot; main?: boolean }) {
  const t = useT();
  return (
    <Press
      at={at}
      act="cast"
      name={`ballot-${ballot.personId}`}
      wait
      fields={{ voteId: vote.id, personId: ballot.personId, was: ballot.choice ?? "" }}
      className="ballot mt-5"
    >
      <fieldset>
        <legend className={ballot.self ? "unseen" : "head"}>{ballot.self ? t("room.ballot.mine") : t("room.ballot.of", { name: ballot.name })}</legend>
        <div className="choices">
          {choices.map((choice) => (
            <label key={choice} className="choice">
              <input
                type="radio"
                name="choice"
                value={choice}
                required
                defaultChecked={ballot.choice === choice}
                data-button={t("room.cast.of", { choice: t(`decision.${choice}`) })}
              />
              <span>{t(`decision.${choice}`)}</span>
            </label>
          ))}
        </div>
      </fieldset>
      {ballot.choice && (!main || ballot.notedBy) && (
        <p className="small soft mt-3">
          {ballot.notedBy
            ? t("room.cast.noted", { name: ballot.notedBy, choice: t(`decision.${ballot.choice}`) })
            : t("room.cast.done", { choice: t(`decision.${ballot.choice}`) })}
        </p>
      )}
      {!main && (
        <p className="mt-3">
          <CastButton ballot={ballot} />
        </p>
      )}
    </Press>
  );
}
