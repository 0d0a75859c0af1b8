// People who are told, where they are told, and the buttons they press.
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { escalateIssue } from "../../app/commands/issue/escalate";
import { raiseIssue } from "../../app/commands/issue/raise";
import { callMeeting } from "../../app/commands/meeting/call";
import { loadCommunity } from "../../app/data/organisation.server";
import type { Actor } from "../../app/domain/permission";
import type { Visibility } from "../../app/domain/vocabulary";
import type { Letter } from "../../app/http/letter.server";
import { action, loader } from "../../app/routes/letter.$token";
import type { Viewer } from "../../app/views/viewer";
import { done, type House, house, idOf } from "./house";
import { type Mailed, type MailServer, mailbox, mailServer, type PostOffice, postOffice } from "./post";
import { type Bench, bench } from "./store";

export type World = {
  on: Bench;
  at: House;
  post: MailServer;
  office: PostOffice;
  head: Actor;
  chair: Actor;
  resident: Actor;
  raise(by: Actor, what: string, over?: object): Promise<{ id: string; number: string }>;
};

/** A small community, a real mail server, and the jobs that tell. `doors`: where robots and browsers' services are. */
export async function world({ doors }: { doors?: string } = {}): Promise<World> {
  const on = bench();
  const at = await house(on);
  const head = await at.person("Head of 7", [[at.bodies.b7, "head", "owners"]]);
  const chair = await at.person("Chair", [[at.bodies.council, "chair", "branch"]]);
  const resident = await at.person("Resident", [[at.bodies.b7, "resident", "owners"]]);
  const post = await mailServer();
  const office = postOffice(on, { smtp: post.url, ...(doors ? { doors } : {}) });
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

const soon = { startsAt: "2026-03-26T11:00:00.000Z", endsAt: "2026-03-26T12:00:00.000Z", place: "Hall" };
/** The council is called to an issue of building 7's head, by its chair if nobody else is named, and the jobs have told of it. */
export async function councilCalled(
  w: World,
  { by = w.chair, what = "Roof", visibility = "community" }: { by?: Actor; what?: string; visibility?: Visibility } = {},
): Promise<{ meetingId: string; number: string }> {
  const { number, id } = await w.raise(w.head, what, { visibility });
  await done(w.on.perform, escalateIssue, w.head, { number, to: w.at.bodies.council, text: "tried" });
  const called = await done(w.on.perform, callMeeting, by, { bodyId: w.at.bodies.council, ...soon, issues: [id] });
  await w.office.round();
  return { meetingId: idOf(called, "meeting.called"), number };
}
/** The same, with a member of the council who reads mail. */
export async function memberInvited(w: World): Promise<{ member: Actor; meetingId: string }> {
  const member = await w.at.person("Member", [[w.at.bodies.council, "member", "owners"]]);
  await mailbox(w.on, member, "member@example.cn");
  return { member, meetingId: (await councilCalled(w)).meetingId };
}

/** What a person was told of issues, in the product. */
export const wordsOf = ({ on }: World, personId: string) =>
  on.store.read
    .selectFrom("Word")
    .selectAll()
    .where("personId", "=", personId)
    .where("channelId", "=", "product")
    .where("type", "like", "issue.%")
    .orderBy("at")
    .orderBy("id")
    .execute();

/** Every word a person has in the product, as "type why". */
export async function told({ on }: World, { personId }: Actor): Promise<string[]> {
  const rows = await on.store.read
    .selectFrom("Word")
    .select(["type", "why"])
    .where("personId", "=", personId)
    .where("channelId", "=", "product")
    .orderBy("at")
    .orderBy("seq")
    .execute();
  return rows.map((row) => `${row.type} ${row.why}`);
}

export const letters = ({ on }: World) => on.store.read.selectFrom("Letter").selectAll().orderBy("createdAt").orderBy("id").execute();

/** Somebody who looks, with the offices they hold now. */
export async function viewerOf({ on, at }: World, actor: Actor): Promise<Viewer> {
  const community = await loadCommunity(on.store.read, at.communityId);
  if (!community) throw new Error("No community.");
  return { actor: await at.again(actor), community, now: on.clock.now };
}

/** What a button leads to, pressed as a browser would: looking first, then pressing. */
export const button = (w: World, token: string, actor: Actor | null = null) => {
  const context = {
    services: { env: w.office.means.env, store: w.on.store, perform: w.on.perform, now: () => w.on.clock.now },
    session: Promise.resolve(actor ? { actor } : null),
  };
  const args = (request: Request) => ({ request, params: { token }, context }) as unknown as LoaderFunctionArgs & ActionFunctionArgs;
  const url = `https://yishi.example.cn/letter/${token}`;
  return {
    look: async () => (await loader(args(new Request(url)))) as unknown as { data: { letter: Letter }; init: { status: number } },
    press: async (body = "content=content") =>
      (await action(args(new Request(url, { method: "POST", headers: { "Content-Type": "application/x-www-form-urlencoded" }, body })))) as unknown as {
        data: { done?: boolean; refusal: { code: string } | null };
        init: { status?: number } | null;
      },
  };
};
/** Where the button of a mail with that label leads. */
export const tokens = (mail: Mailed | undefined, label: string): string =>
  new RegExp(`${label}: https://yishi\\.example\\.cn/letter/(\\S+)`).exec(mail?.text ?? "")?.[1] ?? "";
