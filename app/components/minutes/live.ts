// The editor's line in a React component, with what this browser keeps of the document.
import { useCallback, useEffect, useState } from "react";
import { keeperOf } from "../../collab/keeper";
import { atFirst, Line, type LineState } from "../../collab/line";
import { socketPath } from "../../collab/room";

export type Used = LineState & {
  line: Line | null;
  /** Forget what this page knows and begin from what the server has. */
  startOver(): void;
  /** It cannot be forgotten while another page has it open. */
  elsewhere: boolean;
};

/** Open a room for as long as the component stands. */
export function useLine(room: string, origin: string | null, onRecords: () => void): Used {
  const [state, setState] = useState<LineState>(atFirst);
  const [line, setLine] = useState<Line | null>(null);
  const [elsewhere, setElsewhere] = useState(false);
  useEffect(() => {
    const url = `${origin ?? `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}`}${socketPath}`;
    const opened = new Line({
      url,
      room,
      onChange: setState,
      onRecords,
      // One device may be many people's: nobody's unsaved words are sent in somebody else's name.
      keep: (doc) => keeperOf(`yishi:${document.documentElement.dataset.who ?? ""}:${room}`, doc),
    });
    setLine(opened);
    return () => {
      setLine(null);
      opened.destroy();
    };
  }, [room, origin, onRecords]);
  const startOver = useCallback(() => {
    const again = () => location.reload();
    line?.forget().then((forgotten) => (forgotten ? again() : setElsewhere(true)), again);
  }, [line]);
  return { ...state, line, startOver, elsewhere };
}
