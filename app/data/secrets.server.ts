// What this server made for itself once and keeps: the key its letters' buttons are sealed with, the pair browsers know it by.
import { createECDH, randomBytes } from "node:crypto";
import type { Db } from "./dialect.server";
import type { Store } from "./store.server";

type Keeping = Pick<Store, "read" | "write">;

/** A secret by its name, made the first time it is asked for; whoever comes second gets the first one's. */
async function serverSecret({ read, write }: Keeping, name: string, now: string, make: () => string): Promise<string> {
  const find = (db: Db) => db.selectFrom("ServerSecret").select("value").where("name", "=", name).executeTakeFirst();
  const known = await find(read);
  if (known) return known.value;
  return write(async (tx) => {
    const value = make();
    await tx
      .insertInto("ServerSecret")
      .values({ name, value, createdAt: now })
      .onConflict((on) => on.column("name").doNothing())
      .execute();
    return (await find(tx))?.value ?? value;
  });
}

/** The key of the buttons in letters: 256 random bits. */
export const linkSecret = (store: Keeping, now: string): Promise<string> => serverSecret(store, "links", now, () => randomBytes(32).toString("base64url"));

export type VapidKeys = { publicKey: string; privateKey: string };
/** The pair of RFC 8292, on P-256: browsers take pushes only from whom they subscribed to. */
export async function vapidKeys(store: Keeping, now: string): Promise<VapidKeys> {
  const made = await serverSecret(store, "vapid", now, () => {
    const pair = createECDH("prime256v1");
    const publicKey = pair.generateKeys().toString("base64url");
    // A private key may begin with zeros; browsers' services want all 32 bytes.
    const privateKey = Buffer.concat([Buffer.alloc(32), pair.getPrivateKey()])
      .subarray(-32)
      .toString("base64url");
    return JSON.stringify({ publicKey, privateKey });
  });
  return JSON.parse(made) as VapidKeys;
}
