// What a browser keeps of a document, in memory: it survives its page.
import * as Y from "yjs";
import type { Keeper } from "../../app/collab/line";

export class Drawer {
  readonly updates: Uint8Array[] = [];
  private readonly values = new Map<string, Uint8Array>();
  /** @param clear what happens when the page throws away what it kept. */
  constructor(private readonly clear?: () => void) {}
  of = (doc: Y.Doc): Keeper => {
    for (const each of this.updates) Y.applyUpdate(doc, each, this);
    doc.on("update", (each: Uint8Array, from: unknown) => {
      if (from !== this) this.updates.push(each);
    });
    return {
      whenSynced: Promise.resolve(),
      get: async (key) => this.values.get(key),
      set: (key, value) => this.values.set(key, value),
      clear: async () => {
        this.clear?.();
        this.updates.length = 0;
        this.values.clear();
      },
      origin: this,
    };
  };
}
