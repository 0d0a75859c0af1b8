// The bar of a vote, and the button that ends it.
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { TallyBar } from "../../app/components/record";
import { WordsProvider } from "../../app/i18n/t";

const counts = { owners: { for: 2, against: 0, abstained: 0 } };
const bar = (of?: number) =>
  renderToStaticMarkup(
    <WordsProvider locale="zh-CN" timeZone="Asia/Shanghai" now="2026-05-12T04:00:00.000Z">
      <TallyBar counts={counts} {...(of === undefined ? {} : { of })} />
    </WordsProvider>,
  );

test("[RO11] two of seven leave five parts of the bar empty, and it says so", () => {
  expect(bar(7)).toContain('class="rest" style="flex:5"');
  expect(bar(7)).toContain("没投5");
  for (const whole of [bar(2), bar()]) expect(whole).not.toContain("rest");
});
