// A file that takes a moment to make: the link says how far it is. Without this the browser downloads it as any other.
export function takeFiles(): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>("a[data-take]"))
    link.addEventListener("click", (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      void take(link);
    });
}

async function take(link: HTMLAnchorElement): Promise<void> {
  const note = link.nextElementSibling instanceof HTMLElement ? link.nextElementSibling : null;
  if (!note || link.getAttribute("aria-busy") === "true") return;
  link.setAttribute("aria-busy", "true");
  const say = (text: string) => {
    note.textContent = text;
  };
  try {
    say(link.dataset.take ?? "");
    const answer = await fetch(link.href);
    const reader = answer.ok ? answer.body?.getReader() : undefined;
    if (!reader) throw new Error(String(answer.status));
    const whole = Number(answer.headers.get("content-length"));
    const parts: Uint8Array<ArrayBuffer>[] = [];
    let got = 0;
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      parts.push(part.value as Uint8Array<ArrayBuffer>);
      got += part.value.length;
      if (whole > 0) say(`${Math.round((got / whole) * 100)}%`);
    }
    const url = URL.createObjectURL(new Blob(parts, { type: answer.headers.get("content-type") ?? "" }));
    const name = /filename\*=UTF-8''([^;]+)/.exec(answer.headers.get("content-disposition") ?? "")?.[1];
    const anchor = Object.assign(document.createElement("a"), { href: url, download: name ? decodeURIComponent(name) : "" });
    anchor.click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
    say("");
  } catch {
    // Whatever stood in the way, the browser's own download says it better.
    location.href = link.href;
  } finally {
    link.removeAttribute("aria-busy");
  }
}
