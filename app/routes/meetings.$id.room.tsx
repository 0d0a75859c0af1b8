import type { ActionFunctionArgs, LinksFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { isEmpty, readState } from "../collab/read";
import { roomOf } from "../collab/room";
import { askForFloor, endSpeech, goToItem, letSpeak, takeHandDown } from "../commands/meeting/floor";
import { recuseFromItem } from "../commands/meeting/recuse";
import { castBallot } from "../commands/vote/cast";
import { closeTheVote } from "../commands/vote/close";
import { openTheVote } from "../commands/vote/open";
import { callVoteOff } from "../commands/vote/void";
import { Phrase } from "../components/phrase";
import { ChairRoom } from "../components/room-chair";
import { Following, Refused, WallClock } from "../components/room-parts";
import { type Minuted, SeatRoom } from "../components/room-seat";
import { wordingOf } from "../http/decision-form.server";
import { found, look } from "../http/look.server";
import { act, formOf, one, orNull, refused, valuesOf } from "../http/respond.server";
import { titledBy } from "../http/title";
import { useWords } from "../i18n/t";
import styles from "../styles/room.css?url";
import { minutesRecords, minutesShape } from "../views/minutes";
import { type RoomPage, roomPage } from "../views/room";

export const meta = titledBy(({ room }: { room: RoomPage }) => ({ key: "room.title", params: { body: room.meeting.body.name } }));
export const links: LinksFunction = () => [{ rel: "stylesheet", href: styles }];
export const handle = { enhance: "room" };

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, requestId } = await look(args);
  const room = found(await roomPage(db, viewer, { meetingId: args.params.id ?? "" }));
  const { communityId } = viewer.actor;
  const { meeting, item } = room;
  let minuted: Minuted = null;
  if (room.can.minutes && item?.line.visible) {
    const state = args.context.services.liveState(roomOf({ communityId, meetingId: meeting.id }));
    const section = readState(state, await minutesShape(db, communityId, meeting.id)).find((s) => s.itemId === item.line.id);
    const recorded = await minutesRecords(db, viewer.actor, meeting.id, [item.line.id]);
    // The vote that is on the page already does not stand there twice.
    const written = section && !isEmpty(section) ? section.nodes : [];
    const nodes = written.filter((n) => n.kind !== "vote" || n.voteId !== room.vote?.id);
    minuted = { nodes, records: { ...recorded, meetingId: meeting.id, decisions: meeting.decisions, amend: false, assign: meeting.can.record } };
  }
  return { room, requestId, minuted };
}

/** Every press of the room comes here; `act` says which. */
export async function action(args: ActionFunctionArgs) {
  const form = await formOf(args.request);
  const values = valuesOf(form);
  const meetingId = args.params.id;
  const version = one(values, "version") || undefined;
  const next = () => `/meetings/${meetingId}/room`;
  const personId = one(values, "personId");
  const itemId = one(values, "itemId");
  const voteId = one(values, "voteId");
  switch (one(values, "act")) {
    case "take":
      return act(args, goToItem, () => ({ meetingId, version, itemId }), next, form);
    case "raise":
      return act(args, askForFloor, () => ({ meetingId, kind: one(values, "kind"), itemId: orNull(itemId) }), next, form);
    case "lower":
      return act(args, takeHandDown, () => ({ meetingId }), next, form);
    case "give":
      return act(args, letSpeak, () => ({ meetingId, personId }), next, form);
    case "end":
      return act(args, endSpeech, () => ({ meetingId, personId: orNull(personId) }), next, form);
    case "open":
      return act(args, openTheVote, () => ({ meetingId, itemId, question: one(values, "question"), method: one(values, "method") }), next, form);
    case "cast":
      return act(
        args,
        castBallot,
        () => ({ voteId, personId, choice: one(values, "choice"), was: values.was === undefined ? undefined : one(values, "was") }),
        next,
        form,
      );
    case "close":
      return act(args, closeTheVote, () => ({ voteId, counts: wordingOf(values).counts }), next, form);
    case "void":
      return act(args, callVoteOff, () => ({ voteId, ground: one(values, "ground"), reason: one(values, "reason") }), next, form);
    case "recuse":
      return act(args, recuseFromItem, () => ({ meetingId, itemId, personId, reason: one(values, "reason") }), next, form);
    default:
      return refused({ code: "input.malformed", params: { field: "act" } }, values);
  }
}

export default function Room() {
  const { room, requestId, minuted } = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const { t } = useWords();
  const { meeting } = room;
  const at = { room, requestId, sent };
  const sits = meeting.status === "inSession";
  return (
    <Following meetingId={meeting.id} minutes={sits && room.can.minutes} className="room">
      <p className="live" data-key="bar">
        <span>{sits ? t("room.bar", { body: meeting.body.name }) : meeting.body.name}</span>
        <WallClock />
      </p>
      <div className={`page${room.can.run ? " page-wide" : " page-narrow"}`} data-key={sits ? (room.can.run ? "chair" : "seat") : meeting.status}>
        {sits ? room.can.run ? <ChairRoom at={at} minuted={minuted} /> : <SeatRoom at={at} minuted={minuted} /> : <NotSitting room={room} sent={sent} />}
      </div>
    </Following>
  );
}

/** Before it opens, and after it was closed. */
function NotSitting({ room: { meeting, can, me }, sent }: { room: RoomPage; sent: Parameters<typeof Refused>[0]["sent"] }) {
  const { t, dates } = useWords();
  const called = meeting.status === "called";
  return (
    <>
      <p className="kicker">{dates.dayWeekdayTime(meeting.startsAt)}</p>
      <h1 className="title title-big mb-3">
        <Phrase>{t(called ? "room.before" : "room.after")}</Phrase>
      </h1>
      <Refused sent={sent} />
      <p className="soft measure">{called ? t(me.here ? "room.before.here" : "room.before.text") : t("room.after.text")}</p>
      <div className="thumb">
        {can.minutes && (
          <a className="btn btn-main" href={`/meetings/${meeting.id}/minutes`}>
            {t("meeting.minutes.read")}
          </a>
        )}
        <a className={`btn${can.minutes ? "" : " btn-main"}`} href={`/meetings/${meeting.id}`}>
          {t("room.meeting")}
        </a>
        {called && (
          <a className="btn" href={`/meetings/${meeting.id}/screen`}>
            {t("room.screen")}
          </a>
        )}
      </div>
    </>
  );
}
