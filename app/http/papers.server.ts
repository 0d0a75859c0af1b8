// Copies of papers: made when they are asked for, from what was frozen.
import { loadMeeting } from "../data/meetings.server";
import { loadPaper, privateKeyOf } from "../data/papers.server";
import { recordFileOf } from "../data/record-file.server";
import { stands } from "../domain/paper";
import { translator } from "../i18n/engine";
import { notInForce } from "../papers/closing";
import { docx } from "../papers/docx";
import { markdown } from "../papers/markdown";
import { maskNames, namesIn } from "../papers/mask";
import { htmlPieces } from "../papers/print-html";
import { open } from "../papers/seal";
import { communityKey, withhold } from "../papers/sign";
import { readsNames } from "../views/names";
import { mayRead, sheetOf } from "../views/paper-page";
import type { Viewer } from "../views/viewer";
import type { Services } from "./context";
import { photoBytes } from "./photos.server";

export type Format = "docx" | "html" | "md" | "json";

/** Pieces as a stream that is made no faster than it is read, and no further than somebody reads. */
export function streamed(parts: AsyncGenerator<string, void>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await parts.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await parts.return();
    },
  });
}

/**
 * A copy of a paper, or null when there is none for this person. What is printed comes piece by piece; a Word file is a
 * parcel that is known only whole. `masked`: without people's names, and still to be checked; whoever has no part in the
 * meeting gets no other. Of what was sent back or taken back there is none: it would pass for what is in force.
 */
export async function copyOfPaper(
  { store }: Pick<Services, "store">,
  viewer: Viewer,
  wanted: { paperId: string; format: Format; masked: boolean; locale: "zh-CN" | "en" },
): Promise<{ title: string; body: Uint8Array<ArrayBuffer> | string | AsyncGenerator<string, void> } | null> {
  const { communityId } = viewer.actor;
  const paper = await loadPaper(store.read, communityId, wanted.paperId);
  const meeting = paper && (await loadMeeting(store.read, communityId, paper.meetingId));
  if (!paper || !meeting || !stands(paper) || !(await mayRead(store.read, viewer, paper, meeting))) return null;
  const whole = await recordFileOf(store.read, paper, viewer.now);
  const masked = wanted.masked || !readsNames(viewer, meeting);
  const pem = masked ? await privateKeyOf(store.read, communityId) : null;
  const file = pem ? withhold(whole, maskNames(namesIn(open(whole))), communityKey(pem), viewer.now) : whole;
  const sheet = sheetOf(file, wanted.locale);
  const t = translator(wanted.locale);
  const standing = notInForce(t, file);
  const named = masked ? t("signing.take.withheld", { title: sheet.title }) : sheet.title;
  const title = standing ? t("paper.standing.file", { standing, title: named }) : named;
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
      return { title, body: new Uint8Array(await docx(sheet, readImage)) };
    case "html":
      return { title, body: htmlPieces(sheet, readImage, title) };
    case "md":
      return { title, body: markdown(sheet) };
    case "json":
      return { title, body: `${JSON.stringify(file)}\n` };
  }
}
