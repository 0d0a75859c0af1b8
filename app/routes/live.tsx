// "Something changed": one line to a page that shows an issue, a meeting, a task, or minutes that are being written. What
// changed is asked for by looking.
import type { AppLoadContext, LoaderFunctionArgs } from "@remix-run/node";
import { roomOf } from "../collab/room";
import { issueOf, meetingOf } from "../domain/event";
import { look } from "../http/look.server";
import { minutesAccess } from "../views/minutes";

type Followed = Parameters<Parameters<AppLoadContext["services"]["store"]["follow"]>[0]>[0];

const beat = 25_000;
/** People write all the time: whoever reads along is told no more often than this. */
const pace = 2_000;

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer } = await look(args);
  const asked = new URL(args.request.url).searchParams;
  const [issue, meeting, task] = [asked.get("issue"), asked.get("meeting"), asked.get("task")];
  const minutes = asked.get("minutes");
  const readsAlong = minutes !== null && (await minutesAccess(db, viewer, minutes)) !== null;
  const concerns = ({ event, communityId }: Followed) =>
    communityId === viewer.actor.communityId &&
    ((issue !== null && issueOf(event) === issue) || (meeting !== null && meetingOf(event) === meeting) || (task !== null && event.id === task));
  const { store, followLive } = args.context.services;
  const { signal } = args.request;
  const encoder = new TextEncoder();
  let leave = () => {};
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      const say = (line: string) => controller.enqueue(encoder.encode(line));
      const changed = () => say("event: changed\ndata: 1\n\n");
      const stop = store.follow((event) => {
        if (concerns(event)) changed();
      });
      let soon: NodeJS.Timeout | null = null;
      const written = () => {
        soon ??= setTimeout(() => {
          soon = null;
          changed();
        }, pace);
      };
      const part = readsAlong ? followLive(roomOf({ communityId: viewer.actor.communityId, meetingId: minutes }), written) : () => {};
      const timer = setInterval(() => say(": still here\n\n"), beat);
      leave = () => {
        stop();
        part();
        if (soon) clearTimeout(soon);
        clearInterval(timer);
        leave = () => {};
      };
      say("retry: 5000\n\n");
      signal.addEventListener("abort", () => {
        leave();
        controller.close();
      });
    },
    cancel() {
      leave();
    },
  });
  return new Response(stream, { headers: { "Content-Type": "text/event-stream", "Cache-Control": "no-store", "X-Accel-Buffering": "no" } });
}
