// The figures in the bar are as new as the log, though they are not counted at every page.
import { expect, test } from "vitest";
import { acceptTheIssue } from "../../app/commands/issue/accept";
import { raiseIssue } from "../../app/commands/issue/raise";
import { loadCommunity } from "../../app/data/organisation.server";
import type { Actor } from "../../app/domain/permission";
import { frameOf } from "../../app/views/frame";
import { done, house } from "../support/house";
import { bench } from "../support/store";

test("what waits is counted anew with every event and every minute, for each person by themselves", async () => {
  const on = bench();
  const at = await house(on);
  const { b7, council } = at.bodies;
  const head = await at.person("head", [[b7, "head", "owners"]]);
  const resident = await at.person("resident", [[b7, "resident", "owners"]]);
  const community = await loadCommunity(on.store.read, at.communityId);
  if (!community) throw new Error("No community.");
  const figure = async (actor: Actor, key = "home") => {
    const { nav } = await frameOf(on.store.read, { actor, community, now: on.clock.now }, { locale: "en", view: "normal", theme: "system" }, false);
    return nav.find((entry) => entry.key === key)?.count ?? 0;
  };
  const { nav } = await frameOf(on.store.read, { actor: head, community, now: on.clock.now }, { locale: "en", view: "normal", theme: "system" }, false);
  expect(nav.map((entry) => entry.href)).toContain("/wall");
  const theirs = await frameOf(on.store.read, { actor: resident, community, now: on.clock.now }, { locale: "en", view: "normal", theme: "system" }, false);
  expect(theirs.nav.map((entry) => entry.href)).not.toContain("/wall");
  expect([await figure(head), await figure(resident)]).toEqual([0, 0]);
  const raise = { bodyId: b7, place: "", category: "water", track: "minor", visibility: "community" };
  const [raised] = await done(on.perform, raiseIssue, resident, { ...raise, what: "No water" });
  expect([await figure(head), await figure(resident)]).toEqual([1, 0]);
  if (raised?.type !== "issue.raised") throw new Error("not raised");
  const councillor = await at.person("chair", [[council, "chair", "branch"]]);
  await done(on.perform, raiseIssue, councillor, { ...raise, bodyId: council, what: "Gate", track: "hard" });
  const [own] = await done(on.perform, raiseIssue, councillor, { ...raise, bodyId: council, what: "Fence", track: "hard" });
  if (own?.type !== "issue.raised") throw new Error("not raised");
  expect(await figure(councillor)).toBe(2);
  await done(on.perform, acceptTheIssue, councillor, { number: own.number });
  // An accepted one waits on the docket until it is pressing: no event says when.
  expect(await figure(councillor)).toBe(1);
  on.clock.now = new Date(Date.parse(own.settleBy) - 60_000).toISOString();
  expect(await figure(councillor)).toBe(2);
});
