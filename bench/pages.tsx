// What the issue page costs in CPU, beside renderToString of the same tree from ready props and Remix's own 5 ms.
import { renderToString } from "react-dom/server";
import { PageFrame } from "../app/components/frame";
import { IssueView } from "../app/components/issue-page";
import { WordsProvider } from "../app/i18n/t";
import { issueOwed } from "../app/views/clocks";
import { frameOf } from "../app/views/frame";
import { issuePage } from "../app/views/issue-page";
import { roles } from "../scripts/pages";
import { built } from "../scripts/ready.mjs";
import { cost, median, storySeenBy } from "./as-asked";

built();
const remixOwn = 5;
const { store, viewer, ask, end } = await storySeenBy(roles["zh-CN"].head);
const { number } = await store.read
  .selectFrom("Issue")
  .select("number")
  .where("communityId", "=", viewer.community.id)
  .where("number", "like", "%-0147")
  .executeTakeFirstOrThrow();
const issue = await issuePage(store.read, viewer, { number });
if (!issue) throw new Error("The water retrofit is not there.");
const owed = await issueOwed(store.read, viewer, issue.id);
const frame = await frameOf(store.read, viewer, { locale: "zh-CN", view: "normal", theme: "system" }, true);
const tree = (
  <WordsProvider locale="zh-CN" timeZone={viewer.community.timeZone} now={viewer.now}>
    <PageFrame frame={frame} path={`/issues/${number}`} search="">
      <IssueView papers={[]} owed={owed} issue={issue} requestId="0123456789abcdef" />
    </PageFrame>
  </WordsProvider>
);

const page = () => ask(`/issues/${number}`);
const plain = async () => {
  renderToString(tree);
};

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
await end();
console.log(`median ratio ${median(ratios).toFixed(2)} (at most 2.00)`);
process.exit(median(ratios) <= 2 ? 0 : 1);
