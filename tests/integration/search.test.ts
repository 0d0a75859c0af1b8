import { expect, test } from "vitest";
import { raiseIssue } from "../../app/commands/issue/raise";
import { settleIssue } from "../../app/commands/issue/settle";
import { findIssues, similarIssues, terms } from "../../app/data/search.server";
import { done, house } from "../support/house";
import { bench } from "../support/store";

async function setting() {
  const on = bench();
  const at = await house(on);
  const head = await at.person("Head 7", [[at.bodies.b7, "head", "owners"]]);
  const raise = async (what: string) => {
    const [event] = await done(on.perform, raiseIssue, head, {
      bodyId: at.bodies.b7,
      what,
      place: "",
      category: "other",
      track: "minor",
      visibility: "community",
    });
    if (event?.type !== "issue.raised") throw new Error("not raised");
    return event;
  };
  return { ...on, at, head, raise };
}

test("[SR1] two-character words are found, in any place of the text", async () => {
  const { store, at, raise } = await setting();
  const parking = await raise("晚上回来没地方停车");
  const water = await raise("六楼早上没水，水压特别小");
  await raise("楼道灯坏了");
  const find = (query: string) => findIssues(store.read, at.communityId, query, 10);
  expect(await find("停车")).toEqual([parking.id]);
  expect(await find("水压")).toEqual([water.id]);
  expect(await find("车 停车")).toEqual([]);
  expect(await find("电梯")).toEqual([]);
  expect(terms("停车位 ABC-12")).toEqual(["停车", "车位", "abc", "12"]);
});
test("[SR1] a search made of quotes, operators and nothing breaks nothing", async () => {
  const { store, at, raise } = await setting();
  await raise('He said "no" AND left');
  for (const query of ['"', "* OR *", "NEAR(", "a:b", "'; DROP TABLE Issue; --", "", "   ", "）（"])
    await expect(findIssues(store.read, at.communityId, query, 10)).resolves.toBeInstanceOf(Array);
});
test("[SR2] another community's issues are never found, and only running ones are similar", async () => {
  const on = await setting();
  const other = await house(on, "Meiting");
  const water = await on.raise("六楼早上没水");
  expect(await findIssues(on.store.read, other.communityId, "没水", 10)).toEqual([]);
  expect((await similarIssues(on.store.read, on.at.communityId, "五楼也是早上没水", 5)).map((m) => m.id)).toEqual([water.id]);
  await done(on.perform, settleIssue, on.head, { number: water.number, text: "通了" });
  expect(await similarIssues(on.store.read, on.at.communityId, "五楼也是早上没水", 5)).toEqual([]);
});
