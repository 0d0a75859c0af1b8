// The room, its television and its door: what changes appears by itself, clocks tick, and a press waits for the network.
import { runClocks, setClock } from "./clocks";
import { follow } from "./follow";
import { morph } from "./morph";
import { offlineNote } from "./once";
import { offerPrint } from "./print";
import { type Outcome, type Press, Presses } from "./queue";

const room = document.querySelector<HTMLElement>("[data-room]");
if (room) enter(room);

function enter(at: HTMLElement): void {
  const words = at.dataset;
  const presses = new Presses(`yishi:presses:${document.documentElement.dataset.who ?? ""}`);
  setClock(at.dataset.now);

  /** Takes over what the server answered. A page that is somewhere else is gone to. */
  function show(html: string, kind: "look" | "press"): void {
    const next = new DOMParser().parseFromString(html, "text/html");
    const to = next.querySelector<HTMLElement>("[data-room]");
    if (!to) {
      location.reload();
      return;
    }
    setClock(to.dataset.now);
    document.title = next.title;
    const followed = at.dataset.room;
    morph(at, to, kind === "press");
    if (at.dataset.room !== followed) listenAgain();
    tell();
    clocks();
  }

  const refresh = () =>
    fetch(location.href, { headers: { Accept: "text/html" } }).then(async (answer) => {
      if (answer.redirected) location.assign(answer.url);
      // A server that fails for a moment is asked again with the next change.
      else if (answer.ok) show(await answer.text(), "look");
    });

  async function send(press: Press, late: boolean): Promise<Outcome> {
    const cut = new AbortController();
    const timer = setTimeout(() => cut.abort(), 10_000);
    try {
      const answer = await fetch(press.url, {
        method: "POST",
        body: press.body,
        headers: { "Content-Type": "application/x-www-form-urlencoded", Accept: "text/html" },
        signal: cut.signal,
      });
      const html = await answer.text();
      if (answer.status >= 500) return "waits";
      const there = new URL(answer.url).pathname;
      if (there !== location.pathname) {
        location.assign(answer.url);
        // Signed out meanwhile: it is sent after signing in.
        if (there === "/sign-in") return "waits";
      } else show(html, "press");
      if (late && !answer.ok) lateNote();
      return "sent";
    } catch {
      // No network, or no answer in time: the same press is sent again with the same id, and counts once.
      return "waits";
    } finally {
      clearTimeout(timer);
    }
  }

  function lateNote(): void {
    const note = document.createElement("p");
    note.className = "strong";
    note.textContent = words.late ?? "";
    at.querySelector("[data-stays]")?.prepend(note);
  }

  const flush = () => presses.flush(send).then(tell);
  setInterval(() => {
    if (presses.first()) void flush();
  }, 3_000);
  addEventListener("online", () => void flush());

  /** Says what waits: on the page, until it is sent. */
  function tell(): void {
    let note = document.querySelector<HTMLElement>("[data-waits]");
    const waiting = presses.waiting();
    if (waiting.length === 0) {
      note?.remove();
      return;
    }
    if (!note) {
      note = document.createElement("p");
      note.dataset.waits = "";
      note.className = "refusal notice waits";
      note.setAttribute("role", "status");
      at.before(note);
    }
    const text = waiting
      .map((p) => `${p.label} ${new Date(p.at).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" })}`)
      .join(" · ");
    const said = `${words.queued ?? ""} ${text}`;
    if (note.textContent !== said) note.textContent = said;
  }

  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    const kind = form.dataset.press;
    if (!kind) return;
    event.preventDefault();
    if (form.dataset.sent) return;
    const button = event.submitter as HTMLButtonElement | null;
    const data = new FormData(form);
    if (button?.name) data.set(button.name, button.value);
    const body = new URLSearchParams([...data].map(([k, v]) => [k, String(v)]));
    const press: Press = {
      id: String(data.get("requestId")),
      url: form.action,
      body: body.toString(),
      at: Date.now(),
      label: button?.textContent?.trim() ?? "",
    };
    form.dataset.sent = "1";
    button?.setAttribute("aria-disabled", "true");
    void answerTo(press, form, button, kind);
  });

  async function answerTo(press: Press, form: HTMLFormElement, button: HTMLButtonElement | null, kind: string): Promise<void> {
    // Kept before it is sent: a page that dies while nobody answers sends it when it is opened again.
    const kept = kind === "queue" && presses.add(press);
    if (kept) {
      const sending = flush();
      tell();
      // Behind one that waits it waits too.
      if (presses.waiting().length === 0) await sending;
    }
    const waits = kept ? !presses.answered(press.id) : (await send(press, false)) === "waits";
    delete form.dataset.sent;
    button?.removeAttribute("aria-disabled");
    if (!waits) return;
    if (kept) {
      // The next press of the same form is another press.
      const id = form.querySelector<HTMLInputElement>("[name=requestId]");
      if (id) id.value = [...crypto.getRandomValues(new Uint8Array(12))].map((b) => b.toString(16).padStart(2, "0")).join("");
      // And finds the ballot that this one makes.
      const was = form.querySelector<HTMLInputElement>("[name=was]");
      if (was) was.value = new URLSearchParams(press.body).get("choice") ?? "";
      for (const field of form.querySelectorAll<HTMLInputElement>("input[type=radio]")) field.defaultChecked = field.checked;
      return;
    }
    offlineNote(form);
  }

  // The button says what pressing it means: 投“同意”.
  document.addEventListener("change", (event) => {
    const input = event.target as HTMLInputElement;
    const button = [...(input.form?.elements ?? [])].find((e) => e.matches("[data-names]"));
    if (!button || !input.dataset.button) return;
    button.textContent = input.dataset.button;
    button.classList.remove("btn-plain");
    if (button.hasAttribute("form")) button.classList.add("btn-main");
  });

  const clocks = runClocks();
  const listenAgain = follow(
    () => at.dataset.room ?? "",
    refresh,
    () => void flush(),
  );
  offerPrint();
  tell();
  void flush();
}
