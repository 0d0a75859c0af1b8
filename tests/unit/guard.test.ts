import type { AppLoadContext } from "@remix-run/node";
import type { Request, Response } from "express";
import { expect, test } from "vitest";
import { handleError } from "../../app/entry.server";
import { readEnv } from "../../app/http/env.server";
import { guard, isOurOwn, loggedPath, tooHeavy } from "../../app/http/guard.server";
import { passwordRefusal } from "../../app/http/passwords.server";
import { valuesOf } from "../../app/http/respond.server";
import { deviceOf, safePath } from "../../app/http/session.server";

test("a post comes from our own pages or not at all", () => {
  const host = "yishi.example.cn";
  expect(isOurOwn("GET", {}, undefined)).toBe(true);
  expect(isOurOwn("POST", {}, undefined)).toBe(false);
  expect(isOurOwn("POST", { origin: `https://${host}`, host }, undefined)).toBe(true);
  expect(isOurOwn("POST", { origin: "https://evil.example", host }, undefined)).toBe(false);
  expect(isOurOwn("POST", { origin: "null", host }, undefined)).toBe(false);
  expect(isOurOwn("POST", { site: "same-origin", host }, undefined)).toBe(true);
  expect(isOurOwn("POST", { site: "same-site", host }, undefined)).toBe(false);
  // With a public address, another host's own pages are strangers even when they reach us under their name.
  expect(isOurOwn("POST", { origin: "https://other.example", host: "other.example" }, `https://${host}`)).toBe(false);
  expect(isOurOwn("POST", { origin: `https://${host}`, host: "127.0.0.1:3000" }, `https://${host}`)).toBe(true);
});
test("[WD17] a letter's button takes a mail program that names no place, and refuses another site's page as everywhere", () => {
  const sent = (url: string, origin?: string): string => {
    let went = "on";
    const headers = { host: "yishi.example.cn", "content-length": "0", ...(origin === undefined ? {} : { origin }) };
    const response = { redirect: (status: number, to: string) => (went = `${status} ${to}`) };
    guard(readEnv({}))({ method: "POST", url, path: url, headers } as unknown as Request, response as unknown as Response, () => (went = "on"));
    return went;
  };
  expect(sent("/letter/c.w.stop.tok")).toBe("on");
  expect(sent("/letter/c.w.stop.tok", "http://yishi.example.cn")).toBe("on");
  for (const origin of ["null", "https://evil.example"]) expect(sent("/letter/c.w.stop.tok", origin)).toBe("303 /refused?code=crossSite");
  expect(sent("/issues/new")).toBe("303 /refused?code=crossSite");
});
test("a secret address does not come into the log", () => {
  expect(loggedPath("/calendar/0xUJD74YJ32d52SmG2ZGmjuWbVs.ics")).toBe("/calendar/…");
  expect(loggedPath("/join/abc")).toBe("/join/…");
  expect(loggedPath("/meetings/m1/invitation.ics")).toBe("/meetings/m1/invitation.ics");
});
test("a form says how long it is, and is not longer than six photos", () => {
  expect(tooHeavy("GET", {})).toBe(false);
  expect(tooHeavy("POST", {})).toBe(true);
  expect(tooHeavy("POST", { length: "300" })).toBe(false);
  expect(tooHeavy("POST", { length: "2000000" })).toBe(true);
  expect(tooHeavy("POST", { length: "2000000", type: "multipart/form-data; boundary=x" })).toBe(false);
  expect(tooHeavy("POST", { length: "200000000", type: "multipart/form-data; boundary=x" })).toBe(true);
});
test("after signing in one goes on within the house only", () => {
  expect(safePath("/issues/2026-0147?show=late")).toBe("/issues/2026-0147?show=late");
  // What a browser's own form or a link of ours puts into an address.
  const asked = `/issues?${new URLSearchParams({ q: "电梯 a*b!'()~", show: "open", days: "2026-01-04..2026-01-05" })}`;
  expect(safePath(asked)).toBe(asked);
  for (const away of ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", "", null, "/a\nb"]) expect(safePath(away)).toBe("/");
});
test("passwords are long, and not only figures", () => {
  expect(passwordRefusal("short", "me")?.code).toBe("password.tooShort");
  expect(passwordRefusal("1234567890", "me")?.code).toBe("password.tooPlain");
  expect(passwordRefusal("aaaaaaaaaa", "me")?.code).toBe("password.tooPlain");
  expect(passwordRefusal("building head", "building head")?.code).toBe("password.tooPlain");
  expect(passwordRefusal("好记的密码二〇二六", "me")).toBeNull();
});
test("a device is known by browser and system, nothing finer", () => {
  expect(deviceOf("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36 MicroMessenger/8.0")).toBe("WeChat, Android");
  expect(deviceOf("curl/8")).toBe("?, ?");
});
test.each([
  [{ PORT: "many" }, /^PORT /],
  [{ NODE_ENV: "prod" }, /^NODE_ENV /],
  [{ ORIGIN: "yishi.example.cn" }, /^ORIGIN /],
  [{ SESSION_IDLE_MINUTES: "0" }, /^SESSION_IDLE_MINUTES /],
  [{ DEMO: "yes" }, /^DEMO /],
  [{ HOST: "0.0.0.0" }, /^ORIGIN is missing/],
  [{ LIVE_ORIGIN: "ws://127.0.0.1:1234" }, /^ORIGIN is missing: with LIVE_ORIGIN set/],
])("a wrong setting stops the start with one sentence: %j", (env, sentence) => {
  expect(() => readEnv(env)).toThrow(sentence);
});
test("a form of nobody's page costs little, and its strange names harm nothing", () => {
  const form = new FormData();
  form.append("constructor", "x");
  form.append("constructor", "y");
  form.append("pick", "a");
  form.append("pick", "b");
  form.append("__proto__", "z");
  expect({ ...valuesOf(form) }).toEqual({ constructor: ["x", "y"], pick: ["a", "b"] });
  const many = new FormData();
  for (let n = 0; n < 1200; n++) many.append("a", "");
  expect(() => valuesOf(many)).toThrow();
});
test("a stranger's request to an address that takes none fills no log; what fails is in it", () => {
  const logged: unknown[] = [];
  const context = { services: { logger: { error: (what: { err: unknown }) => logged.push(what.err) } } } as unknown as AppLoadContext;
  const request = new Request("https://yishi.example/nowhere", { method: "POST" });
  handleError({ status: 405, statusText: "Method Not Allowed", internal: true, data: "" }, { request, context });
  expect(logged).toEqual([]);
  const failure = new Error("the disk is full");
  handleError(failure, { request, context });
  handleError({ status: 500, statusText: "", internal: true, data: "" }, { request, context });
  expect(logged).toHaveLength(2);
});
