// Freezes minutes once nobody writes in them any more: after a meeting was closed, after they were mended, and after a
// crash in between. Done by whoever serves the live documents, because only they know what was promised to be saved.
import type { MinutesSection } from "../collab/read";
import { freezeTheMinutes } from "../commands/paper/freeze";
import type { Perform } from "../commands/perform.server";
import { loadMeeting } from "../data/meetings.server";
import { waitingToFreeze } from "../data/papers.server";
import type { Store } from "../data/store.server";
import type { Actor } from "../domain/permission";

type Means = {
  store: Pick<Store, "read">;
  perform: Perform;
  /** What the document of a meeting holds, when nobody writes in it any more. */
  sections(communityId: string, meetingId: string): Promise<MinutesSection[]>;
  onError(error: unknown, what: string): void;
};

/** One after the other; a meeting that cannot be frozen does not hold up the next, and is tried again at the next look. */
export function makeFreezer({ store, perform, sections, onError }: Means): () => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  const freezeAll = async () => {
    for (const { communityId, meetingId } of await waitingToFreeze(store.read)) {
      try {
        const meeting = await loadMeeting(store.read, communityId, meetingId);
        if (!meeting?.closedBy) continue;
        // In the name and the office of whoever closed it.
        const post = { membershipId: "", bodyId: meeting.bodyId, role: "chair", party: "branch" } as const;
        const actor: Actor = { communityId, personId: meeting.closedBy, name: "", posts: [post] };
        const done = await perform(freezeTheMinutes, actor, { meetingId, sections: await sections(communityId, meetingId) });
        if (!done.ok && done.refusal.code !== "paper.frozenAlready") throw new Error(`Refused: ${done.refusal.code}`);
      } catch (error) {
        onError(error, `The minutes of meeting ${meetingId} could not be frozen. It is tried again in a minute.`);
      }
    }
  };
  return () => {
    // A look that failed does not keep the next from looking.
    running = running.catch(() => {}).then(freezeAll);
    return running;
  };
}
