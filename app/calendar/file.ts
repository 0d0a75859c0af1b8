// iCalendar files (RFC 5545, RFC 5546): what calendar programs read. Times are in UTC, which every one of them reads right;
// nothing in a file recurs, so no zone's rules are needed.
import ical, { ICalAttendeeRole, ICalAttendeeStatus, ICalCalendarMethod, ICalEventStatus } from "ical-generator";

export type Entry = {
  /** The same for ever: how a program knows it again. */
  uid: string;
  /** Raised by every move of time or place, and by the calling off. */
  sequence: number;
  /** When this entry last changed. */
  stamp: string;
  startsAt: string;
  endsAt: string;
  summary: string;
  place: string;
  description: string;
  url: string;
  status: "confirmed" | "tentative" | "cancelled";
};

/** Whoever the invitation is for: nobody else's name is in it. */
export type Guest = { id: string; name: string; reply: "none" | "yes" | "no" };

// People and bodies have no addresses of their own here: names that can never be reached (RFC 2606) stand in for them.
const mail = (id: string): string => `${id}@yishi.invalid`;

/** One line without control characters: a break would begin a property of its own. */
const oneLine = (text: string): string => text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, " ").trim();
const lines = (text: string): string => text.split("\n").map(oneLine).join("\n");
/** Names stand in quotes, where no quote may be; and none is nobody. */
const quotable = (text: string): string => oneLine(text).replaceAll('"', "’").replaceAll("\\", "/") || "-";
/** The library writes a calendar's name as it is given. */
const escaped = (text: string): string => oneLine(text).replaceAll(/[\\;,]/g, (sign) => `\\${sign}`);

const statuses = { confirmed: ICalEventStatus.CONFIRMED, tentative: ICalEventStatus.TENTATIVE, cancelled: ICalEventStatus.CANCELLED };
const replies = { none: ICalAttendeeStatus.NEEDSACTION, yes: ICalAttendeeStatus.ACCEPTED, no: ICalAttendeeStatus.DECLINED };
const prodId = { company: "Yishi", product: "Yishi" };

const eventOf = (entry: Entry) => ({
  id: entry.uid,
  sequence: entry.sequence,
  stamp: new Date(entry.stamp),
  lastModified: new Date(entry.stamp),
  start: new Date(entry.startsAt),
  end: new Date(entry.endsAt),
  summary: oneLine(entry.summary),
  location: oneLine(entry.place),
  description: lines(entry.description),
  url: entry.url,
  status: statuses[entry.status],
});

/** A calendar to subscribe to, looked at again every hour. */
export function feedFile(name: string, entries: readonly Entry[]): string {
  const calendar = ical({ prodId, name: escaped(name), method: ICalCalendarMethod.PUBLISH, ttl: 3600 });
  for (const entry of entries) calendar.createEvent(eventOf(entry));
  return calendar.toString();
}

/** What an invitation is to its reader: a request to whoever is invited, or its withdrawal; to anybody else only published. */
export const methodOf = (entry: Pick<Entry, "status">, guest: Guest | null): "CANCEL" | "REQUEST" | "PUBLISH" =>
  guest === null ? "PUBLISH" : entry.status === "cancelled" ? "CANCEL" : "REQUEST";

/** One meeting for one person's calendar; `guest` is null for whoever is not invited. */
export function invitationFile(entry: Entry, organizer: { id: string; name: string }, guest: Guest | null): string {
  const calendar = ical({ prodId, method: ICalCalendarMethod[methodOf(entry, guest)] });
  calendar.createEvent({
    ...eventOf(entry),
    organizer: { name: quotable(organizer.name), email: mail(organizer.id) },
    attendees: guest ? [{ name: quotable(guest.name), email: mail(guest.id), rsvp: false, role: ICalAttendeeRole.REQ, status: replies[guest.reply] }] : [],
  });
  return calendar.toString();
}
