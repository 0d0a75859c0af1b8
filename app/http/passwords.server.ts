// Passwords: argon2id, hashed and checked outside the writer's turn.
import { hash, verify } from "@node-rs/argon2";
import { forgetFailures, noteFailure, passwordHashOf, waitFor } from "../data/sessions.server";
import type { Refusal } from "../domain/refusal";
import type { Services, SignedIn } from "./context";

/** OWASP's second choice for argon2id: 19 MiB, 2 passes, 1 lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const hashPassword = (password: string): Promise<string> => hash(password.normalize("NFKC"), cost);

export const passwordFits = (hashed: string, password: string): Promise<boolean> => verify(hashed, password.normalize("NFKC"));

const decoy = hashPassword("nobody has this password");
/** Costs what a real check costs, so that an unknown login takes as long as a wrong password. */
export const checkNobody = async (password: string): Promise<false> => {
  await passwordFits(await decoy, password);
  return false;
};

/**
 * Why this is not taken as the password of whoever is signed in, or null when it is theirs. Wrong ones slow the next down:
 * an unlocked phone is no place to guess from.
 */
export async function passwordProblem(
  { store, now }: Pick<Services, "store" | "now">,
  { actor }: SignedIn,
  password: string,
  field: string,
): Promise<Refusal | null> {
  const key = `password:${actor.communityId}:${actor.personId}`;
  const seconds = await waitFor(store.read, key, now());
  if (seconds > 0) return { code: "tooManyTries", params: { seconds }, field };
  const hashed = await passwordHashOf(store.read, actor.communityId, actor.personId);
  if (hashed !== null && (await passwordFits(hashed, password.slice(0, 400)))) {
    await store.write((tx) => forgetFailures(tx, key));
    return null;
  }
  await store.write((tx) => noteFailure(tx, key, now()));
  return { code: "password.wrong", params: {}, field };
}

/** At least 8 characters, not all the same kind of figure, not the login itself; no other ceremony. */
export function passwordRefusal(password: string, login: string): Refusal | null {
  const length = [...password].length;
  if (length < 8) return { code: "password.tooShort", params: { min: 8 }, field: "password" };
  if (length > 200) return { code: "password.tooLong", params: { max: 200 }, field: "password" };
  if (/^(\d+|(.)\2+)$/u.test(password) || password === login) return { code: "password.tooPlain", params: {}, field: "password" };
  return null;
}
