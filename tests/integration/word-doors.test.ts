// Robots and browsers' services: what they are sent, what they answer, and what becomes of it.
import { createECDH, randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { openWordChannel } from "../../app/commands/channel/open";
import { tryWordChannel } from "../../app/commands/channel/try";
import { escalateIssue } from "../../app/commands/issue/escalate";
import { raiseIssue } from "../../app/commands/issue/raise";
import { resendLetter } from "../../app/commands/letter/resend";
import { callMeeting } from "../../app/commands/meeting/call";
import { preferWords } from "../../app/commands/word/prefer";
import { loadChannel } from "../../app/data/channels.server";
import { saveLetter } from "../../app/data/letters.server";
import { layWords } from "../../app/data/word.server";
import { bytesOf, robotPace } from "../../app/domain/letter";
import type { Actor } from "../../app/domain/permission";
import { usual } from "../../app/domain/word";
import { done, type House, house, idOf } from "../support/house";
import { type Door, door, jsonOf, type Knock, mailbox, mailServer, type PostOffice, pass, postOffice, robot } from "../support/post";
import { type Bench, bench } from "../support/store";

type World = {
  on: Bench;
  at: House;
  there: Door;
  office: PostOffice;
  head: Actor;
  chair: Actor;
  raise(what: string, over?: object): Promise<string>;
  up(what: string, over?: object): Promise<string>;
};
async function world(): Promise<World> {
  const on = bench();
  const at = await house(on);
  const head = await at.person("Wang Fang of 7-301", [[at.bodies.b7, "head", "owners"]]);
  const chair = await at.person("Chair", [[at.bodies.council, "chair", "branch"]]);
  const there = await door();
  const office = postOffice(on, { doors: there.origin });
  await office.round();
  const raise = async (what: string, over: object = {}) => {
    const [event] = await done(on.perform, raiseIssue, head, {
      bodyId: at.bodies.b7,
      what,
      place: "7-301",
      category: "water",
      track: "hard",
      visibility: "community",
      ...over,
    });
    return event?.type === "issue.raised" ? event.number : "";
  };
  return {
    on,
    at,
    there,
    office,
    head,
    chair,
    raise,
    async up(what, over) {
      const number = await raise(what, over);
      await done(on.perform, escalateIssue, head, { number, to: at.bodies.council, text: "Wang Fang, 13812345678, says it is loud" });
      return number;
    },
  };
}
const letters = (w: World) => w.on.store.read.selectFrom("Letter").selectAll().orderBy("createdAt").orderBy("id").execute();

describe("a group's robot", () => {
  test("[WD4][WD11] says number, category, building, what happened and where to look, as its maker wants it, and no word that people wrote", async () => {
    const w = await world();
    await robot(w.on, w.chair, w.at.bodies.council, "wecom", w.there.origin);
    await robot(w.on, w.at.secretary, w.at.bodies.council, "dingtalk", w.there.origin);
    // Somebody who has nothing to do with it, and is named all the same.
    await w.at.person("李小龙", [[w.at.bodies.b8, "resident", "owners"]]);
    const open = await w.up("Lift [out](https://ev.il) _now_");
    const closed = await w.up("Quarrel with 7-302 over noise", { visibility: "handlers" });
    const named = await w.up("8栋二单元301室李小龙家漏水，电话13912345678");
    const [issue] = await w.on.store.read.selectFrom("Issue").select("id").where("number", "=", open).execute();
    const meeting = { bodyId: w.at.bodies.council, startsAt: "2026-03-26T11:00:00.000Z", endsAt: "2026-03-26T12:00:00.000Z", issues: [issue?.id] };
    const meetingId = idOf(await done(w.on.perform, callMeeting, w.chair, { ...meeting, place: "李小龙家，8栋301室" }), "meeting.called");
    await w.office.round();
    const wecom = w.there.knocks.find((k) => k.url.startsWith("/cgi-bin/webhook/send?key="));
    const dingtalk = w.there.knocks.find((k) => k.url.startsWith("/robot/send?"));
    expect(wecom?.url).toBe("/cgi-bin/webhook/send?key=693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa");
    expect(wecom?.headers["idempotency-key"]).toMatch(/^[0-9a-z]{16}$/);
    const text = jsonOf(wecom).markdown?.content ?? "";
    expect(jsonOf(wecom)).toEqual({ msgtype: "markdown", markdown: { content: text } });
    expect(text).toContain(`(https://yishi.example.cn/issues/${open})`);
    for (const number of [open, named]) expect(text).toContain(`**${number} Water supply, Building 7**`);
    // What was told to those who handle it alone is no more than a number to a group.
    expect(text).toContain(`**${closed}**`);
    expect(text).toContain(`/meetings/${meetingId}`);
    const asked = new URL(dingtalk?.url ?? "", w.there.origin).searchParams;
    expect([...asked.keys()]).toEqual(["access_token", "timestamp", "sign"]);
    expect(asked.get("timestamp")).toBe(String(Date.parse(w.on.clock.now)));
    expect(jsonOf(dingtalk)).toEqual({ msgtype: "markdown", markdown: { title: jsonOf(dingtalk).markdown?.title, text } });
    const all = w.there.knocks.map((k) => JSON.stringify(jsonOf(k))).join();
    for (const secret of ["Wang", "138", "7-301", "7-302", "loud", w.head.personId, "李", "13912345678", "301", "Lift", "Quarrel", "noise", "漏水"])
      expect(all).not.toContain(secret);
  });

  test("[WD4] of a body whose members may not see a matter says its number and no title", async () => {
    const w = await world();
    const grid = await robot(w.on, w.at.secretary, w.at.bodies.grid, "wecom", w.there.origin);
    await done(w.on.perform, tryWordChannel, w.at.secretary, { channelId: grid });
    const closed = await w.raise("Quarrel over noise", { visibility: "handlers" });
    // What the planner would lay down if that body were told of it.
    const [event] = await w.on.store.read.selectFrom("AuditEvent").select(["seq", "subjectId", "at"]).where("type", "=", "issue.raised").execute();
    if (!event) throw new Error("Nothing was raised.");
    const word = { communityId: w.at.communityId, id: "word0000word0000", personId: "", channelId: grid, cause: `e${event.seq}`, seq: event.seq };
    await w.on.store.write((tx) =>
      layWords(tx, [
        {
          ...word,
          ...{ type: "issue.raised", why: "group", kind: "desk", urgency: "news", subjectId: event.subjectId, at: event.at, dueAt: event.at },
          ...{ letterId: null, readAt: null },
        },
      ]),
    );
    await w.office.round();
    const text = jsonOf(w.there.knocks.at(-1)).markdown?.content ?? "";
    expect(text).toContain("This is a trial.");
    expect(text).toContain(`**${closed}**`);
    expect(text).not.toContain("noise");
  });

  test("[WD12] is sent at most twenty messages a minute and 4096 bytes in one, by putting things together, and loses none", async () => {
    const w = await world();
    await robot(w.on, w.chair, w.at.bodies.council, "wecom", w.there.origin);
    const numbers: string[] = [];
    const sent: { ms: number }[] = [];
    for (let n = 0; n < 120; n++) {
      numbers.push(await w.up(`第${n}件：${"楼道灯不亮，".repeat(6)}`));
      const before = w.there.knocks.length;
      await w.office.round();
      for (let k = before; k < w.there.knocks.length; k++) sent.push({ ms: Date.parse(w.on.clock.now) });
      w.on.clock.now = new Date(Date.parse(w.on.clock.now) + 500).toISOString();
    }
    for (let n = 0; n < 30; n++) {
      await w.office.round();
      pass(w.on, 0.1);
    }
    const texts = w.there.knocks.map((k) => jsonOf(k).markdown?.content ?? "");
    for (const text of texts) expect(bytesOf(text)).toBeLessThanOrEqual(4096);
    for (const { ms } of sent) expect(sent.filter((one) => one.ms > ms - 60_000 && one.ms <= ms).length).toBeLessThanOrEqual(20);
    const all = texts.join("\n");
    for (const number of numbers) expect(all.split(`**${number} `).length - 1, number).toBe(1);
    expect(texts.length).toBeLessThan(60);
  });

  test("[WD12] is sent no more than that over a restart, after letters are sent again, and after the clock has jumped back", async () => {
    const w = await world();
    const channelId = await robot(w.on, w.chair, w.at.bodies.council, "wecom", w.there.origin);
    await w.up("Something");
    await w.office.round();
    expect(w.there.knocks).toHaveLength(1);
    const [sent] = await letters(w);
    if (!sent) throw new Error("Nothing was sent.");
    const sentAt = [w.on.clock.now];
    let seen = 1;
    const round = async (office = w.office) => {
      await office.round();
      for (; seen < w.there.knocks.length; seen++) if (!saysElsewhere(w.there.knocks[seen])) sentAt.push(w.on.clock.now);
    };
    let elsewhere = "not raised yet";
    const saysElsewhere = (knock: Knock | undefined) => jsonOf(knock).markdown?.content?.includes(elsewhere) ?? false;
    // More than are looked at in one round that were given up, all sent again at once, each with words of its own.
    const [word] = await w.on.store.read.selectFrom("Word").selectAll().where("letterId", "=", sent.id).execute();
    if (!word) throw new Error("No word.");
    const ids = Array.from({ length: 55 }, (_, n) => `again${String(n).padStart(11, "0")}`);
    await w.on.store.write(async (tx) => {
      for (const id of ids) {
        await saveLetter(tx, { ...sent, id, status: "dead", tries: 5, lastAt: null, sentAt: null });
        await layWords(tx, [{ ...word, id: `w${id.slice(1)}`, cause: `x${id}`, letterId: id }]);
      }
    });
    for (const letterId of ids) await done(w.on.perform, resendLetter, w.at.secretary, { letterId });
    // They do not hold up another body's robot.
    await robot(w.on, w.at.secretary, w.at.bodies.b7, "wecom", w.there.origin);
    pass(w.on, 0.06);
    elsewhere = await w.raise("Elsewhere");
    await round();
    expect(w.there.knocks.filter(saysElsewhere)).toHaveLength(1);
    for (let n = 0; n < 80; n++) {
      // Every tenth round a process that has just begun; the clock goes back an hour in the middle.
      await round(n % 10 === 0 ? postOffice(w.on, { doors: w.there.origin }) : w.office);
      pass(w.on, n === 40 ? -60 : 0.025);
    }
    pass(w.on, 61);
    for (let n = 0; n < 80; n++) {
      await round();
      pass(w.on, 0.06);
    }
    const apart = sentAt.slice(1).map((at, n) => Date.parse(at) - Date.parse(sentAt[n] ?? at));
    // The jump itself looks as if an hour had gone missing; at every other time a robot has its rest.
    expect(apart.filter((ms) => ms < robotPace)).toHaveLength(apart.filter((ms) => ms < 0).length);
    expect(apart.filter((ms) => ms < 0).length).toBeLessThanOrEqual(1);
    expect(new Set(w.there.knocks.map((k) => k.headers["idempotency-key"])).size).toBe(57);
    expect(w.there.knocks).toHaveLength(57);
    expect((await loadChannel(w.on.store.read, w.at.communityId, channelId))?.closedAt).toBeNull();
  });

  test("[WD6] that answers 429, 500 or an error that may pass is asked again; one that refuses for good is given up with its reason", async () => {
    const answers: [name: string, (w: World) => void, status: string, fault: string][] = [
      ["429", (w) => (w.there.answer = (_r, response) => response.writeHead(429, { "Retry-After": "600" }).end()), "failed", "tooMany"],
      ["500", (w) => (w.there.answer = (_r, response) => response.writeHead(500).end("oops")), "failed", "theirs"],
      [
        "45009",
        (w) => (w.there.answer = (_r, response) => response.end(JSON.stringify({ errcode: 45009, errmsg: "api freq out of limit" }))),
        "failed",
        "tooMany",
      ],
      ["no JSON", (w) => (w.there.answer = (_r, response) => response.end("<html>")), "failed", "tooMany"],
      [
        "93000",
        (w) =>
          (w.there.answer = (_r, response) => response.end(JSON.stringify({ errcode: 93000, errmsg: "invalid webhook url, hint: 693a91f6-7xxx-4bc4-97a0" }))),
        "dead",
        "refused",
      ],
      ["elsewhere", (w) => (w.there.answer = (_r, response) => response.writeHead(302, { Location: "http://127.0.0.1:1/" }).end()), "dead", "refused"],
      ["hangs up", (w) => (w.there.answer = (_r, response) => response.destroy()), "failed", "unreachable"],
    ];
    for (const [name, set, status, fault] of answers) {
      const w = await world();
      await robot(w.on, w.chair, w.at.bodies.council, "wecom", w.there.origin);
      const content = w.there.answer;
      set(w);
      const number = await w.up("Something");
      await w.office.round();
      const [letter] = await letters(w);
      expect([name, letter?.status, letter?.fault]).toEqual([name, status, fault]);
      // Nothing that is kept of the answer is a key.
      expect(letter?.detail).not.toContain("693a91f6");
      if (name === "429") expect(Date.parse(letter?.nextAt ?? "") - Date.parse(w.on.clock.now)).toBe(600_000);
      w.there.answer = content;
      const before = w.there.knocks.length;
      pass(w.on, 11);
      await w.office.round();
      const again = w.there.knocks.slice(before);
      expect([name, again.length]).toEqual([name, status === "dead" ? 0 : 1]);
      if (again[0]) expect([again[0].headers["idempotency-key"], jsonOf(again[0]).markdown?.content?.includes(number)]).toEqual([letter?.id, true]);
    }
  });

  test("[WD6] that never answers holds up neither the jobs nor any other channel, and is given a time limit", async () => {
    const w = await world();
    const post = await mailServer();
    const office = postOffice(w.on, { doors: w.there.origin, smtp: post.url, limit: 500 });
    await robot(w.on, w.chair, w.at.bodies.council, "wecom", w.there.origin);
    await mailbox(w.on, w.chair, "chair@example.cn");
    await done(w.on.perform, preferWords, w.chair, { preference: { ...usual, modes: { ...usual.modes, mail: { ...usual.modes.mail, desk: "now" } } } });
    const asked = new Promise<void>((knocked) => {
      w.there.answer = () => knocked();
    });
    await w.up("Something");
    const whole = office.round();
    await asked;
    // The robot has the letter and says nothing; the mail goes out beside it.
    const first = await Promise.race([post.next().then(() => "mail"), whole.then(() => "round")]);
    expect(first).toBe("mail");
    await whole;
    expect(post.mails).toHaveLength(1);
    expect((await letters(w)).find((l) => l.status === "failed")).toMatchObject({ fault: "timeout" });
  });
});

describe("a browser", () => {
  const keys = () => {
    const pair = createECDH("prime256v1");
    return { p256dh: pair.generateKeys().toString("base64url"), auth: randomBytes(16).toString("base64url") };
  };
  const subscribe = async (w: World, actor: Actor) =>
    idOf(
      await done(w.on.perform, openWordChannel, actor, {
        bodyId: null,
        address: { kind: "push", endpoint: `${w.there.origin}/push/abc`, ...keys() },
        testOrigin: w.there.origin,
      }),
      "channel.opened",
    );

  test("[WD11] is sent a sealed message with our key's signature and a topic that folds a second copy", async () => {
    const w = await world();
    w.there.answer = (_r, response) => response.writeHead(201).end();
    await subscribe(w, w.chair);
    await done(w.on.perform, preferWords, w.chair, { preference: { ...usual, modes: { ...usual.modes, push: { ...usual.modes.push, desk: "now" } } } });
    await w.up("The lift stands still");
    await w.office.round();
    const [knock] = w.there.knocks;
    expect(knock).toMatchObject({ method: "POST", url: "/push/abc" });
    expect(knock?.headers).toMatchObject({ "content-encoding": "aes128gcm", ttl: "86400", urgency: "high" });
    expect(knock?.headers.authorization).toMatch(/^vapid t=[\w.-]+, k=[\w-]{87}$/);
    expect(knock?.headers.topic).toBe((await letters(w))[0]?.id);
    expect(knock?.body).not.toContain("lift");
    // The pair is made once.
    await w.up("Another");
    await w.office.round();
    const k = (n: number) => /k=([\w-]+)/.exec(w.there.knocks[n]?.headers.authorization ?? "")?.[1];
    expect(k(1)).toBe(k(0));
  });

  test("[WD6] that is gone (404, 410) is taken off, and its address with it", async () => {
    for (const status of [404, 410]) {
      const w = await world();
      w.there.answer = (_r, response) => response.writeHead(status).end();
      const channelId = await subscribe(w, w.chair);
      await done(w.on.perform, preferWords, w.chair, { preference: { ...usual, modes: { ...usual.modes, push: { ...usual.modes.push, desk: "now" } } } });
      await w.up("The lift stands still");
      await w.office.round();
      expect((await loadChannel(w.on.store.read, w.at.communityId, channelId))?.closedAt).toBe(w.on.clock.now);
      expect((await w.on.store.read.selectFrom("Channel").select("address").where("id", "=", channelId).executeTakeFirst())?.address).toBe("");
      await w.up("Another");
      await w.office.round();
      expect(w.there.knocks).toHaveLength(1);
    }
  });
});

test("[WD10] keys and addresses stand in no event and in no log, and nobody but chair and secretary sets a robot", async () => {
  const w = await world();
  await robot(w.on, w.chair, w.at.bodies.council, "dingtalk", w.there.origin);
  const log =
    JSON.stringify(await w.on.store.read.selectFrom("AuditEvent").select("data").execute()) +
    JSON.stringify(await w.on.store.read.selectFrom("AuditWords").select("text").execute());
  for (const secret of ["access_token", "0123456789abcdef0123", "SECc0ffee"]) expect(log).not.toContain(secret);
  const input = {
    bodyId: w.at.bodies.council,
    address: { kind: "wecom", url: "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa" },
  };
  expect(await w.on.perform(openWordChannel, w.head, input)).toMatchObject({ ok: false, refusal: { code: "forbidden" } });
  expect(
    await w.on.perform(openWordChannel, w.chair, {
      ...input,
      address: { kind: "wecom", url: `${w.there.origin}/cgi-bin/webhook/send?key=693a91f6-7xxx-4bc4` },
    }),
  ).toMatchObject({
    ok: false,
    refusal: { code: "channel.robotHost" },
  });
});
