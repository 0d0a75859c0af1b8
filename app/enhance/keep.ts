// A battery may die at any word: what is typed is kept on this device until the server has taken it.
// A word belongs to its field of its page: what was begun to return a task is not what is said when it is checked.
const prefix = (path: string) => `yishi:${document.documentElement.dataset.who ?? ""}:${path}:`;
const sending = "yishi:sending";

type Field = HTMLTextAreaElement | HTMLInputElement;
const fields = (): Field[] => [...document.querySelectorAll<Field>("[data-keep]")];
// A field's id holds its form's name too: a page may ask for the same thing twice.
const keyOf = (field: Field): string => prefix(location.pathname) + field.id;

export function keepTyped(): void {
  forgetTaken();
  for (const field of fields()) {
    const key = keyOf(field);
    const note = field.closest(".field")?.querySelector<HTMLElement>("[data-kept]");
    const kept = localStorage.getItem(key);
    if (field.value === "" && kept) field.value = kept;
    if (note && field.value !== "" && kept) note.hidden = false;
    field.addEventListener("input", () => {
      localStorage.setItem(key, field.value);
      if (note) note.hidden = field.value === "";
    });
    field.form?.addEventListener("submit", () => sessionStorage.setItem(sending, location.pathname));
  }
}

/**
 * A form that was taken leads on to another page, or another step, by a redirect; one that was refused, or never arrived, does
 * not. What its page kept is forgotten then, but for what is still to be typed here.
 */
function forgetTaken(): void {
  const path = sessionStorage.getItem(sending);
  if (path === null) return;
  sessionStorage.removeItem(sending);
  const [navigation] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  const failed = document.querySelector("[data-error]") !== null;
  if (failed || (navigation?.redirectCount ?? 0) === 0) return;
  const still = new Set(fields().map(keyOf));
  for (const key of Object.keys(localStorage)) if (key.startsWith(prefix(path)) && !still.has(key)) localStorage.removeItem(key);
}
