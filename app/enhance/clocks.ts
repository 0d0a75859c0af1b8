// Clocks that tick in the browser by the server's time: what is left, how long somebody speaks, what time it is.
let ahead = Number.NEGATIVE_INFINITY;

/** Sets this device's clock right by a time the server said: the answer that came fastest is the nearest to the truth. */
export function setClock(serverNow: string | undefined): void {
  if (serverNow) ahead = Math.max(ahead, Date.parse(serverNow) - Date.now());
}
const now = () => Date.now() + (Number.isFinite(ahead) ? ahead : 0);

const two = (n: number) => String(n).padStart(2, "0");

/** `words` with {m} minutes and {s} seconds; without {s}, minutes begun count whole. */
export function spell(words: string, milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const minutes = words.includes("{s}") ? Math.floor(seconds / 60) : Math.ceil(seconds / 60);
  return words.replace("{m}", String(minutes)).replace("{s}", words.includes("{m}:") ? two(seconds % 60) : String(seconds % 60));
}

/** Starts the clocks. @returns a function that sets them at once, for when the page has changed */
export function runClocks(): () => void {
  const tick = () => {
    const at = now();
    for (const clock of document.querySelectorAll<HTMLElement>("[data-until]")) {
      const left = Date.parse(clock.dataset.until ?? "") - at;
      put(clock, spell((left >= 0 ? clock.dataset.left : clock.dataset.over) ?? "", Math.abs(left)));
      clock.classList.toggle("over", left < 0);
    }
    for (const clock of document.querySelectorAll<HTMLElement>("[data-since]")) put(clock, spell("{m}:{s}", at - Date.parse(clock.dataset.since ?? "")));
    for (const clock of document.querySelectorAll<HTMLElement>("[data-wall]"))
      put(
        clock,
        new Intl.DateTimeFormat("en-GB", { timeZone: clock.dataset.wall ?? "UTC", hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(new Date(at)),
      );
  };
  setInterval(tick, 250);
  tick();
  return tick;
}

function put(clock: HTMLElement, text: string): void {
  if (clock.textContent !== text) clock.textContent = text;
}
