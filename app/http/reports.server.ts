// A month's report to take away.
import { csv } from "../papers/csv";
import { docx } from "../papers/docx";
import { markdown } from "../papers/markdown";
import { printHtml } from "../papers/print-html";
import { reportPaper, reportRows } from "../papers/report-paper";
import { reportOf } from "../views/report";
import type { Viewer } from "../views/viewer";
import type { Services } from "./context";

export const reportTypes = {
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  html: "text/html; charset=utf-8",
  md: "text/markdown; charset=utf-8",
  csv: "text/csv; charset=utf-8; header=present",
} as const;
export type ReportFormat = keyof typeof reportTypes;

const noImages = async () => null;

/** A copy of a report, or null when there is none for this person. */
export async function copyOfReport(
  { store }: Pick<Services, "store">,
  viewer: Viewer,
  wanted: { month: string; body: string | null; format: ReportFormat; locale: "zh-CN" | "en" },
): Promise<{ title: string; body: Uint8Array<ArrayBuffer> | string } | null> {
  const report = await reportOf(store.read, viewer, wanted.month, wanted.body);
  if (!report) return null;
  const paper = reportPaper(report, wanted.locale);
  switch (wanted.format) {
    case "docx":
      return { title: paper.title, body: new Uint8Array(await docx(paper, noImages)) };
    case "html":
      return { title: paper.title, body: await printHtml(paper, noImages) };
    case "md":
      return { title: paper.title, body: markdown(paper) };
    case "csv":
      return { title: paper.title, body: csv(reportRows(report, wanted.locale)) };
  }
}
