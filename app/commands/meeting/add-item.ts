import { z } from "zod";
import { unfinishedOf } from "../../data/meetings.server";
import { addItem } from "../../domain/agenda";
import { localDay } from "../../domain/clock";
import type { DomainEvent } from "../../domain/event";
import { id } from "../../domain/input";
import { accept, type Outcome, refuse } from "../../domain/refusal";
import { command } from "../command";
import { minutesPerItem, takenUp, whyUrgent } from "./call";
import { loadDocket, loadMeetingState, meetingOfState, onMeeting, seenMeeting } from "./state";

/** Put one more issue of the docket on the agenda. */
export const addAgendaItem = command({
  action: "meeting.addItem",
  input: z.object({ ...onMeeting, issue: id, minutes: minutesPerItem.default(15), urgency: whyUrgent }),
  async load(tx, { meetingId, issue }, { actor, now, newId }) {
    const state = await loadMeetingState(tx, meetingId, actor);
    if (!state.ok) return state;
    const docket = await loadDocket(tx, actor.communityId, [issue], localDay(now, state.value.timeZone), meetingId);
    if (!docket.ok) return docket;
    const [entry] = docket.value;
    const putOff = (await unfinishedOf(tx, actor.communityId, state.value.body.id)).find((u) => u.issueId === issue);
    return entry ? accept({ ...state.value, entry, itemId: newId(), carried: putOff?.carried ?? 0 }) : refuse("notFound", { what: issue });
  },
  subject: meetingOfState,
  seen: seenMeeting,
  decide({ meeting, body, entry, itemId, carried }, { minutes, urgency }): Outcome<DomainEvent[]> {
    const added = addItem(meeting, body, entry, { id: itemId, issueId: entry.issue.id, minutes, carried }, urgency);
    return added.ok ? accept([added.value, ...takenUp(entry.issue, body)]) : added;
  },
});
