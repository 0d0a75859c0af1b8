// What a browser keeps of a document, in memory: it survives its page, and may be open in several.
import * as Y from "yjs";
import type { Keeper } from "../../app/collab/line";

export class Drawer {
  readonly updates: Uint8Array[] = [];
  private readonly values = new Map<string, Uint8Array>();
  private readonly pages = new Set<Keeper>();
  private closed = false;
  /** @param clear what happens when the page throws away what it kept. */
  constructor(private readonly clear?: () => void) {}
  of = (doc: Y.Doc): Keeper => {
    doc.on("update", (each: Uint8Array, from: unknown) => {
      if (from === this) return;
      if (this.closed) throw new Error("The drawer is closed.");
      this.updates.push(each);
    });
    const keeper: Keeper = {
      // Nothing kept in a browser is there at once.
      whenSynced: Promise.resolve().then(() => {
        for (const each of this.updates) Y.applyUpdate(doc, each, this);
      }),
      gone: new Promise(() => {}),
      get: async (key) => this.values.get(key),
      set: (key, value) => this.values.set(key, value),
      clear: async () => {
        this.pages.delete(keeper);
        if (this.pages.size > 0) return false;
        this.clear?.();
        this.updates.length = 0;
        this.values.clear();
        return true;
      },
      origin: this,
    };
    this.pages.add(keeper);
    doc.on("destroy", () => this.pages.delete(keeper));
    return keeper;
  };
  /** As when the browser clears what a site keeps: whoever writes next finds it closed. */
  close(): void {
    this.closed = true;
  }
}
