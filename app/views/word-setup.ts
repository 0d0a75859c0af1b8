// How somebody is told, where a body's group is told, and what could not be delivered.
import { channelsOf, loadChannel } from "../data/channels.server";
import type { Db } from "../data/dialect.server";
import { deadLetters, lastLetters, wordsIn } from "../data/letters.server";
import { loadBodies, loadBody, namesOf } from "../data/organisation.server";
import { chosenBefore, hasDesk, wishesOf } from "../data/preferences.server";
import { channelSubject } from "../data/subjects.server";
import { fullName } from "../domain/body";
import type { ChannelKind } from "../domain/channel";
import type { LetterStatus } from "../domain/letter";
import { type Chosen, chosenChannels, few, heardAgain, isSilent, type Preference, usual } from "../domain/word";
import { mayDo, type Viewer } from "./viewer";

export type ChannelLine = {
  id: string;
  kind: ChannelKind;
  openedAt: string;
  confirmed: boolean;
  last: { status: LetterStatus; at: string; fault: string } | null;
};
export type PreferencePage = {
  wishes: Preference;
  presets: { usual: Preference; few: Preference };
  desk: boolean;
  /** No mail is wanted at all: everything is set to "never", as the link in a mail does. */
  silent: boolean;
  /** The wishes with mails turned on again. */
  again: Preference;
  /** The ways this person is reached at present: only those are asked about. */
  reached: Chosen[];
  /** The confirmed one, and one that is asked to stand in for it. */
  mailboxes: ChannelLine[];
  browsers: ChannelLine[];
};

async function lines(db: Db, viewer: Viewer, of: { personId: string } | { bodyId: string }): Promise<ChannelLine[]> {
  const { communityId } = viewer.actor;
  const channels = await channelsOf(db, communityId, of);
  const last = await lastLetters(
    db,
    communityId,
    channels.map((c) => c.id),
  );
  return channels.map((c) => {
    const letter = last.get(c.id);
    return {
      id: c.id,
      kind: c.kind,
      openedAt: c.openedAt,
      confirmed: c.confirmedAt !== null,
      last: letter ? { status: letter.status, at: letter.sentAt ?? letter.lastAt ?? letter.createdAt, fault: letter.fault } : null,
    };
  });
}

/** What a person chose, or begins with, and where they are reached. Addresses are never shown again. */
export async function preferencePage(db: Db, viewer: Viewer): Promise<PreferencePage> {
  const { communityId, personId } = viewer.actor;
  const channels = await lines(db, viewer, { personId });
  const { timeZone } = viewer.community;
  const wishes = await wishesOf(db, communityId, personId, viewer.now, timeZone);
  const desk = await hasDesk(db, communityId, personId, viewer.now, timeZone);
  return {
    wishes,
    silent: isSilent(wishes, "mail"),
    again: heardAgain(wishes, "mail", desk, await chosenBefore(db, communityId, personId, "mail")),
    reached: chosenChannels.filter((way) => channels.some(({ kind }) => kind === way)),
    presets: { usual, few },
    desk,
    mailboxes: channels.filter((c) => c.kind === "mail"),
    browsers: channels.filter((c) => c.kind === "push"),
  };
}

export type RobotsPage = { body: { id: string; name: string }; robots: ChannelLine[] };
/** A body's group robots, for its chair and the secretary; null where there is no such body, false where it is not theirs. */
export async function robotsPage(db: Db, viewer: Viewer, { bodyId }: { bodyId: string }): Promise<(RobotsPage & { may: boolean }) | null> {
  const body = await loadBody(db, viewer.actor.communityId, bodyId);
  if (!body || body.endedAt) return null;
  const may = mayDo(viewer, "robots.see", await channelSubject(db, body.communityId, { personId: null, bodyId }));
  return { body: { id: body.id, name: fullName(body) }, robots: may ? await lines(db, viewer, { bodyId }) : [], may };
}

export type DeadLine = {
  id: string;
  kind: ChannelKind;
  to: string;
  words: number;
  fault: string;
  detail: string;
  tries: number;
  firstAt: string;
  lastAt: string;
  /** Nobody is reached there any more: it cannot be sent again. */
  closed: boolean;
};
/** Letters that were given up. Whom they were for and why, not what they said: that is not the secretary's to read. */
export async function deadLetterPage(db: Db, viewer: Viewer): Promise<DeadLine[]> {
  const { communityId } = viewer.actor;
  const bodies = await loadBodies(db, communityId);
  const found: DeadLine[] = [];
  for (const letter of await deadLetters(db, communityId, 100)) {
    const channel = await loadChannel(db, communityId, letter.channelId);
    if (!channel) continue;
    const { personId, bodyId, kind } = channel;
    const body = bodyId === null ? undefined : bodies.get(bodyId);
    const to = body ? fullName(body) : ((await namesOf(db, communityId, [personId ?? ""])).get(personId ?? "") ?? "");
    const words = (await wordsIn(db, communityId, letter.id)).length;
    const { id, fault, detail, tries, createdAt } = letter;
    found.push({
      id,
      kind,
      to,
      words,
      fault,
      detail,
      tries,
      firstAt: letter.firstAt ?? createdAt,
      lastAt: letter.lastAt ?? createdAt,
      closed: channel.closedAt !== null,
    });
  }
  return found;
}
