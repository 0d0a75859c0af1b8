// Closed minutes: words this browser kept that came too late for them are shown, to be copied, until somebody says they did.
type Line = { itemId: string; speaker: string; parts: { text: string; late: boolean }[] };
/** app/collab/late.ts: fetched only where something was kept. */
type Reader = { lateIn(kept: Uint8Array[], known: unknown): Line[]; forget(name: string): Promise<boolean> };

export async function showLate(): Promise<void> {
  const note = document.querySelector<HTMLElement>("[data-late]");
  if (!note) return;
  // The editor keeps them under this name (app/components/minutes/live.ts).
  const name = `yishi:${document.documentElement.dataset.who ?? ""}:${note.dataset.late}`;
  const kept = await keptUnder(name);
  if (!kept) return;
  const { lateIn, forget } = (await import(/* @vite-ignore */ note.dataset.reader ?? "")) as Reader;
  const lines = lateIn(kept, JSON.parse(note.dataset.known ?? "[]"));
  // What is safe in the minutes must not lie about on a shared device.
  if (lines.length === 0) return void (await forget(name));
  show(note, lines);
  const part = (which: string) => note.querySelector<HTMLElement>(`[data-late-${which}]`);
  part("copy")?.addEventListener("click", () => void copy(note, part("said")));
  part("done")?.addEventListener("click", async () => {
    if (await forget(name)) note.hidden = true;
    else say(part("said"), note.dataset.elsewhere);
  });
}

/** The updates this browser kept, or null where it kept nothing; asking makes no database. */
function keptUnder(name: string): Promise<Uint8Array[] | null> {
  return new Promise((done) => {
    const asked = indexedDB.open(name);
    asked.onupgradeneeded = () => asked.transaction?.abort();
    // A private window may keep nothing at all.
    asked.onerror = () => done(null);
    asked.onsuccess = () => {
      const db = asked.result;
      const found = (updates: Uint8Array[] | null) => {
        db.close();
        done(updates);
      };
      if (!db.objectStoreNames.contains("updates")) return found(null);
      const all = db.transaction("updates").objectStore("updates").getAll();
      all.onsuccess = () => found(all.result as Uint8Array[]);
      all.onerror = () => found(null);
    };
  });
}

const titleOf = (itemId: string): string => document.getElementById(`item-${itemId}`)?.querySelector("h2")?.textContent ?? "";

function show(note: HTMLElement, lines: readonly Line[]): void {
  const list = note.querySelector("[data-late-words]");
  let title = "";
  for (const { itemId, speaker, parts } of lines) {
    const own = titleOf(itemId);
    if (own !== title) list?.append(Object.assign(document.createElement("p"), { className: "head", textContent: own }));
    title = own;
    const line = document.createElement("p");
    if (speaker) line.append(Object.assign(document.createElement("b"), { textContent: `${speaker} ` }));
    for (const { text, late } of parts) line.append(late ? Object.assign(document.createElement("mark"), { textContent: text }) : text);
    list?.append(line);
  }
  note.hidden = false;
}

async function copy(note: HTMLElement, said: HTMLElement | null): Promise<void> {
  const words = note.querySelector<HTMLElement>("[data-late-words]");
  if (!words) return;
  try {
    await navigator.clipboard.writeText([...words.children].map((line) => line.textContent).join("\n"));
    say(said, note.dataset.copied);
  } catch {
    // Not given to this page: they are selected, to be copied by hand.
    getSelection()?.selectAllChildren(words);
    say(said, note.dataset.selected);
  }
}

function say(where: HTMLElement | null, words: string | undefined): void {
  if (where) where.textContent = words ?? "";
}
