// Word to everyone: from an event in the log to what a real mail server, robots and browsers' services were given.
import { describe, expect, test } from "vitest";
import { openWordChannel } from "../../app/commands/channel/open";
import { escalateIssue } from "../../app/commands/issue/escalate";
import { raiseIssue } from "../../app/commands/issue/raise";
import { settleIssue } from "../../app/commands/issue/settle";
import type { Actor } from "../../app/domain/permission";
import { done, type House, house } from "../support/house";
import { type MailServer, mailbox, mailServer, type PostOffice, postOffice } from "../support/post";
import { type Bench, bench } from "../support/store";

type World = {
  on: Bench;
  at: House;
  post: MailServer;
  office: PostOffice;
  head: Actor;
  chair: Actor;
  resident: Actor;
  raise(by: Actor, what: string, over?: object): Promise<{ id: string; number: string }>;
};

async function world(): Promise<World> {
  const on = bench();
  const at = await house(on);
  const head = await at.person("Head of 7", [[at.bodies.b7, "head", "owners"]]);
  const chair = await at.person("Chair", [[at.bodies.council, "chair", "branch"]]);
  const resident = await at.person("Resident", [[at.bodies.b7, "resident", "owners"]]);
  const post = await mailServer();
  const office = postOffice(on, { smtp: post.url });
  await office.round();
  return {
    on,
    at,
    post,
    office,
    head,
    chair,
    resident,
    async raise(by, what, over = {}) {
      const [event] = await done(on.perform, raiseIssue, by, {
        bodyId: at.bodies.b7,
        what,
        place: "",
        category: "water",
        track: "hard",
        visibility: "community",
        ...over,
      });
      if (event?.type !== "issue.raised") throw new Error("Not raised.");
      return event;
    },
  };
}
const wordsOf = ({ on }: World, personId: string) =>
  on.store.read.selectFrom("Word").selectAll().where("personId", "=", personId).where("type", "like", "issue.%").orderBy("at").orderBy("id").execute();

describe("who is told", () => {
  test("[WD1] of an event, everybody it concerns and nobody else, with the reason; nobody of what they did themselves", async () => {
    const w = await world();
    const { number } = await w.raise(w.resident, "The lift stands still");
    await done(w.on.perform, escalateIssue, w.head, { number, to: w.at.bodies.council, text: "tried" });
    await w.office.round();
    const told = async (actor: Actor) => (await wordsOf(w, actor.personId)).map((word) => `${word.type} ${word.why} ${word.urgency}`);
    expect(await told(w.head)).toEqual(["issue.raised desk owed"]);
    expect(await told(w.resident)).toEqual(["issue.escalated raiser news"]);
    expect(await told(w.chair)).toEqual(["issue.escalated desk owed"]);
    expect(await told(w.at.secretary)).toEqual([]);
  });
});

describe("by mail", () => {
  test("[WD2] a mailbox gets one question first, and everything else only after somebody there said yes", async () => {
    const w = await world();
    await done(w.on.perform, openWordChannel, w.resident, { bodyId: null, address: { kind: "mail", to: "resident@example.cn" } });
    await w.raise(w.head, "Something");
    await w.office.round();
    expect(w.post.mails.map((m) => m.to)).toEqual(["resident@example.cn"]);
    expect(w.post.mails[0]?.text).toContain("This mailbox is mine: https://yishi.example.cn/letter/");
  });

  test("[WD3] an event reaches a real mail server once, however often the jobs run", async () => {
    const w = await world();
    await mailbox(w.on, w.head, "head@example.cn");
    const { number } = await w.raise(w.head, "The lift stands still");
    await done(w.on.perform, escalateIssue, w.head, { number, to: w.at.bodies.council, text: "tried" });
    await done(w.on.perform, settleIssue, w.chair, { number, text: "The lift runs again since noon." });
    for (let n = 0; n < 3; n++) await w.office.round();
    expect(w.post.mails).toHaveLength(1);
    const [mail] = w.post.mails;
    expect(mail?.subject).toContain(number);
    expect(mail?.text).toContain("The lift runs again since noon.");
    expect(mail?.html).toContain("Solved, and I am content");
    expect(mail?.messageId).toMatch(/^<letter-[0-9a-z]{16}@yishi\.example\.cn>$/);
  });
});
