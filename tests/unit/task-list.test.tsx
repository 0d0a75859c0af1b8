// The page of tasks: what its heading counts, what its filter keeps, and how its headings are nested.
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { TaskLine } from "../../app/components/record";
import { TaskActs } from "../../app/components/task-acts";
import { TaskCalendar, TaskFilter, TaskRows, TaskTitle, taskHref } from "../../app/components/task-list";
import { ProofLinks, ProofPapers } from "../../app/components/task-parts";
import { WordsProvider } from "../../app/i18n/t";
import type { TaskList, TaskRow } from "../../app/views/task-list";
import type { TaskAct, TaskPage } from "../../app/views/task-page";

const acts: readonly TaskAct[] = [
  ...(["accept", "progress", "handIn", "verify", "return", "addStep", "dropStep", "tickStep", "setSupport", "givePhotos", "giveDocument"] as const),
  ...(["sendBack", "rule", "reassign", "handOver", "askExtension", "decideExtension", "confirm", "reopen", "stopRepeat"] as const),
];
const noActs = Object.fromEntries(acts.map((act) => [act, false])) as Record<TaskAct, boolean>;
const row: TaskRow = {
  id: "t1",
  title: "Survey",
  assignee: { name: "Water", party: "department" },
  supporting: [],
  dueOn: "2026-04-10",
  proof: "Report",
  status: "assigned",
  light: { state: "late", left: { unit: "days", n: 3 }, due: null },
  progress: "",
  percent: 0,
  steps: null,
  photos: 0,
  returnedFor: "",
  handedInAt: null,
  waitsFor: null,
  issue: { number: "2026-0001", title: "No water" },
  version: 1,
  can: { accept: false, handIn: false, verify: false, return: false },
};
const month: NonNullable<TaskList["month"]> = { month: "2026-05", today: "2026-05-12", before: "2026-04", after: "2026-06", weeks: [], earlier: [row] };
const nothing = { body: "", light: null, person: "", bodies: [{ id: "water", name: "Water" }], people: [{ id: "p", name: "P" }] };
const list = (over: Partial<TaskList> = {}): TaskList => ({
  which: "given",
  view: "list",
  done: false,
  counts: { mine: 0, body: 0, given: 7 },
  found: 7,
  pressing: 2,
  rows: [row],
  more: 0,
  filter: nothing,
  month: null,
  ...over,
});
const shown = (page: ReactNode, locale: "zh-CN" | "en" = "zh-CN") =>
  renderToStaticMarkup(
    <WordsProvider locale={locale} timeZone="Asia/Shanghai" now="2026-05-12T04:00:00.000Z">
      {page}
    </WordsProvider>,
  );
const narrowed = { ...nothing, body: "water" };

test("[TA31] the heading says what is listed, narrowed or not", () => {
  expect(shown(<TaskTitle list={list()} />)).toMatch(/7项任务在别人手里.*2项快到期或逾期/);
  const some = shown(<TaskTitle list={list({ filter: narrowed, found: 1, pressing: 0 })} />);
  expect(some).toContain("挑出来1项任务");
  expect(some).not.toContain("7");
  expect(shown(<TaskTitle list={list({ filter: narrowed, found: 0, pressing: 0 })} />, "en")).toContain("No task fits");
});
test("[TA31] narrowing keeps the view, the month and the finished ones, and so does showing all again", () => {
  const field = (name: string, value: string) => `<input type="hidden" name="${name}" value="${value}"/>`;
  const calendar = list({ view: "calendar", month, filter: narrowed });
  expect(shown(<TaskFilter list={calendar} />)).toContain(field("month", "2026-05"));
  expect(shown(<TaskFilter list={calendar} />)).toContain('href="/tasks?show=given&amp;view=calendar&amp;month=2026-05"');
  const done = list({ done: true, filter: narrowed });
  expect(shown(<TaskFilter list={done} />)).toContain(field("done", ""));
  expect(shown(<TaskFilter list={done} />)).toContain('href="/tasks?show=given&amp;done="');
  expect(shown(<TaskFilter list={list()} />)).not.toMatch(/name="(done|month)"/);
  expect(taskHref(list({ filter: { ...narrowed, light: "late" } }), { view: "board" })).toBe("/tasks?show=given&view=board&body=water&light=late");
  // Somebody with one body and nobody else to choose may still choose by time, where not everything is listed.
  expect(shown(<TaskFilter list={list({ more: 3, filter: { ...nothing, people: [] } })} />)).toContain("挑一挑");
});
test("a task is a heading of its own, below that of the part of the page it stands in", () => {
  expect(shown(<TaskRows rows={[row]} />)).toContain("<h2>Survey</h2>");
  const page = shown(<TaskCalendar list={list({ view: "calendar", month })} month={month} />);
  expect(page).toMatch(/<h2 class="title-small">以前到期、还没办完的<\/h2>.*<h3>Survey<\/h3>/);
});

test("[TA11] whoever hands in or checks sees the documents, or that there are none, and may add one on the way", () => {
  const paper = { id: "d1", name: "Acceptance sheet", type: "application/pdf" as const, bytes: 2048 };
  const can = { ...noActs, givePhotos: true, giveDocument: true };
  const none = shown(<ProofPapers task={{ id: "t1", documents: [], can }} add />);
  expect(none).toContain("没有交文件");
  expect(none).toContain("/tasks/t1/documents?from=evidence");
  const given = shown(<ProofPapers task={{ id: "t1", documents: [paper], can }} />);
  expect(given).toContain("/tasks/t1/documents/d1");
  expect(given).not.toContain("没有交文件");
  expect(given).not.toContain("from=evidence");
});

test("[TA35] on a task's page one press hands it in and one says how it goes; photos and documents are given behind both", () => {
  const can = { ...noActs, handIn: true, progress: true, givePhotos: true, giveDocument: true };
  const page = { id: "t1", version: 1, sentBack: null, steps: null, can } as unknown as TaskPage;
  const presses = shown(<TaskActs task={page} requestId="r" />);
  expect(presses.match(/href="[^"]+"/g)).toEqual(['href="/tasks/t1/evidence"', 'href="/tasks/t1/progress"']);
  expect(shown(<ProofLinks task={page} />)).toMatch(/tasks\/t1\/photos.*tasks\/t1\/documents/);
  expect(shown(<ProofLinks task={{ id: "t1", can: noActs }} />)).toBe("");
});

test("[TA34] a task its reader may not open is named without a link", () => {
  expect(shown(<TaskLine task={row} />)).toContain('href="/tasks/t1"');
  const named = shown(<TaskLine task={{ ...row, shut: true }} />);
  expect(named).toContain("Survey");
  expect(named).not.toContain("/tasks/t1");
});
