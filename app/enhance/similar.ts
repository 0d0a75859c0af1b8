// While somebody writes, the server says what resembles it.
const pause = 350;

export function showSimilar(): void {
  const field = document.querySelector<HTMLTextAreaElement>("[data-similar]");
  const into = document.querySelector<HTMLElement>("[data-similar-into]");
  if (!field || !into) return;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let asking: AbortController | undefined;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      asking?.abort();
      asking = new AbortController();
      try {
        const answer = await fetch(`${field.dataset.similar}?text=${encodeURIComponent(field.value.slice(0, 500))}`, { signal: asking.signal });
        if (!answer.ok || answer.redirected) return;
        const html = await answer.text();
        if (html === into.innerHTML) return;
        into.innerHTML = html;
        rename(into);
      } catch (error) {
        // Writing goes on without it: a later letter asks again, and the server looks once more when the form is sent.
        if (!(error instanceof DOMException)) console.warn(error);
      }
    }, pause);
  });
}

/** The button says what pressing it now means. */
function rename(into: HTMLElement): void {
  const button = into.closest("form")?.querySelector<HTMLElement>("[data-when-similar]");
  if (!button) return;
  button.dataset.otherwise ??= button.textContent ?? "";
  button.textContent = into.childElementCount > 0 ? (button.dataset.whenSimilar ?? "") : button.dataset.otherwise;
}
