// What the issue page costs in CPU, beside renderToString of the same tree from ready props and Remix's own 5 ms.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { createRequestHandler, type ServerBuild } from "@remix-run/node";
import pino from "pino";
import { renderToString } from "react-dom/server";
import { makePerform } from "../app/commands/perform.server";
import { startSession } from "../app/commands/session/start";
import { PageFrame } from "../app/components/frame";
import { IssueView } from "../app/components/issue-page";
import { loadActor, loadCommunity } from "../app/data/organisation.server";
import { secretToken, tokenHash } from "../app/data/sessions.server";
import { openStore } from "../app/data/store.server";
import { readEnv } from "../app/http/env.server";
import { sessionCookie } from "../app/http/session.server";
import { Streams } from "../app/http/streams.server";
import { WordsProvider } from "../app/i18n/t";
import { issueOwed } from "../app/views/clocks";
import { frameOf } from "../app/views/frame";
import { issuePage } from "../app/views/issue-page";
import { castOf, roles } from "../scripts/pages";
import { built } from "../scripts/ready.mjs";
import { root, runScript } from "../tests/support/serve";

built();
const remixOwn = 5;
const dir = mkdtempSync(join(tmpdir(), "yishi-pages-"));
await runScript("prisma/seed/main.ts", ["--dir", dir]);
const store = openStore(dir, join(root, "prisma/migrations"));
const now = () => new Date().toISOString();
const perform = makePerform(store, now);
const env = readEnv({ DATA_DIR: dir, DEMO: "1", NODE_ENV: "production" });
const build = (await import(pathToFileURL(join(root, "build/server/index.js")).href)) as ServerBuild;
const handler = createRequestHandler(build, "production");
const services = {
  env,
  store,
  now,
  perform,
  enhance: { page: "/assets/enhance.js", room: "/assets/room.js", tools: "/assets/tools.js" },
  liveState: () => null,
  followLive: () => () => {},
  streams: new Streams(),
  livePast: { stretches: () => [], at: () => [] },
  changeLive: null,
  logger: pino({ level: "error" }),
};

const person = castOf(dir).people.find((p) => p.name === roles["zh-CN"].head);
const actor = person && (await loadActor(store.read, person.communityId, person.personId, now()));
const community = person && (await loadCommunity(store.read, person.communityId));
if (!actor || !community) throw new Error("The story has no building head.");
const token = secretToken();
await perform(startSession, actor, { tokenHash: tokenHash(token), device: "bench" });
const cookie = (await sessionCookie.serialize(token)).split(";")[0] ?? "";
const number =
  (await store.read.selectFrom("Issue").select("number").where("communityId", "=", community.id).where("number", "like", "%-0147").executeTakeFirst())
    ?.number ?? "";
const viewer = { actor, community, now: now() };
const issue = await issuePage(store.read, viewer, { number });
if (!issue) throw new Error("The water retrofit is not there.");
const owed = await issueOwed(store.read, viewer, issue.id);
const frame = await frameOf(store.read, viewer, { locale: "zh-CN", view: "normal", theme: "system" }, true);
const tree = (
  <WordsProvider locale="zh-CN" timeZone={community.timeZone} now={viewer.now}>
    <PageFrame frame={frame} path={`/issues/${number}`}>
      <IssueView papers={[]} owed={owed} issue={issue} requestId="0123456789abcdef" />
    </PageFrame>
  </WordsProvider>
);

async function page(): Promise<void> {
  const request = new Request(`http://localhost/issues/${number}`, { headers: { Cookie: cookie, "Accept-Encoding": "gzip" } });
  const response = await handler(request, { services, nonce: "n", address: "" });
  if (response.status !== 200) throw new Error(`The page answered ${response.status}.`);
  await response.arrayBuffer();
}
const plain = async (): Promise<void> => {
  renderToString(tree);
};

/** CPU milliseconds of one run, over `n`. */
async function cost(run: () => Promise<void>, n: number): Promise<number> {
  const before = process.cpuUsage();
  for (let k = 0; k < n; k++) await run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / n;
}

await cost(page, 100);
await cost(plain, 300);
const ratios: number[] = [];
for (let round = 1; round <= 7; round++) {
  const [ours, bare] = [await cost(page, 60), await cost(plain, 200)];
  const ratio = ours / (bare + remixOwn);
  ratios.push(ratio);
  console.log(
    `round ${round}: page ${ours.toFixed(2)} ms, renderToString ${bare.toFixed(2)} ms, ratio to renderToString + ${remixOwn} ms: ${ratio.toFixed(2)}`,
  );
}
await store.close();
rmSync(dir, { recursive: true, force: true });
const median = [...ratios].sort((a, b) => a - b)[3] ?? 9;
console.log(`median ratio ${median.toFixed(2)} (at most 2.00)`);
process.exit(median <= 2 ? 0 : 1);
