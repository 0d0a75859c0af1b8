// Live documents that another process serves: here they are only read, as that process put them on disk.
import { pastOf } from "./history";
import { wholeOf } from "./log";
import { openLogReader } from "./sqlite-log";

export function liveElsewhere(dir: string) {
  const log = openLogReader(dir);
  return {
    stateOf: (room: string): Uint8Array | null => wholeOf(log.load(room)),
    /** Another process knows when something was written; here pages look now and then. */
    follow: (_room: string, _tell: () => void) => () => {},
    past: pastOf(log),
    metrics: () => "",
    healthy: () => true,
    close: async () => log.close(),
  };
}
