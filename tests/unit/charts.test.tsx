// Tables of figures: on a telephone every figure stands beside what it is.
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { Table } from "../../app/components/charts";
import { WordsProvider } from "../../app/i18n/t";

const drawn = (head: readonly string[]) =>
  renderToStaticMarkup(
    <WordsProvider locale="en" timeZone="Asia/Shanghai" now="2026-05-12T04:00:00.000Z">
      <Table label="Bodies" head={head} rows={[head.map((_, n) => n)]} />
    </WordsProvider>,
  );

test("[RT16] a table wider than a telephone folds into rows, each figure with its column's name", () => {
  const wide = drawn(["Body", "Raised", "Closed", "In time"]);
  expect(wide).toContain("table-fold");
  for (const [n, name] of ["Raised", "Closed", "In time"].entries()) expect(wide).toContain(`data-label="${name}">${n + 1}<`);
  expect(drawn(["Why", "How many"])).not.toContain("table-fold");
});
