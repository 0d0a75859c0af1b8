// A battery may die at any word: what is typed is kept on this device until the server has taken it.
const prefix = () => `yishi:${document.documentElement.dataset.who ?? ""}:`;
const sending = "yishi:sending";

type Field = HTMLTextAreaElement | HTMLInputElement;
const fields = (root: ParentNode = document): Field[] => [...root.querySelectorAll<Field>("[data-keep]")];

export function keepTyped(): void {
  forgetTaken();
  for (const field of fields()) {
    const key = prefix() + (field.dataset.keep ?? "");
    const note = document.querySelector<HTMLElement>(`[data-kept="${CSS.escape(field.dataset.keep ?? "")}"]`);
    const kept = localStorage.getItem(key);
    if (field.value === "" && kept) field.value = kept;
    if (note && field.value !== "" && kept) note.hidden = false;
    field.addEventListener("input", () => {
      localStorage.setItem(key, field.value);
      if (note) note.hidden = field.value === "";
    });
    field.form?.addEventListener("submit", () => sessionStorage.setItem(sending, field.dataset.keep ?? ""));
  }
}

/** A form that was taken leads on to another page by a redirect; one that was refused, or never arrived, does not. */
function forgetTaken(): void {
  const key = sessionStorage.getItem(sending);
  if (key === null) return;
  sessionStorage.removeItem(sending);
  const [navigation] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  const still = fields().some((field) => field.dataset.keep === key);
  const failed = document.querySelector("[data-error]") !== null;
  if (!still && !failed && (navigation?.redirectCount ?? 0) > 0) localStorage.removeItem(prefix() + key);
}
