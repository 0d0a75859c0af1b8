// "Something changed": one line to a page that shows an issue, a meeting, a task, or minutes that are being written. What
// changed is asked for by looking.
import type { AppLoadContext, LoaderFunctionArgs } from "@remix-run/node";
import { roomOf } from "../collab/room";
import { issueOf, meetingOf } from "../domain/event";
import { look } from "../http/look.server";
import { missing } from "../http/respond.server";
import { whoHolds } from "../http/session.server";
import { type Followed, mayFollow } from "../views/followed";

type Happened = Parameters<Parameters<AppLoadContext["services"]["store"]["follow"]>[0]>[0];

/** Milliseconds between two signs of life; each time it is asked again who follows, and whether they still may. */
const beat = 25_000;
/** People write all the time: whoever reads along is told no more often than this. */
const pace = 2_000;

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer } = await look(args);
  const asked = new URL(args.request.url).searchParams;
  const wanted: Followed = { issue: asked.get("issue"), meeting: asked.get("meeting"), task: asked.get("task"), minutes: asked.get("minutes") };
  const followed = await mayFollow(db, viewer, wanted);
  if (Object.values(followed).every((id) => id === null)) throw missing();
  const { issue, meeting, task, minutes } = followed;
  const { communityId, personId } = viewer.actor;
  const { services } = args.context;
  const { signal, headers } = args.request;
  const out = services.streams.enter(personId);
  if (!out) throw new Response(null, { status: 429 });
  const concerns = ({ event, ...at }: Happened) =>
    at.communityId === communityId &&
    ((issue !== null && issueOf(event) === issue) || (meeting !== null && meetingOf(event) === meeting) || (task !== null && event.id === task));
  const still = async (): Promise<boolean> => {
    // A page that lies open is nobody at work: their session ends by idleness all the same.
    const who = await whoHolds(headers.get("Cookie"), { services }, "unseen");
    return who !== null && JSON.stringify(await mayFollow(db, who, followed)) === JSON.stringify(followed);
  };
  const encoder = new TextEncoder();
  let leave = () => {};
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      let open = true;
      const say = (line: string) => {
        if (open) controller.enqueue(encoder.encode(line));
      };
      const changed = () => say("event: changed\ndata: 1\n\n");
      const stop = services.store.follow((event) => {
        if (concerns(event)) changed();
      });
      let soon: NodeJS.Timeout | null = null;
      const written = () => {
        soon ??= setTimeout(() => {
          soon = null;
          changed();
        }, pace);
      };
      const part = minutes === null ? () => {} : services.followLive(roomOf({ communityId, meetingId: minutes }), written);
      const end = () => {
        if (!open) return;
        leave();
        controller.close();
      };
      const timer = setInterval(() => {
        still().then(
          (may) => (may ? say(": still here\n\n") : end()),
          (error) => {
            services.logger.error({ err: error }, "It could not be asked who follows a page.");
            end();
          },
        );
      }, beat);
      leave = () => {
        open = false;
        out();
        stop();
        part();
        if (soon) clearTimeout(soon);
        clearInterval(timer);
        leave = () => {};
      };
      say("retry: 5000\n\n");
      signal.addEventListener("abort", end);
    },
    cancel() {
      leave();
    },
  });
  return new Response(stream, { headers: { "Content-Type": "text/event-stream", "Cache-Control": "no-store", "X-Accel-Buffering": "no" } });
}
