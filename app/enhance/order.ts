// An agenda put in order by dragging. The buttons beside each line do the same without it.
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
        for (const other of lines()) {
          if (other === line) continue;
          const { top, height } = other.getBoundingClientRect();
          const above = line.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_PRECEDING;
          if (above ? event.clientY < top + height / 2 : event.clientY > top + height / 2) {
            if (above) other.before(line);
            else other.after(line);
          }
        }
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
