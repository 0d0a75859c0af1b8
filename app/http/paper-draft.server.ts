// Minutes that were sent back, as they would be frozen now.
import type { Change } from "../collab/diff";
import { readState } from "../collab/read";
import { roomOf } from "../collab/room";
import { minutesRecord } from "../commands/paper/record";
import { loadMeeting } from "../data/meetings.server";
import { loadPaper } from "../data/papers.server";
import { frozenOf } from "../data/record-file.server";
import { signersOf, stands } from "../domain/paper";
import { changedLines } from "../papers/changes";
import { open } from "../papers/seal";
import { paperOf } from "../papers/summary-paper";
import { minutesShape } from "../views/minutes";
import { readsNames } from "../views/names";
import { mayRead, type PaperPage } from "../views/paper-page";
import type { Viewer } from "../views/viewer";
import type { Services } from "./context";

export type Draft = { sheet: PaperPage["sheet"]; changes: Change[][] };

/**
 * What finalising will freeze: the text as it stands, the roll as it was put right, and what that changes in what was sent
 * back. Null for papers that stand, and for whoever reads no names.
 */
export async function draftOf(
  { store, liveState }: Pick<Services, "store" | "liveState">,
  viewer: Viewer,
  { paperId, locale }: { paperId: string; locale: "zh-CN" | "en" },
): Promise<Draft | null> {
  const db = store.read;
  const { communityId } = viewer.actor;
  const paper = await loadPaper(db, communityId, paperId);
  const meeting = paper && (await loadMeeting(db, communityId, paper.meetingId));
  if (!paper || !meeting || paper.kind !== "minutes" || stands(paper)) return null;
  if (!readsNames(viewer, meeting) || !(await mayRead(db, viewer, paper, meeting))) return null;
  const sections = readState(liveState(roomOf({ communityId, meetingId: meeting.id })), await minutesShape(db, communityId, meeting.id));
  const next = { id: paper.id, round: paper.round + 1, signers: signersOf(meeting) };
  const { title, masthead, blocks } = paperOf(await minutesRecord(db, meeting, sections, next, viewer.now), locale, null);
  const before = paperOf(open(await frozenOf(db, paper)), locale, null);
  return { sheet: { title, masthead, blocks }, changes: changedLines(before.blocks, blocks) };
}
