// The door: who may come in by name and password, and how often somebody may try.
import { loadActor, loadCommunity } from "../data/organisation.server";
import { accountsFor, noteFailure, waitFor } from "../data/sessions.server";
import type { Actor } from "../domain/permission";
import type { Refusal } from "../domain/refusal";
import type { Services } from "./context";
import { checkNobody, passwordFits } from "./passwords.server";

export type Entered =
  | { kind: "in"; actor: Actor; throttleKey: string }
  | { kind: "which"; communities: { id: string; name: string }[] }
  | { kind: "refused"; refusal: Refusal };

const wrong: Entered = { kind: "refused", refusal: { code: "signIn.wrong", params: {} } };

/**
 * Check a login and a password. Failures slow down both the login and the address; an unknown login costs what a wrong
 * password costs, and is answered with the same words.
 */
export async function enter(
  { store, now }: Pick<Services, "store" | "now">,
  asked: { login: string; password: string; community: string; address: string },
): Promise<Entered> {
  const login = asked.login.trim().normalize("NFC").slice(0, 80);
  const keys = [`login:${login}`, `address:${asked.address}`];
  const waits = await Promise.all(keys.map((key) => waitFor(store.read, key, now())));
  const seconds = Math.max(...waits);
  if (seconds > 0) return { kind: "refused", refusal: { code: "tooManyTries", params: { seconds } } };
  const password = asked.password.slice(0, 400);
  const fits = [];
  const accounts = login === "" ? [] : await accountsFor(store.read, login);
  for (const account of accounts) if (await passwordFits(account.passwordHash, password)) fits.push(account);
  if (accounts.length === 0) await checkNobody(password);
  if (fits.length === 0) {
    await store.write(async (tx) => {
      for (const key of keys) await noteFailure(tx, key, now());
    });
    return wrong;
  }
  const chosen = fits.length === 1 ? fits[0] : fits.find((a) => a.communityId === asked.community);
  if (!chosen) {
    const communities = await Promise.all(fits.map((a) => loadCommunity(store.read, a.communityId)));
    return { kind: "which", communities: communities.flatMap((c) => (c ? [{ id: c.id, name: c.name }] : [])) };
  }
  const actor = await loadActor(store.read, chosen.communityId, chosen.id, now());
  return actor ? { kind: "in", actor, throttleKey: keys[0] ?? "" } : wrong;
}
