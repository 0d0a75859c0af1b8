// Begin a community, on the machine: npm run found -- --name 宝源社区 --secretary 社区秘书 [--locale en] [--zone Asia/Shanghai] [--first 1]
import { join } from "node:path";
import { parseArgs } from "node:util";
import { foundCommunity } from "../app/commands/community/found.server";
import { randomId } from "../app/commands/perform.server";
import { openStore } from "../app/data/store.server";
import { standardClocks } from "../app/domain/clock";
import { announcedIn } from "../app/domain/holidays";
import { levelKinds, tracks } from "../app/domain/vocabulary";
import { readEnv } from "../app/http/env.server";

const { values } = parseArgs({
  options: {
    name: { type: "string" },
    secretary: { type: "string" },
    locale: { type: "string", default: "zh-CN" },
    zone: { type: "string", default: "Asia/Shanghai" },
    first: { type: "string", default: "1" },
  },
});
const { name, secretary, locale, zone } = values;
if (!name || !secretary) {
  console.error("Say what the community is called and who its secretary is: npm run found -- --name 宝源社区 --secretary 社区秘书");
  process.exit(1);
}
const env = readEnv(process.env);
const store = openStore(env.DATA_DIR, join(import.meta.dirname, "../prisma/migrations"));
const { token } = await foundCommunity(
  store,
  {
    name,
    secretary,
    locale: locale === "en" ? "en" : "zh-CN",
    timeZone: zone ?? "Asia/Shanghai",
    dayEndsAt: "18:00",
    clocks: levelKinds.flatMap((kind) => tracks.map((track) => standardClocks(kind, track))),
    days: announcedIn(zone ?? "Asia/Shanghai"),
    firstNumber: Math.max(1, Number(values.first) || 1),
  },
  new Date().toISOString(),
  randomId,
);
await store.close();
console.log(`${name} is founded. ${secretary} comes in once, within seven days, by\n${env.ORIGIN ?? `http://localhost:${env.PORT}`}/join/${token}`);
