// The editor's line in a React component, with what this browser keeps of the document.
import { useCallback, useEffect, useState } from "react";
import { IndexeddbPersistence } from "y-indexeddb";
import { atFirst, type Keeper, Line, type LineState } from "../../collab/line";
import { socketPath } from "../../collab/room";

export type Used = LineState & {
  line: Line | null;
  /** Forget what this page knows and begin from what the server has. */
  startOver(): void;
};

function keeperOf(kept: IndexeddbPersistence): Keeper {
  return {
    whenSynced: kept.whenSynced,
    get: (key) => kept.get(key),
    set: (key, value) => {
      if (kept.synced) kept.set(key, value as unknown as ArrayBuffer);
    },
    clear: () => kept.clearData(),
    origin: kept,
  };
}

/** Open a room for as long as the component stands. */
export function useLine(room: string, origin: string | null, onRecords: () => void): Used {
  const [state, setState] = useState<LineState>(atFirst);
  const [open, setOpen] = useState<{ line: Line; kept: IndexeddbPersistence } | null>(null);
  useEffect(() => {
    const url = `${origin ?? `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}`}${socketPath}`;
    // The keeper fills the document, which the line makes: it is told of the keeper as soon as there is one.
    let kept: IndexeddbPersistence | null = null;
    const line = new Line({
      url,
      room,
      onChange: setState,
      onRecords,
      // One device may be many people's: nobody's unsaved words are sent in somebody else's name.
      keep: (doc) => {
        kept = new IndexeddbPersistence(`yishi:${document.documentElement.dataset.who ?? ""}:${room}`, doc);
        return keeperOf(kept);
      },
    });
    if (kept) setOpen({ line, kept });
    return () => {
      setOpen(null);
      kept?.destroy();
      line.destroy();
    };
  }, [room, origin, onRecords]);
  const startOver = useCallback(() => {
    const again = () => location.reload();
    open?.kept.clearData().then(again, again);
  }, [open]);
  return { ...state, line: open?.line ?? null, startOver };
}
