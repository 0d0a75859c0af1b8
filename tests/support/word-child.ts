// A process to be killed between two steps of a delivery, on a folder that outlives it.
//   tsx word-child.ts DIR SMTP_URL DOORS NOW [STEP]
import { join } from "node:path";
import pino from "pino";
import { makePerform } from "../../app/commands/perform.server";
import { openStore } from "../../app/data/store.server";
import { readEnv } from "../../app/http/env.server";
import { makeClockwork } from "../../app/work/clockwork.server";
import { makeDelivery } from "../../app/work/word/deliver.server";
import { planWords } from "../../app/work/word/plan.server";
import { remindPeople } from "../../app/work/word/remind.server";

const [dir = "", smtp = "", doors = "", now = "", dies] = process.argv.slice(2);
const step = (name: string) => {
  if (name === dies) process.kill(process.pid, "SIGKILL");
};
const store = openStore(dir, join(import.meta.dirname, "../../prisma/migrations"));
const env = readEnv({
  ORIGIN: "https://yishi.example.cn",
  DATA_DIR: dir,
  NODE_ENV: "test",
  SMTP_URL: smtp,
  MAIL_FROM: "yishi@example.cn",
  WORD_TEST_ORIGIN: doors,
});
const means = { env, store, perform: makePerform(store, () => now), now: () => now, logger: pino({ level: "error" }) };
const delivery = makeDelivery(step);
const clockwork = makeClockwork(means, [planWords(step), remindPeople(step), delivery]);
for (let round = 0; round < 3; round++) {
  await clockwork.tick();
  await delivery.idle();
}
await clockwork.stop();
await store.close();
