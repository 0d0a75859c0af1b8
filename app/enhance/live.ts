// A quiet line when what is on the page has changed elsewhere. Nothing moves by itself: whoever reads decides when to look.
export function watchChanges(): void {
  const at = document.querySelector<HTMLElement>("[data-live]");
  if (!at?.dataset.live) return;
  const url = at.dataset.live;
  let source: EventSource | null = null;
  const listen = () => {
    if (document.hidden) {
      source?.close();
      source = null;
      return;
    }
    if (source) return;
    source = new EventSource(url);
    source.addEventListener("changed", () => {
      source?.close();
      document.removeEventListener("visibilitychange", listen);
      say(at);
    });
  };
  document.addEventListener("visibilitychange", listen);
  addEventListener("pagehide", () => source?.close());
  listen();
}

function say(at: HTMLElement): void {
  const link = document.createElement("a");
  link.href = location.href;
  link.className = "changed";
  link.setAttribute("role", "status");
  link.textContent = at.dataset.liveWords ?? "";
  link.addEventListener("click", (event) => {
    event.preventDefault();
    location.reload();
  });
  at.before(link);
}
