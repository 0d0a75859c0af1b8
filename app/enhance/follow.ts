// Looks again whenever the server says that something changed; once at a time, and once more for what came meanwhile.
/** Milliseconds after which the stream is opened again; twice as long each time in vain, for a server that says no goes on saying it. */
const again = { first: 1_500, most: 24_000 };
/** What happens without an event (a clock that ran out, a line written where another process serves the minutes) is seen this late. */
const anyway = 20_000;

/**
 * @param url what to follow; asked again whenever the stream is opened
 * @param refresh looks; @param reached is called when the server can be reached (again)
 * @returns opens the stream anew, for when there is something else to follow
 */
export function follow(url: () => string, refresh: () => Promise<void>, reached: () => void): () => void {
  let source: EventSource | null = null;
  let looking = false;
  let more = false;
  let wait = again.first;
  const look = async () => {
    if (looking) {
      more = true;
      return;
    }
    looking = true;
    do {
      more = false;
      // Without a network there is nothing to see: the stream opens again with it, and then we look.
      await refresh().catch(() => undefined);
    } while (more);
    looking = false;
  };
  const stop = () => {
    source?.close();
    source = null;
  };
  const listen = () => {
    if (source || document.hidden) return;
    source = new EventSource(url());
    source.addEventListener("changed", () => void look());
    source.addEventListener("open", () => {
      wait = again.first;
      reached();
      void look();
    });
    source.addEventListener("error", () => {
      stop();
      setTimeout(listen, wait);
      wait = Math.min(again.most, 2 * wait);
    });
  };
  document.addEventListener("visibilitychange", () => (document.hidden ? stop() : listen()));
  addEventListener("online", listen);
  addEventListener("pagehide", stop);
  addEventListener("pageshow", listen);
  setInterval(() => {
    if (!document.hidden) void look();
  }, anyway);
  listen();
  return () => {
    stop();
    listen();
  };
}
