// One press is one press; and a press without a network loses nothing.
export function sendOnce(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-once]"))
    form.addEventListener("submit", (event) => {
      if (!navigator.onLine) {
        event.preventDefault();
        offlineNote(form);
        return;
      }
      if (form.dataset.sent) event.preventDefault();
      form.dataset.sent = "1";
      // Not disabled: a disabled button's name and value would not be sent.
      for (const button of form.querySelectorAll("button")) button.setAttribute("aria-disabled", "true");
    });
  // Back to a page the browser kept: it may be sent again.
  addEventListener("pageshow", (event) => {
    if (event.persisted) for (const form of document.querySelectorAll<HTMLFormElement>("form[data-sent]")) release(form);
  });
}

function release(form: HTMLFormElement): void {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("button")) button.removeAttribute("aria-disabled");
}

/** Says on a form that there is no network and nothing of it was sent. */
export function offlineNote(form: HTMLFormElement): void {
  let note = form.querySelector<HTMLElement>("[data-offline-note]");
  if (!note) {
    note = document.createElement("p");
    note.dataset.offlineNote = "";
    note.className = "refusal";
    note.setAttribute("role", "alert");
    form.prepend(note);
  }
  note.textContent = document.documentElement.dataset.offline ?? "";
}
