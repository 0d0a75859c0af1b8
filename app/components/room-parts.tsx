// What every page of the room is made of: one press, the clocks, who speaks, the vote.
import type { ReactNode } from "react";
import { useT, useWords } from "../i18n/t";
import type { RoomItem, RoomPage, RoomVote } from "../views/room";
import { FormFields, ProblemSummary, Sealed, type Sent, typed } from "./form";
import { useThere } from "./quorum";
import { TallyBar } from "./record";
import { Who } from "./sign";

export type InRoom = { room: RoomPage; requestId: string; sent: Sent };

/** The part of a page that follows the meeting, and what is written of it: what `app/enhance/room.ts` keeps up to date. */
export function Following({ meetingId, minutes, className, children }: { meetingId: string; minutes?: boolean; className?: string; children: ReactNode }) {
  const { t, now } = useWords();
  return (
    <main
      id="main"
      className={className}
      data-room={`/live?meeting=${meetingId}${minutes ? `&minutes=${meetingId}` : ""}`}
      data-now={now}
      data-queued={t("room.queued")}
      data-late={t("room.queued.late")}
    >
      {children}
    </main>
  );
}

/** What was refused, until the next press. */
export function Refused({ sent }: { sent: Sent }) {
  const t = useT();
  if (!sent) return null;
  return (
    <div data-stays="" data-key="problem" className="mt-4">
      <ProblemSummary
        sent={sent}
        of={typed(sent, "form")}
        fields={{ question: t("room.vote.question"), reason: t("room.reason"), personId: t("room.who"), counts: t("decision.counts") }}
      />
    </div>
  );
}

/** One press: a form of its own. `wait`: without a network it is kept and sent later. */
export function Press({
  at,
  act,
  name,
  wait,
  version,
  fields = {},
  className,
  children,
}: {
  at: InRoom;
  act: string;
  /** Its own name on the page. */
  name: string;
  wait?: boolean;
  version?: number;
  fields?: Record<string, string>;
  className?: string;
  children?: ReactNode;
}) {
  return (
    <form method="post" action={`/meetings/${at.room.meeting.id}/room`} id={name} data-press={wait ? "queue" : "now"} className={className}>
      <Sealed version={version} requestId={`${at.requestId}-${name}`.slice(0, 64)} />
      <input type="hidden" name="act" value={act} />
      <input type="hidden" name="form" value={name} />
      {Object.entries(fields).map(([field, value]) => (
        <input key={field} type="hidden" name={field} value={value} />
      ))}
      <FormFields of={name}>{children}</FormFields>
    </form>
  );
}

/** What came back of one form, by its name on the page. */
export const sentBy = ({ sent }: InRoom, form: string): Sent => (sent && typed(sent, "form") === form ? sent : undefined);

/** The time left of an item, as the server counts it and the browser goes on counting. `exact`: with seconds. */
export function TimeLeft({ item, exact }: { item: Pick<RoomItem, "until">; exact?: boolean }) {
  const { t, now } = useWords();
  const left = Date.parse(item.until) - Date.parse(now);
  const minutes = exact ? Math.floor(Math.abs(left) / 60_000) : Math.ceil(Math.abs(left) / 60_000);
  const key = `room.${left >= 0 ? "left" : "over"}${exact ? ".exact" : ""}` as const;
  return (
    <span
      className={`num nowrap${left < 0 ? " over" : ""}`}
      data-until={item.until}
      data-left={t(exact ? "room.left.exact" : "room.left", { m: "{m}", s: "{s}" })}
      data-over={t(exact ? "room.over.exact" : "room.over", { m: "{m}", s: "{s}" })}
    >
      {t(key, { m: minutes, s: Math.floor(Math.abs(left) / 1000) % 60 })}
    </span>
  );
}

/** How long somebody has been speaking. */
export function Since({ at }: { at: string }) {
  const { now } = useWords();
  const seconds = Math.max(0, Math.floor((Date.parse(now) - Date.parse(at)) / 1000));
  return (
    <span className="num" data-since={at}>
      {Math.floor(seconds / 60)}:{String(seconds % 60).padStart(2, "0")}
    </span>
  );
}

/** The time of the community's clock. */
export function WallClock() {
  const { dates, now, timeZone } = useWords();
  return (
    <span className="num" data-wall={timeZone}>
      {dates.time(now)}
    </span>
  );
}

/** Who speaks, and who is next in the order in which the hands are called. */
export function Floor({ room, acts }: { room: RoomPage; acts?: (personId: string, speaks: boolean) => ReactNode }) {
  const t = useT();
  const { speaker, queue } = room;
  return (
    <section data-key="floor">
      <h2 className="small soft">{t("room.floor")}</h2>
      {!speaker && queue.length === 0 && <p className="faint">{t("room.floor.nobody")}</p>}
      <ul className="floor" aria-live="polite">
        {speaker && (
          <li data-key={`says-${speaker.personId}`} className="strong">
            <Who party={speaker.party} name={speaker.name} />
            {speaker.kind === "order" && <span className="small soft">{t("room.hand.order")}</span>}
            <span className="end">
              <Since at={speaker.since} />
              {acts?.(speaker.personId, true)}
            </span>
          </li>
        )}
        {queue.map((hand, n) => (
          <li key={hand.personId} data-key={`hand-${hand.personId}`}>
            <Who party={hand.party} name={hand.name} />
            {hand.kind === "order" && <span className="small strong">{t("room.hand.order")}</span>}
            <span className="end small soft">
              {n === 0 ? t("room.floor.next") : t("room.floor.hand")}
              {acts?.(hand.personId, false)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** How many it takes, of whom. */
export function useNeeded(): (vote: Pick<RoomVote, "base" | "whole" | "needed" | "there">) => string {
  const t = useT();
  const said = useThere();
  return ({ base, whole, needed, there }) =>
    there && base === "present" ? `${said(there)}${t("list.clause")}${t("room.needed", { needed })}` : t(`room.needed.${base}`, { whole, needed });
}

export function useResult(): (vote: Pick<RoomVote, "status" | "method">) => string {
  const t = useT();
  return ({ status, method }) => (status === "open" ? t(method === "rollCall" ? "room.vote.runs" : "room.vote.hands") : t(`room.vote.${status}`));
}

/** A vote as a block: the question (unless the page asked it already), how it stands, how many it takes, and, by name, who voted how. */
export function VoteBlock({ vote, asked, children }: { vote: RoomVote; asked?: boolean; children?: ReactNode }) {
  const t = useT();
  const needed = useNeeded();
  const result = useResult();
  const counted = vote.total.for + vote.total.against + vote.total.abstained > 0;
  return (
    <article className="block vote-block" data-key={`vote-${vote.id}`} aria-label={t("room.vote")}>
      <p className="block-head">
        <b>{t("room.vote")}</b>
        <span>{t(`method.${vote.method}`)}</span>
        <span>{needed(vote)}</span>
        <span className="end strong" aria-live="polite">
          {result(vote)}
        </span>
      </p>
      {!asked && <p className="block-text said">{vote.question}</p>}
      {counted && <TallyBar counts={vote.counts} of={vote.base === "all" ? Math.max(vote.whole, vote.voters) : vote.voters} />}
      {vote.method === "rollCall" && vote.status === "open" && <p className="small soft">{t("room.vote.cast", { voters: vote.voters, n: vote.cast })}</p>}
      {vote.list.length > 0 && (
        <details data-key="who">
          <summary className="small">{t("room.vote.who")}</summary>
          <ul className="floor">
            {vote.list.map((voter) => (
              <li key={voter.personId} data-key={voter.personId}>
                <Who party={voter.party} name={voter.name} />
                {voter.proxy && <span className="small soft">{t("room.vote.by", { name: voter.proxy })}</span>}
                {voter.notedBy && <span className="small soft">{t("room.vote.noted", { name: voter.notedBy })}</span>}
                {voter.uncounted && <span className="small soft">{t("room.vote.uncounted")}</span>}
                <span className={`end small ${voter.choice ? "strong" : "soft"}`}>{voter.choice ? t(`decision.${voter.choice}`) : t("room.vote.notYet")}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
      {children}
    </article>
  );
}
