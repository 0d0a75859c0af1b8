// Writes the demonstration's signed council meeting as people take it away: minutes and summary, in every format.
//   npm run samples -- DIR [--lang zh-CN|en]
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { parseArgs } from "node:util";
import { papersOf } from "../app/data/papers.server";
import { openStore } from "../app/data/store.server";
import { copyOfPaper, type Format } from "../app/http/papers.server";
import { fileName } from "../app/papers/paper";

const { positionals, values } = parseArgs({ allowPositionals: true, options: { lang: { type: "string", default: "zh-CN" } } });
const [folder] = positionals;
const locale = values.lang === "en" ? "en" : "zh-CN";
if (!folder) {
  console.error("Name the folder for the samples: npm run samples -- DIR");
  process.exit(2);
}
const out = resolve(folder);
mkdirSync(out, { recursive: true });
const root = resolve(import.meta.dirname, "..");
const dir = mkdtempSync(join(tmpdir(), "yishi-samples-"));
try {
  console.log("Telling the demonstration's story …");
  const told = spawnSync(join(root, "node_modules/.bin/tsx"), [join(root, "prisma/seed/main.ts"), "--dir", dir], { stdio: ["ignore", "ignore", "inherit"] });
  if (told.status !== 0) throw new Error("The story could not be told; the cause is above.");
  const store = openStore(dir, join(root, "prisma/migrations"));
  const found = await store.read
    .selectFrom("Paper")
    .innerJoin("Community", "Community.id", "Paper.communityId")
    .select(["Paper.communityId", "Paper.meetingId", "Paper.signers"])
    .where("Paper.kind", "=", "summary")
    .where("Paper.status", "=", "adopted")
    .where("Community.locale", "=", locale)
    .executeTakeFirstOrThrow();
  const community = await store.read.selectFrom("Community").selectAll().where("id", "=", found.communityId).executeTakeFirstOrThrow();
  const signer = (JSON.parse(found.signers) as string[])[0] ?? "";
  const office = await store.read.selectFrom("Membership").selectAll().where("personId", "=", signer).executeTakeFirstOrThrow();
  const posts = [{ membershipId: office.id, bodyId: office.bodyId, role: "chair", party: "branch" }] as const;
  const viewer = {
    actor: { communityId: found.communityId, personId: signer, name: "", posts: [...posts] },
    community: { ...community, locale },
    now: new Date().toISOString(),
  } as const;
  for (const paper of await papersOf(store.read, found.communityId, found.meetingId))
    for (const format of ["docx", "html", "md", "json"] as const satisfies readonly Format[]) {
      const copy = await copyOfPaper({ store }, viewer, { paperId: paper.id, format, masked: false, locale });
      if (!copy) throw new Error(`There is no copy of ${paper.id}.`);
      const path = join(out, fileName(`${paper.kind}-${copy.title}`, format));
      writeFileSync(path, typeof copy.body === "string" || copy.body instanceof Uint8Array ? copy.body : await text(copy.body));
      console.log(path);
    }
  await store.close();
} finally {
  rmSync(dir, { recursive: true, force: true });
}
