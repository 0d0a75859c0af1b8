// Once a day, before anybody's letter of the day: what falls due, what is over, which meeting is tomorrow, which paper waits.

import { type About, aboutMatter } from "../../data/about.server";
import { maySee, peopleIn } from "../../data/concerned.server";
import type { Db } from "../../data/dialect.server";
import { allCommunities, type Community, loadActor, loadCommunity } from "../../data/organisation.server";
import { countReminders, mattersDue } from "../../data/reminders.server";
import { layWords, type WordRow } from "../../data/word.server";
import { type Cursor, loadCursor, moveCursor } from "../../data/word-cursors.server";
import { localDay, nextDay, wallClock } from "../../domain/clock";
import { dueOf } from "../../domain/issue";
import { type MatterKind, type Relation, type Reminder, remindsOn, type Telling } from "../../domain/word";
import type { Job, Means } from "../clockwork.server";
import { type Common, patience, type Step, wordsFor } from "./plan.server";

/** When a day's reminders are looked for, by the community's clock: before the first digest. */
export const remindsAt = "06:30";
/** Matters looked at in one write, and writes in one round: ten thousand overdue issues are several rounds, and nobody waits for them. */
const batch = 100;
const mostBatches = 5;
/** Nobody hears of more than these in a day; everything else stands on their pages, the most urgent first. */
export const mostADay = 20;

type Due = { about: About; reminder: Reminder; to: Relation; not: readonly string[] };

/** What is to be said of a matter today, if anything. */
async function dueToday(db: Db, community: Community, kind: MatterKind, id: string, today: string): Promise<Due | null> {
  const about = await aboutMatter(db, community.id, kind, id);
  if (!about) return null;
  const { issue, task, meeting, paper, owed } = about;
  const spoken = (at: string | null | undefined) => (at ? remindsOn(localDay(at, community.timeZone), today) : null);
  const said = (reminder: Reminder, to: Relation, not: readonly string[] = []): Due => ({ about, reminder, to, not });
  switch (kind) {
    case "issue": {
      const when = spoken(issue && dueOf(issue));
      return when && said(when === "soon" ? "issueSoon" : "issueLate", "desk");
    }
    case "task": {
      const when = task?.status === "assigned" || task?.status === "accepted" ? spoken(task.dueAt) : null;
      return when && said(when === "soon" ? "taskSoon" : "taskLate", "assignee");
    }
    case "order": {
      const when = owed?.given === false ? spoken(owed.dueAt) : null;
      return when && said(when === "soon" ? "orderSoon" : "orderLate", "desk");
    }
    case "acknowledgement": {
      const when = owed?.given === false ? spoken(owed.dueAt) : null;
      return when && said(when === "soon" ? "acknowledgementSoon" : "acknowledgementLate", "desk");
    }
    case "meeting": {
      if (meeting?.status !== "called" || localDay(meeting.startsAt, community.timeZone) !== nextDay(today)) return null;
      const not = meeting.seats.filter((s) => s.reply === "no").map((s) => s.personId);
      return said("meeting", "invited", not);
    }
    case "paper":
      return paper?.status === "frozen" && spoken(paper.frozenAt) === "late" ? said("paper", "signers") : null;
  }
}

async function wordsOfMatter(db: Db, community: Community, kind: MatterKind, id: string, now: string, told: Map<string, number>): Promise<WordRow[]> {
  const today = localDay(now, community.timeZone);
  const due = await dueToday(db, community, kind, id, today);
  if (!due) return [];
  const telling: Telling = { to: due.to, kind: "reminder", urgency: "owed" };
  const common: Common = { communityId: community.id, cause: `r${today}/${kind}/${id}`, seq: null, type: `reminder.${due.reminder}`, subjectId: id, at: now };
  const words: WordRow[] = [];
  for (const personId of new Set(await peopleIn(db, due.to, due.about, today))) {
    if (due.not.includes(personId)) continue;
    const before = told.get(personId) ?? (await countReminders(db, community.id, personId, `r${today}/`));
    told.set(personId, before);
    if (before >= mostADay) continue;
    const actor = await loadActor(db, community.id, personId, now);
    if (!actor || !(await maySee(db, actor, due.about))) continue;
    told.set(personId, before + 1);
    words.push(...(await wordsFor(db, community, personId, telling, common, now)));
  }
  return words;
}

/** A day's reminders, matter by matter; the cursor moves in the same write as the words, and a day that is done is not begun again. */
export const remindPeople = (step: Step = () => {}): Job => {
  const mayPass = patience();
  return {
    name: "word.remind",
    async run({ store, now, logger }: Means) {
      for (const { id } of await allCommunities(store.read)) {
        const community = await loadCommunity(store.read, id);
        if (!community || wallClock(now(), community.timeZone).slice(11, 16) < remindsAt) continue;
        const today = localDay(now(), community.timeZone);
        for (let n = 0; n < mostBatches; n++) {
          const seen = await loadCursor(store.read, `remind/${id}`);
          if (seen.day === today && seen.seq === 1) break;
          const from: Cursor = seen.day === today ? seen : { seq: 0, day: today, after: "" };
          // What falls due by the end of tomorrow.
          const matters = await mattersDue(store.read, id, new Date(Date.parse(now()) + 48 * 3_600_000).toISOString(), from.after, batch);
          const told = new Map<string, number>();
          const words: WordRow[] = [];
          let done = 0;
          for (const matter of matters) {
            try {
              words.push(...(await wordsOfMatter(store.read, community, matter.kind, matter.id, now(), told)));
            } catch (error) {
              logger.error({ err: error, matter: matter.key }, "Nobody could be reminded of a matter; after three rounds it is passed over for today.");
              if (!mayPass(`${today}/${matter.key}`)) break;
            }
            done++;
          }
          const last = matters[done - 1];
          step("reminding");
          await store.write(async (tx) => {
            const to: Cursor = { day: today, after: last?.key ?? from.after, seq: done === matters.length && matters.length < batch ? 1 : 0 };
            if (await moveCursor(tx, `remind/${id}`, seen, to)) await layWords(tx, words);
          });
          step("reminded");
          if (done < matters.length) break;
        }
      }
    },
  };
};
