// When words leave, how letters are tried again, what addresses are taken, and that every event says who needs to know.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Address, checkAddress } from "../../app/domain/channel";
import { localDay, wallClock } from "../../app/domain/clock";
import {
  type Attempt,
  backOff,
  bytesOf,
  fewestTries,
  fitLines,
  furthestWord,
  givenUpAfter,
  type Letter,
  leavesAt,
  mostTries,
  nextLocal,
  robotBytes,
  tried,
} from "../../app/domain/letter";
import { few, noQuiet, prefer, remindsOn, silenced, strongest, tellings, usual, within } from "../../app/domain/word";
import { hasWords } from "../../app/i18n/engine";
import { dingtalkSign, robotRequest } from "../../app/work/word/robots.server";

const letter = (over: Partial<Letter> = {}): Letter => ({
  communityId: "c",
  id: "0123456789abcdef",
  channelId: "ch",
  status: "sending",
  tries: 1,
  nextAt: "2026-03-02T01:00:00.000Z",
  firstAt: "2026-03-02T01:00:00.000Z",
  lastAt: "2026-03-02T01:00:00.000Z",
  fault: "",
  detail: "",
  sentAt: null,
  createdAt: "2026-03-02T01:00:00.000Z",
  ...over,
});
const no: Attempt = { ok: false, fault: "unreachable", detail: "" };

describe("who is told", () => {
  test("[WD1] every kind of event tells somebody, in words of both languages, or says why it tells nobody", () => {
    for (const [type, told] of Object.entries(tellings)) {
      if (typeof told === "string") continue;
      expect(told.length, type).toBeGreaterThan(0);
      for (const locale of ["zh-CN", "en"] as const) {
        expect(hasWords(locale, `word.what.${type}`), type).toBe(true);
        for (const { to } of told) expect(hasWords(locale, `word.why.${to}`), to).toBe(true);
      }
    }
  });
  test("[WD1] of several reasons the most urgent counts, of equal ones the first", () => {
    expect(
      strongest([
        { urgency: "aside", n: 1 },
        { urgency: "owed", n: 2 },
        { urgency: "owed", n: 3 },
      ] as const),
    ).toMatchObject({ n: 2 });
    expect(strongest([])).toBeUndefined();
  });
  test("[WD8] a matter is spoken of the day before, on the day, the day after, and then once a week", () => {
    const days = ["03-08", "03-09", "03-10", "03-11", "03-12", "03-16", "03-17", "03-18", "03-24"].map((d) => remindsOn("2026-03-10", `2026-${d}`));
    expect(days).toEqual([null, "soon", "soon", "late", null, null, "late", null, "late"]);
  });
});

describe("when a word leaves", () => {
  const hours = { quietFrom: "22:00", quietUntil: "07:00", digestAt: "08:00" };
  const zone = "Asia/Shanghai";
  test("[WD5] at once by day, at the end of the quiet hours by night, with the digest, or never", () => {
    expect(leavesAt("now", hours, "2026-03-02T04:00:00.000Z", zone)).toBe("2026-03-02T04:00:00.000Z");
    expect(leavesAt("now", hours, "2026-03-02T14:00:00.000Z", zone)).toBe("2026-03-02T23:00:00.000Z");
    expect(leavesAt("now", hours, "2026-03-02T13:59:00.000Z", zone)).toBe("2026-03-02T13:59:00.000Z");
    expect(leavesAt("now", hours, "2026-03-02T23:00:00.000Z", zone)).toBe("2026-03-02T23:00:00.000Z");
    expect(leavesAt("digest", hours, "2026-03-02T00:00:00.000Z", zone)).toBe("2026-03-03T00:00:00.000Z");
    expect(leavesAt("digest", hours, "2026-03-01T23:59:00.000Z", zone)).toBe("2026-03-02T00:00:00.000Z");
    expect(leavesAt("never", hours, "2026-03-02T04:00:00.000Z", zone)).toBeNull();
    expect(leavesAt("digest", hours, "2026-03-02T14:00:00.000Z", zone, "pressing")).toBe("2026-03-02T14:00:00.000Z");
    expect(leavesAt("digest", hours, "2026-03-02T00:00:00.000Z", zone, "owed")).toBe("2026-03-03T00:00:00.000Z");
    expect(within("12:00", "00:00", "00:00")).toBe(false);
  });
  test("[WD5] across changes of the clock: never in quiet hours, one digest a day at its hour, never later than a word may wait", () => {
    const zones = ["Asia/Shanghai", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Africa/Casablanca"];
    const time = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom("00", "30")).map(([h, m]) => `${String(h).padStart(2, "0")}:${m}`);
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 365 * 24 * 4 }),
        time,
        time,
        time,
        (timeZone, quarter, quietFrom, quietUntil, digestAt) => {
          const now = new Date(Date.parse("2026-01-01T00:00:00Z") + quarter * 900_000).toISOString();
          const at = leavesAt("now", { quietFrom, quietUntil, digestAt }, now, timeZone) ?? "";
          expect(at >= now).toBe(true);
          expect(Date.parse(at) - Date.parse(now)).toBeLessThan(furthestWord);
          // In a gap of daylight saving the hour after stands for the one that is not there, even where it is quiet again by then.
          const clock = wallClock(at, timeZone).slice(11, 16);
          if (clock === quietUntil || at === now) expect(within(clock, quietFrom, quietUntil)).toBe(false);
          else expect(wallClock(new Date(Date.parse(at) - 3_600_000).toISOString(), timeZone).slice(11, 16) < quietUntil).toBe(true);
          expect(leavesAt("now", { quietFrom, quietUntil, digestAt }, now, timeZone, "pressing")).toBe(now);
          expect(leavesAt("never", { quietFrom, quietUntil, digestAt }, now, timeZone, "pressing")).toBeNull();
          const first = nextLocal(now, digestAt, timeZone);
          const second = nextLocal(first, digestAt, timeZone);
          expect(localDay(second, timeZone)).not.toBe(localDay(first, timeZone));
          expect(Date.parse(second) - Date.parse(first)).toBeLessThanOrEqual(26 * 3_600_000);
        },
      ),
      { numRuns: 600 },
    );
  });
  test("[WD5] a digest hour in the quiet hours is refused, with the field", () => {
    expect(prefer("p", { ...usual, digestAt: "23:00" })).toMatchObject({ ok: false, refusal: { code: "word.digestInQuiet", field: "digestAt" } });
    expect(prefer("p", { ...usual, quietFrom: "12:00", quietUntil: "12:00" })).toMatchObject({
      ok: false,
      refusal: { code: "word.quietSame", field: "quietUntil" },
    });
    expect(prefer("p", { ...usual, ...noQuiet, digestAt: "03:00" }).ok).toBe(true);
    expect(prefer("p", usual).ok).toBe(true);
    expect(prefer("p", few).ok).toBe(true);
    expect(Object.values(silenced(usual, "mail").modes.mail).every((mode) => mode === "never")).toBe(true);
    expect(silenced(usual, "mail").modes.push).toEqual(usual.modes.push);
  });
});

describe("a letter that did not arrive", () => {
  test("[WD6] is tried again after longer and longer, with the same jitter every time for the same letter", () => {
    const waits = [1, 2, 3, 4, 5, 6, 7].map((tries) => backOff("0123456789abcdef", tries));
    expect(waits).toEqual([1, 2, 3, 4, 5, 6, 7].map((tries) => backOff("0123456789abcdef", tries)));
    for (const [n, wait] of waits.entries()) {
      const plain = Math.min(6 * 3_600_000, 60_000 * 4 ** n);
      expect(wait).toBeGreaterThanOrEqual(plain * 0.75);
      expect(wait).toBeLessThanOrEqual(plain * 1.25);
    }
    expect(backOff("another0another0", 5)).not.toBe(waits[4]);
  });
  test("[WD6] is given up after more than a day, or too many tries, or when asking again would bring the same answer", () => {
    const soon = "2026-03-02T01:01:00.000Z";
    expect(tried(letter(), no, soon).status).toBe("failed");
    expect(tried(letter({ tries: mostTries }), no, soon).status).toBe("dead");
    const dayLater = new Date(Date.parse(soon) + givenUpAfter).toISOString();
    expect(tried(letter({ tries: fewestTries }), no, dayLater).status).toBe("dead");
    // A process that stood still for two days has not tried.
    expect(tried(letter({ tries: fewestTries - 1 }), no, dayLater).status).toBe("failed");
    expect(tried(letter(), { ...no, forGood: true }, soon).status).toBe("dead");
    expect(tried(letter(), { ...no, waitMs: 3_600_000 }, soon).nextAt).toBe("2026-03-02T02:01:00.000Z");
    expect(tried(letter({ fault: "timeout", detail: "x" }), { ok: true }, soon)).toMatchObject({ status: "sent", fault: "", sentAt: soon });
  });
  test("[WD6] a whole day of silence does not use up its tries", () => {
    let one = letter({ tries: 0, firstAt: null });
    let now = "2026-03-02T01:00:00.000Z";
    const end = Date.parse(now) + 24 * 3_600_000;
    while (Date.parse(now) < end) {
      one = tried({ ...one, tries: one.tries + 1, firstAt: one.firstAt ?? now }, no, now);
      expect(one.status).toBe("failed");
      now = one.nextAt;
    }
  });
});

describe("robots and their doors", () => {
  const key = "693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa";
  const wecom = (url: string): Address => ({ kind: "wecom", url });
  const push = (endpoint: string): Address => ({ kind: "push", endpoint, p256dh: "x", auth: "y" });
  test("[WD10] a robot's address is its maker's own door with a key, or nothing; a browser's is https to a known service", () => {
    const code = (address: Address, test: string | null = null) => {
      const checked = checkAddress(address, test);
      return checked.ok ? "ok" : checked.refusal.code;
    };
    expect(code(wecom(`https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=${key}`))).toBe("ok");
    expect(code({ kind: "dingtalk", url: "https://oapi.dingtalk.com/robot/send?access_token=0123456789abcdef0123", secret: "SEC12345678" })).toBe("ok");
    for (const url of [
      `http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=${key}`,
      `https://qyapi.weixin.qq.com.evil.example/cgi-bin/webhook/send?key=${key}`,
      `https://qyapi.weixin.qq.com:8443/cgi-bin/webhook/send?key=${key}`,
      `https://127.0.0.1/cgi-bin/webhook/send?key=${key}`,
      `https://qyapi.weixin.qq.com/cgi-bin/gettoken?key=${key}`,
      `http://169.254.169.254/latest/meta-data?key=${key}`,
    ])
      expect(code(wecom(url)), url).toBe("channel.robotHost");
    expect(code(wecom(`https://x@qyapi.weixin.qq.com/cgi-bin/webhook/send?key=${key}`))).toBe("channel.address");
    expect(code(wecom("https://qyapi.weixin.qq.com/cgi-bin/webhook/send"))).toBe("channel.robotKey");
    expect(code(wecom("no address"))).toBe("channel.address");
    expect(code(wecom(`http://127.0.0.1:4000/cgi-bin/webhook/send?key=${key}`), "http://127.0.0.1:4000")).toBe("ok");
    for (const service of ["fcm.googleapis.com", "updates.push.services.mozilla.com", "web.push.apple.com", "wns2-sg2p.notify.windows.com"])
      expect(code(push(`https://${service}/send/abc`)), service).toBe("ok");
    for (const endpoint of [
      "http://fcm.googleapis.com/x",
      "https://10.0.0.1/x",
      "https://[::1]/x",
      "https://localhost/x",
      "https://printer.local/x",
      "https://2130706433/x",
      "https://host.example:22/x",
      "https://fcm.googleapis.com:8443/x",
      "https://fcm.googleapis.com.evil.cn/x",
      "https://evilfcm.googleapis.com/x",
      "https://push.apple.com.cn/x",
      "https://host.example/x",
    ])
      expect(code(push(endpoint)), endpoint).toBe("channel.pushAddress");
    // What else stood in the address is left out.
    const checked = checkAddress(wecom(`https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=${key}&debug=1`), null);
    expect(checked.ok && checked.value.kind === "wecom" && checked.value.url).toBe(`https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=${key}`);
  });
  test("[WD11] DingTalk's signature is base64 of HMAC-SHA256 over time, line feed and secret, and url-encoded", () => {
    // Reckoned with OpenSSL: printf '1716192000000\nSECabc' | openssl dgst -sha256 -hmac SECabc -binary | base64
    expect(dingtalkSign("SECabc", 1716192000000)).toBe("BWdKXp+LJMUZch5vAaSj7WJsR+P+6ttb6rw2Zm9Umsg=");
    const { url, body } = robotRequest(
      { kind: "dingtalk", url: "https://oapi.dingtalk.com/robot/send?access_token=t", secret: "SECabc" },
      { title: "议事", text: "一件事" },
      1716192000000,
    );
    expect(url).toBe(
      `https://oapi.dingtalk.com/robot/send?access_token=t&timestamp=1716192000000&sign=${encodeURIComponent("BWdKXp+LJMUZch5vAaSj7WJsR+P+6ttb6rw2Zm9Umsg=")}`,
    );
    expect(JSON.parse(body)).toEqual({ msgtype: "markdown", markdown: { title: "议事", text: "一件事" } });
  });
  test("[WD11] WeCom gets markdown", () => {
    const { url, body } = robotRequest({ kind: "wecom", url: "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k" }, { title: "议事", text: "一件事" }, 0);
    expect(url).toBe("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k");
    expect(JSON.parse(body)).toEqual({ msgtype: "markdown", markdown: { content: "一件事" } });
  });
  test("[WD12] a message is cut at whole lines, counted in bytes of UTF-8, and says how many it left out", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "grapheme", maxLength: 400 }), { minLength: 1, maxLength: 40 }), (lines) => {
        const { text, taken } = fitLines("社区", lines, (left) => `还有${left}条`, robotBytes);
        expect(bytesOf(text)).toBeLessThanOrEqual(robotBytes);
        expect(taken).toBeGreaterThanOrEqual(1);
        if (taken < lines.length) expect(text.endsWith(`还有${lines.length - taken}条`)).toBe(true);
        if (bytesOf(["社区", ...lines].join("\n\n")) <= robotBytes) expect(taken).toBe(lines.length);
      }),
      { numRuns: 300 },
    );
    const huge = fitLines("社区", ["楼".repeat(5000)], () => "", robotBytes);
    expect(bytesOf(huge.text)).toBeLessThanOrEqual(robotBytes);
    expect(huge.text).not.toContain("\ufffd");
  });
});
