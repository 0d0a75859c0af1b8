// The one form that needs a script: a browser that wants to be told subscribes itself, and posts what it was given.
export function offerPush(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-push-key]");
  if (!form || !("serviceWorker" in navigator) || !("PushManager" in window)) return;
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    subscribe(form).then(
      () => form.submit(),
      () => {
        const denied = form.querySelector<HTMLElement>("[data-push-denied]");
        if (denied) denied.hidden = false;
      },
    );
  });
}

async function subscribe(form: HTMLFormElement): Promise<void> {
  const worker = await navigator.serviceWorker.register("/word-worker.js");
  await navigator.serviceWorker.ready;
  const key = form.dataset.pushKey ?? "";
  const bytes = Uint8Array.from(atob(key.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
  const { endpoint, keys } = (await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes })).toJSON();
  const values: Record<string, string | undefined> = { endpoint, p256dh: keys?.p256dh, auth: keys?.auth };
  for (const [name, value] of Object.entries(values)) {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLInputElement) field.value = value ?? "";
  }
}
