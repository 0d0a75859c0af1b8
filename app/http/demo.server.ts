// The demonstration's cast, as the seed wrote it down beside its database.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { loadActor } from "../data/organisation.server";
import type { Actor } from "../domain/permission";
import type { Services } from "./context";

const cast = z.object({
  password: z.string(),
  people: z.array(
    z.object({
      locale: z.enum(["zh-CN", "en"]),
      community: z.string(),
      name: z.string(),
      post: z.string(),
      body: z.string(),
      personId: z.string(),
      communityId: z.string(),
      why: z.string(),
    }),
  ),
});
export type Cast = z.infer<typeof cast>;

/** Throws when the file is missing: a demonstration without its cast was not seeded. */
export async function demoCast(dir: string): Promise<Cast> {
  return cast.parse(JSON.parse(await readFile(join(dir, "sign-ins.json"), "utf8")));
}

/** Somebody of the cast, as they would be after signing in. */
export async function castMember({ env, store, now }: Pick<Services, "env" | "store" | "now">, personId: string): Promise<Actor | null> {
  const person = (await demoCast(env.DATA_DIR)).people.find((p) => p.personId === personId);
  return person ? loadActor(store.read, person.communityId, person.personId, now()) : null;
}
