// Lines with what came and what went in them.
import type { Change } from "../collab/diff";
import { InOrder } from "./in-order";

export const Changed = ({ changes }: { changes: readonly Change[] }) => (
  <InOrder
    of={changes}
    each={({ how, text }) => {
      if (how === "same") return text;
      const Tag = how === "came" ? "ins" : "del";
      return <Tag className={how === "came" ? "past-ins" : "past-del"}>{text}</Tag>;
    }}
  />
);

export const Changes = ({ lines }: { lines: readonly (readonly Change[])[] }) => (
  <InOrder
    of={lines}
    each={(changes) => (
      <p className="past-text">
        <Changed changes={changes} />
      </p>
    )}
  />
);
