// Copies of papers: made when they are asked for, from what was frozen.
import { loadMeeting } from "../data/meetings.server";
import { loadPaper, privateKeyOf } from "../data/papers.server";
import { recordFileOf } from "../data/record-file.server";
import { docx } from "../papers/docx";
import { markdown } from "../papers/markdown";
import { maskNames, namesIn } from "../papers/mask";
import { printHtml } from "../papers/print-html";
import { open } from "../papers/seal";
import { communityKey, withhold } from "../papers/sign";
import { mayRead, sheetOf } from "../views/paper-page";
import type { Viewer } from "../views/viewer";
import type { Services } from "./context";
import { photoBytes } from "./photos.server";

export type Format = "docx" | "html" | "md" | "json";

/** A copy of a paper, or null when there is none for this person. `masked`: without people's names, and still to be checked. */
export async function copyOfPaper(
  { store }: Pick<Services, "store">,
  viewer: Viewer,
  wanted: { paperId: string; format: Format; masked: boolean; locale: "zh-CN" | "en" },
): Promise<{ title: string; body: Uint8Array<ArrayBuffer> | string } | null> {
  const { communityId } = viewer.actor;
  const paper = await loadPaper(store.read, communityId, wanted.paperId);
  const meeting = paper && (await loadMeeting(store.read, communityId, paper.meetingId));
  if (!paper || !meeting || !(await mayRead(store.read, viewer, paper, meeting))) return null;
  const whole = await recordFileOf(store.read, paper, viewer.now);
  const pem = wanted.masked ? await privateKeyOf(store.read, communityId) : null;
  const file = pem ? withhold(whole, maskNames(namesIn(open(whole))), communityKey(pem), viewer.now) : whole;
  const sheet = sheetOf(file, wanted.locale);
  const readImage = async (photoId: string) => {
    try {
      return await photoBytes(store.dir, photoId, false);
    } catch (error) {
      // The paper names the picture that is missing.
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
      throw error;
    }
  };
  switch (wanted.format) {
    case "docx":
      return { title: sheet.title, body: new Uint8Array(await docx(sheet, readImage)) };
    case "html":
      return { title: sheet.title, body: await printHtml(sheet, readImage) };
    case "md":
      return { title: sheet.title, body: markdown(sheet) };
    case "json":
      return { title: sheet.title, body: `${JSON.stringify(file)}\n` };
  }
}
