// Who is asking: the session cookie, looked up once a request.
import { type AppLoadContext, createCookie, redirect } from "@remix-run/node";
import { startSession } from "../commands/session/start";
import { loadActor, loadCommunity } from "../data/organisation.server";
import { findSession, secretToken, sessionName, tokenHash, touchSession } from "../data/sessions.server";
import type { Actor } from "../domain/permission";
import type { Services, SignedIn } from "./context";

export const sessionCookie = createCookie("yishi", { httpOnly: true, sameSite: "lax", path: "/", maxAge: 60 * 60 * 24 * 180 });

type Asked = { request: Request; context: AppLoadContext };

/** The person behind a request, or null. A session idle for too long, or revoked, is nobody. */
export function whoAsks({ request, context }: Asked): Promise<SignedIn | null> {
  context.session ??= lookUp(request.headers.get("Cookie"), context);
  return context.session;
}

/** The person behind a bare cookie header: for sockets, which have no page. "unseen": not a sign that they are there. */
export async function whoHolds(
  cookie: string | null | undefined,
  { services }: { services: Pick<Services, "env" | "store" | "now"> },
  as: "seen" | "unseen" = "seen",
): Promise<SignedIn | null> {
  const token: unknown = await sessionCookie.parse(cookie ?? null);
  if (typeof token !== "string" || token.length !== 43) return null;
  const { store, env } = services;
  const now = services.now();
  const hash = tokenHash(token);
  const session = await findSession(store.read, hash, now, env.SESSION_IDLE_MINUTES);
  if (!session) return null;
  const actor = await loadActor(store.read, session.communityId, session.personId, now);
  const community = await loadCommunity(store.read, session.communityId);
  if (!actor || !community) return null;
  // A minute's grain is enough for "last seen" and spares the disk.
  if (as === "seen" && Date.parse(now) - Date.parse(session.seenAt) > 60_000) await store.write((tx) => touchSession(tx, hash, now));
  return { actor, community, sessionHash: hash, now };
}

const lookUp = (cookie: string | null, context: AppLoadContext) => whoHolds(cookie, context);

/** The person behind a request; a stranger is sent to sign in and brought back afterwards. */
export async function signedIn(asked: Asked): Promise<SignedIn> {
  const who = await whoAsks(asked);
  if (who) return who;
  const url = new URL(asked.request.url);
  const to = asked.request.method === "GET" ? `${url.pathname}${url.search}` : "/";
  throw redirect(to === "/" ? "/sign-in" : `/sign-in?to=${encodeURIComponent(to)}`);
}

/** Only paths of our own: what stands after the host, never another host. */
export const safePath = (to: string | null | undefined): string => (to && /^\/(?![/\\])[\w\-./?=&%~+,:@*]*$/.test(to) ? to : "/");

/** Open a session for somebody the door has checked. @returns the Set-Cookie header. */
export async function beginSession(asked: Asked, actor: Actor, throttleKey: string | null = null): Promise<string> {
  const { services } = asked.context;
  const token = secretToken();
  const device = deviceOf(asked.request.headers.get("User-Agent") ?? "");
  const done = await services.perform(startSession, actor, { tokenHash: tokenHash(token), device, throttleKey });
  if (!done.ok) throw new Error(`A session was refused: ${done.refusal.code}`);
  const secure = services.env.ORIGIN?.startsWith("https:") ?? false;
  return sessionCookie.serialize(token, { secure });
}

/** The name of this request's own session, as lists and the log know it. */
export const sessionNameOf = (who: SignedIn): string => sessionName(who.sessionHash);

export const endCookie = (): Promise<string> => sessionCookie.serialize("", { maxAge: 0 });

/** What a person may recognise a device by. Nothing finer is kept. */
export function deviceOf(agent: string): string {
  const browser = /MicroMessenger/.test(agent)
    ? "WeChat"
    : /Edg\//.test(agent)
      ? "Edge"
      : /Firefox\//.test(agent)
        ? "Firefox"
        : /Chrome\//.test(agent)
          ? "Chrome"
          : /Safari\//.test(agent)
            ? "Safari"
            : "?";
  const system = /Android/.test(agent)
    ? "Android"
    : /iPhone|iPad/.test(agent)
      ? "iOS"
      : /Windows/.test(agent)
        ? "Windows"
        : /Mac OS/.test(agent)
          ? "macOS"
          : /Linux/.test(agent)
            ? "Linux"
            : "?";
  return `${browser}, ${system}`;
}
