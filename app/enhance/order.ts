// An agenda put in order by dragging. The buttons beside each line do the same without it.

/** So near to the window's edge, in pixels, a drag scrolls. */
const edge = 48;

/** After a line was moved by its buttons: where it stands now, said to whoever hears the page, and the focus on its button. */
export function sayMoved(): void {
  const button = /^#(?:up|down)-/.test(location.hash) ? document.getElementById(location.hash.slice(1)) : null;
  const said = document.querySelector<HTMLElement>("[data-moved]");
  const place = button?.closest<HTMLElement>("[data-line]")?.dataset.place;
  if (!button || !said || place === undefined) return;
  button.focus();
  // A status is heard when it changes, not when it is there from the beginning.
  setTimeout(() => {
    said.textContent = place;
  }, 300);
}

export function dragOrder(): void {
  for (const list of document.querySelectorAll<HTMLElement>("[data-order]")) {
    const form = document.querySelector<HTMLFormElement>(`#${list.dataset.order ?? ""}`);
    if (!form) continue;
    const lines = () => [...list.children].filter((each): each is HTMLElement => each instanceof HTMLElement && each.dataset.line !== undefined);
    const order = () => lines().map((line) => line.dataset.line ?? "");
    for (const line of lines()) {
      const grip = line.querySelector<HTMLElement>("[data-grip]");
      if (!grip) continue;
      grip.hidden = false;
      let before = "";
      grip.addEventListener("pointerdown", (event) => {
        event.preventDefault();
        grip.setPointerCapture(event.pointerId);
        before = order().join();
        line.classList.add("dragged");
      });
      grip.addEventListener("pointermove", (event) => {
        if (!line.classList.contains("dragged")) return;
        // An agenda longer than the window moves along.
        if (event.clientY < edge) scrollBy(0, -edge / 2);
        else if (event.clientY > innerHeight - edge) scrollBy(0, edge / 2);
        // The others make room, nearest first: a line that is moved itself would let go of the pointer.
        const all = lines();
        const n = all.indexOf(line);
        const middle = (of: HTMLElement) => of.getBoundingClientRect().top + of.offsetHeight / 2;
        for (const other of all.slice(0, n).reverse()) if (event.clientY < middle(other)) line.after(other);
        for (const other of all.slice(n + 1)) if (event.clientY > middle(other)) line.before(other);
      });
      const drop = () => {
        if (!line.classList.contains("dragged")) return;
        line.classList.remove("dragged");
        if (order().join() === before) return;
        for (const id of order()) {
          const field = document.createElement("input");
          Object.assign(field, { type: "hidden", name: "order", value: id });
          form.append(field);
        }
        form.requestSubmit();
      };
      grip.addEventListener("pointerup", drop);
      grip.addEventListener("pointercancel", drop);
    }
  }
}
