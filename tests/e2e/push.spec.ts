// A push, from the button in the page to the matter it opens: in a real browser, with our own service worker.
// Two things no test machine has are stood in for, and nothing else: the browser maker's service (a subscription is made by hand
// with keys the test holds, a door of the test takes what is sent there, and DevTools hands the opened message to the worker, as
// the browser would), and the hand that taps the notification on the telephone's screen (the worker is given the same event).
import { createDecipheriv, createECDH, hkdfSync, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { wordsFor } from "../../app/i18n/t";
import { faults } from "../support/axe";
import { phone, press, raise, stepInto } from "../support/pages";
import { runScript, serve } from "../support/serve";

type Sent = { path: string; headers: IncomingHttpHeaders; body: Buffer };
/** Where a browser maker's service would be: it takes everything, and the test reads it. */
async function door() {
  const sent: Sent[] = [];
  const server = createServer((request, response) => {
    buffer(request).then(
      (body) => {
        sent.push({ path: request.url ?? "", headers: request.headers, body });
        response.writeHead(201).end();
      },
      () => response.destroy(),
    );
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    sent,
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((gone) => server.close(gone));
    },
  };
}

/** A browser's own keys, and what only they open: aes128gcm in one record. (RFC 8188, RFC 8291) */
function browserKeys() {
  const pair = createECDH("prime256v1");
  const own = pair.generateKeys();
  const secret = randomBytes(16);
  const hkdf = (key: Buffer, salt: Buffer, info: Buffer | string, length: number) => Buffer.from(hkdfSync("sha256", key, salt, info, length));
  return {
    p256dh: own.toString("base64url"),
    auth: secret.toString("base64url"),
    open(body: Buffer): string {
      const [salt, theirs, sealed] = [body.subarray(0, 16), body.subarray(21, 21 + (body[20] ?? 0)), body.subarray(21 + (body[20] ?? 0))];
      const key = hkdf(pair.computeSecret(theirs), secret, Buffer.concat([Buffer.from("WebPush: info\0"), own, theirs]), 32);
      const cipher = createDecipheriv("aes-128-gcm", hkdf(key, salt, "Content-Encoding: aes128gcm\0", 16), hkdf(key, salt, "Content-Encoding: nonce\0", 12));
      cipher.setAuthTag(sealed.subarray(-16));
      const padded = Buffer.concat([cipher.update(sealed.subarray(0, -16)), cipher.final()]);
      return padded.subarray(0, padded.lastIndexOf(2)).toString("utf8");
    },
  };
}

type Shown = { title: string; body: string; tag: string; url: string };
/** What stands on the telephone's screen, as the browser itself says. */
const shownIn = (page: Page): Promise<Shown[]> =>
  page.evaluate(async () => {
    const worker = await navigator.serviceWorker.ready;
    return (await worker.getNotifications()).map(({ title, body, tag, data }) => ({ title, body, tag, url: (data as { url: string }).url }));
  });

/** Hands an opened message to the worker of this page's origin, as the browser does when its maker's service brings one. */
async function deliver(page: Page, origin: string, data: string): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const registered = new Promise<string>((found) => {
    devtools.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
      const ours = registrations.find((one) => one.scopeURL === `${origin}/` && !one.isDeleted);
      if (ours) found(ours.registrationId);
    });
  });
  await devtools.send("ServiceWorker.enable");
  await devtools.send("ServiceWorker.deliverPushMessage", { origin, registrationId: await registered, data });
  await devtools.detach();
}

/** The tap. A browser lets a worker open a window only for a hand of flesh: where it would go is kept instead. @returns that address */
async function tap(context: BrowserContext): Promise<string | null> {
  const [worker] = context.serviceWorkers();
  if (!worker) throw new Error("There is no worker.");
  return worker.evaluate(async () => {
    // The worker's own globals, of which the page's types know nothing.
    const self = globalThis as unknown as {
      registration: ServiceWorkerRegistration;
      clients: { openWindow(url: string): Promise<unknown> };
      NotificationEvent: new (type: string, of: { notification: Notification }) => Event & { waitUntil(work: Promise<unknown>): void };
    };
    let opened: string | null = null;
    self.clients.openWindow = async (url) => {
      opened = url;
      return null;
    };
    const [notification] = await self.registration.getNotifications();
    if (!notification) throw new Error("Nothing is shown.");
    const event = new self.NotificationEvent("notificationclick", { notification });
    let work: Promise<unknown> = Promise.resolve();
    event.waitUntil = (promise) => {
      work = promise;
    };
    globalThis.dispatchEvent(event);
    await work;
    return opened;
  });
}

/** A port nobody has, to be served on under an address that is known beforehand. */
async function freePort(): Promise<number> {
  const one = await door();
  await one.close();
  return Number(new URL(one.origin).port);
}

for (const locale of ["zh-CN", "en"] as const)
  test(`[WD11] a push is asked for in the page, sealed for this browser, shown, and opens its matter: ${locale}`, async ({ browser }) => {
    test.setTimeout(240_000);
    const { t } = wordsFor(locale, "Asia/Shanghai", new Date().toISOString());
    const [service, dir, port] = [await door(), mkdtempSync(join(tmpdir(), "yishi-push-")), await freePort()];
    await runScript("tests/support/small-house.ts", [dir]);
    const url = `http://127.0.0.1:${port}`;
    const served = await serve(dir, { PORT: String(port), ORIGIN: url, WORD_TEST_ORIGIN: service.origin });
    try {
      const keys = browserKeys();
      const head = await stepInto(browser, "8号楼楼栋长", { url, viewport: phone });
      const context = head.context();
      await context.grantPermissions(["notifications"], { origin: url });
      await context.addInitScript(
        (subscription) => {
          PushManager.prototype.subscribe = async (options) => {
            // What a browser refuses: a push nobody sees, or keys of no sender.
            if (!options?.userVisibleOnly || new Uint8Array(options.applicationServerKey as ArrayBuffer).length !== 65) throw new Error("Refused.");
            return { toJSON: () => subscription } as unknown as PushSubscription;
          };
        },
        { endpoint: `${service.origin}/push/abc`, keys: { p256dh: keys.p256dh, auth: keys.auth } },
      );
      await head.request.post("/preferences", { form: { language: locale, to: "/" }, headers: { Origin: url } });
      await head.goto("/account/word");
      await press(head, t("prefs.push.button"));
      await expect(head.getByText(t("prefs.said.push"))).toBeVisible();
      await head
        .getByRole("group", { name: t("prefs.kind.desk") })
        .getByLabel(t("prefs.way.push"))
        .selectOption(t("prefs.mode.now"));
      await head.getByRole("radio", { name: t("prefs.quiet.no") }).check();
      await head.getByLabel(t("prefs.locale")).selectOption(locale);
      await press(head, t("prefs.button"));
      await expect(head.getByText(t("prefs.said.kept"))).toBeVisible();
      expect(await faults(head)).toEqual([]);

      const what = "8号楼的门禁坏了，晚上进不了门。";
      const raiser = await stepInto(browser, "业委会主任", { url });
      const issue = await raise(raiser, what, "别的", "8号楼");
      await expect.poll(() => service.sent.length, { timeout: 30_000 }).toBe(1);
      const [sent] = service.sent;
      expect(sent).toMatchObject({ path: "/push/abc", headers: { "content-encoding": "aes128gcm" } });
      const payload = keys.open(sent?.body ?? Buffer.alloc(0));
      await deliver(head, url, payload);
      await expect.poll(() => shownIn(head)).toHaveLength(1);
      const [shown] = await shownIn(head);
      expect(shown).toEqual({
        title: `${issue.split("/").at(-1)} ${what.slice(0, -1)}`,
        body: t("word.what.issue.raised", { body: "8号楼" }),
        tag: sent?.headers.topic,
        url: `${url}${issue}`,
      });
      // A second copy of the same letter is the same line on the screen.
      await deliver(head, url, payload);
      await expect.poll(() => shownIn(head)).toEqual([shown]);
      const opened = await tap(context);
      expect(opened).toBe(`${url}${issue}`);
      expect(await shownIn(head)).toEqual([]);
      await head.goto(opened ?? "");
      await expect(head.getByRole("heading", { level: 1 })).toContainText("8号楼的门禁坏了");
    } finally {
      await served.stop();
      await service.close();
      rmSync(dir, { recursive: true, force: true });
    }
  });
