import type { LinksFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Following } from "../components/room-parts";
import { Tv } from "../components/tv";
import { checkInLink } from "../http/check-in.server";
import { found, look } from "../http/look.server";
import { qrOf } from "../http/qr.server";
import { titledBy } from "../http/title";
import styles from "../styles/tv.css?url";
import { codeOnTable, type RoomPage, roomPage, standsAlone, titleStep, widthOf } from "../views/room";

export const meta = titledBy(({ room }: { room: RoomPage }) => ({ key: "room.tv.title", params: { body: room.meeting.body.name } }));
export const links: LinksFunction = () => [{ rel: "stylesheet", href: styles }];
export const handle = { bare: true, enhance: "room" };

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer } = await look(args);
  const room = found(await roomPage(db, viewer, { meetingId: args.params.id ?? "" }));
  // The code proves that one was there: only a screen that may take attendance shows it.
  const code = room.meeting.status === "called" ? await codeOnTable(db, viewer, room.meeting) : null;
  return {
    room,
    code: code ? qrOf(checkInLink(args, room.meeting.id, code)) : null,
    title: titleStep(room.item?.line.title ?? ""),
    wide: Math.ceil(widthOf(room.item?.line.title ?? "") * 1.02 + 0.2),
    alone: standsAlone(room.vote?.question ?? ""),
    question: titleStep(room.vote?.question ?? ""),
  };
}

export default function TvScreen() {
  const screen = useLoaderData<typeof loader>();
  return (
    <Following meetingId={screen.room.meeting.id} className="tv">
      <Tv {...screen} />
    </Following>
  );
}
