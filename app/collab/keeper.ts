// What this browser keeps of a document, in IndexedDB. Several pages may have it open, and it may be closed under each of
// them: by another that throws it away, or by a browser that clears what a site keeps.
import { clearDocument, IndexeddbPersistence } from "y-indexeddb";
import type * as Y from "yjs";
import type { Keeper } from "./line";

/** Keeps `doc` under a name, until it is destroyed. */
export function keeperOf(name: string, doc: Y.Doc): Keeper {
  const kept = new IndexeddbPersistence(name, doc);
  const release = hold(name);
  let end: () => void = () => {};
  const gone = new Promise<void>((resolve) => {
    end = resolve;
  });
  const stop = (): Promise<void> => kept.destroy().then(end, end);
  // y-indexeddb throws at the first word after its database was closed, and after a listener threw Yjs tells nobody of any change.
  const store = kept._storeUpdate;
  doc.off("update", store);
  kept._storeUpdate = (update, from) => {
    try {
      store(update, from);
    } catch {
      void stop();
    }
  };
  doc.on("update", kept._storeUpdate);
  kept._db.then((db) => {
    db.onversionchange = stop;
    db.onclose = stop;
  }, stop);
  doc.on("destroy", release);
  return {
    whenSynced: kept.whenSynced,
    gone,
    get: (key) => kept.get(key),
    set: (key, value) => {
      if (kept.synced) kept.set(key, value as unknown as ArrayBuffer).catch(stop);
    },
    async clear() {
      await stop();
      await release();
      return alone(name, () => clearDocument(name));
    },
    origin: kept,
  };
}

/** Says to other pages that this one has `name` open, until what it returns is called or the page is gone. */
function hold(name: string): () => Promise<void> {
  if (!locks()) return async () => {};
  let release = (): void => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const holding = navigator.locks.request(name, { mode: "shared" }, () => held);
  return async () => {
    release();
    await holding;
  };
}

/** Does something while no page has `name` open. @returns whether it was done. */
export async function alone(name: string, act: () => Promise<unknown>): Promise<boolean> {
  if (!locks()) return act().then(() => true);
  return navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
    if (lock) await act();
    return lock !== null;
  });
}

/** Browsers have no locks for pages without https: there each page is taken for the only one. */
const locks = (): boolean => "locks" in navigator;
