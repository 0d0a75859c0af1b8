// What an issue owes, as its page says it: an answered order is answered, and the issue itself may be far from settled.
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { OwedList } from "../../app/components/owed";
import { doneLight } from "../../app/domain/clock";
import { WordsProvider } from "../../app/i18n/t";
import type { IssueOwed } from "../../app/views/clocks";

const at = "2026-05-12T04:00:00.000Z";
const owed: IssueOwed = {
  overdue: null,
  upper: "",
  orders: [
    {
      id: "o1",
      from: "联席会议",
      to: "议事厅",
      text: "几时修好",
      answer: "下周",
      answeredAt: at,
      dueOn: "2026-05-14",
      light: doneLight,
      withdrawnFor: "",
      withdrawnAt: null,
      canAnswer: false,
      canWithdraw: false,
    },
  ],
  acknowledgements: [],
};

test("an order that was answered says so, and not that it is settled", () => {
  const html = renderToStaticMarkup(
    <WordsProvider locale="zh-CN" timeZone="Asia/Shanghai" now={at}>
      <OwedList owed={owed} />
    </WordsProvider>,
  );
  expect(html).toContain("已答复");
  expect(html).not.toContain("办结");
});
