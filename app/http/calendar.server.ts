// Meetings as files for calendar programs: words and links put to what the views give.
import { createHash } from "node:crypto";
import { type Entry, feedFile, invitationFile, methodOf } from "../calendar/file";
import { secretToken, tokenHash } from "../data/sessions.server";
import type { Actor } from "../domain/permission";
import { type ShownLocale, type T, translator } from "../i18n/engine";
import type { FeedContent, MeetingEntry, Planned } from "../views/calendar";

type Saying = { t: T; origin: string };

function meetingAsEntry({ meeting, revision }: MeetingEntry, { t, origin }: Saying): Entry {
  const url = `${origin}/meetings/${meeting.id}`;
  const cancelled = meeting.status === "cancelled";
  return {
    uid: `meeting-${meeting.id}@yishi`,
    sequence: revision.sequence,
    stamp: revision.at,
    startsAt: meeting.startsAt,
    endsAt: meeting.endsAt,
    summary: t("meeting.name", { body: meeting.body.name, n: meeting.position }),
    place: meeting.place,
    description: [
      ...(cancelled ? [t(meeting.reason === "" ? "meeting.status.emptied" : "meeting.status.cancelled", { reason: meeting.reason }), ""] : []),
      ...(meeting.agenda.length > 0 ? [t("calendar.file.agenda")] : []),
      ...meeting.agenda.map((line, n) => `${n + 1}. ${line.visible ? line.title : t("meeting.agenda.hidden")}`),
      "",
      t("calendar.file.page", { url }),
    ].join("\n"),
    url,
    status: cancelled ? "cancelled" : "confirmed",
  };
}

function plannedAsEntry(planned: Planned, { t, origin }: Saying): Entry {
  const url = `${origin}/bodies/${planned.body.id}`;
  return {
    uid: `planned-${planned.body.id}-${planned.on}@yishi`,
    sequence: 0,
    stamp: planned.setAt,
    startsAt: planned.startsAt,
    endsAt: planned.endsAt,
    summary: t("calendar.file.planned", { body: planned.body.name }),
    place: planned.place,
    description: [t("calendar.file.planned.lead"), ...(planned.unsettled ? [t("calendar.unsettled")] : []), "", t("calendar.file.page", { url })].join("\n"),
    url,
    status: "tentative",
  };
}

/** Files are read by programs of many kinds: none may guess at them, keep them for others or run anything in them. */
const headers = (type: string) => ({
  "Content-Type": type,
  "X-Content-Type-Options": "nosniff",
  "Content-Security-Policy": "default-src 'none'",
  "Referrer-Policy": "no-referrer",
  "X-Robots-Tag": "noindex",
});

/** A subscribed calendar, or 304 when the program has this very one. It speaks the community's language: there is nobody to ask. */
export function feedAnswer(request: Request, content: FeedContent, origin: string): Response {
  const { community, actor } = content.viewer;
  const say: Saying = { t: translator(community.locale), origin };
  const name = content.body ? say.t("calendar.file.ofBody", { body: content.body.name }) : say.t("calendar.file.ofPerson", { name: actor.name });
  const file = feedFile(name, [...content.meetings.map((m) => meetingAsEntry(m, say)), ...content.planned.map((p) => plannedAsEntry(p, say))]);
  const tag = `"${createHash("sha256").update(file).digest("base64url").slice(0, 27)}"`;
  const all = { ...headers("text/calendar; charset=utf-8"), ETag: tag, "Cache-Control": "private, no-cache" };
  const known = (request.headers.get("If-None-Match") ?? "").split(",").some((one) => one.trim().replace(/^W\//, "") === tag);
  return known ? new Response(null, { status: 304, headers: all }) : new Response(file, { headers: all });
}

/** The invitation to a meeting, for whoever fetches it. */
export function invitationAnswer(entry: MeetingEntry, actor: Actor, locale: ShownLocale, origin: string): Response {
  const { meeting } = entry;
  const { personId: id, name } = actor;
  const guest = meeting.myReply === null ? null : { id, name, reply: meeting.myReply };
  const shown = meetingAsEntry(entry, { t: translator(locale), origin });
  const file = invitationFile(shown, meeting.body, guest);
  return new Response(file, {
    headers: {
      ...headers(`text/calendar; charset=utf-8; method=${methodOf(shown, guest)}`),
      "Cache-Control": "private, no-store",
      "Content-Disposition": `inline; filename="meeting-${meeting.position}.ics"`,
    },
  });
}

/** A fresh secret address (160 random bits), the same for programs that subscribe to it at a press, and the hash that is kept of it. */
export function freshAddress(origin: string): { address: string; subscribe: string; tokenHash: string } {
  const token = secretToken(20);
  const address = `${origin}/calendar/${token}.ics`;
  return { address, subscribe: address.replace(/^https?:/, "webcal:"), tokenHash: tokenHash(token) };
}

/** The answer for an address that leads nowhere (any more). */
export const noCalendar = () => new Response(null, { status: 404, headers: { ...headers("text/plain; charset=utf-8"), "Cache-Control": "no-store" } });
