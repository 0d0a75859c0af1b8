// Live documents that another process serves: here they are only read, as that process put them on disk.
import * as Y from "yjs";
import { openLogReader } from "./sqlite-log";

export function liveElsewhere(dir: string) {
  const log = openLogReader(dir);
  return {
    stateOf(room: string): Uint8Array | null {
      const { state, tail } = log.load(room);
      const parts = state ? [state, ...tail] : tail;
      return parts.length === 0 ? null : Y.mergeUpdates(parts);
    },
    metrics: () => "",
    healthy: () => true,
    close: async () => log.close(),
  };
}
