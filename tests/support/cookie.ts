// Somebody who is signed in, as a browser would show it.
import type { Perform } from "../../app/commands/perform.server";
import { startSession } from "../../app/commands/session/start";
import { secretToken, tokenHash } from "../../app/data/sessions.server";
import type { Actor } from "../../app/domain/permission";
import { sessionCookie } from "../../app/http/session.server";
import { done } from "./house";

/** Sign somebody in, and give the cookie their browser would send. */
export const signingIn =
  (perform: Perform) =>
  async (actor: Actor): Promise<string> => {
    const token = secretToken();
    await done(perform, startSession, actor, { tokenHash: tokenHash(token), device: "test", throttleKey: null });
    return String(await sessionCookie.serialize(token)).split(";")[0] ?? "";
  };
