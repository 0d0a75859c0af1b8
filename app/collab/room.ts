// Names of live documents, known to browser and server alike.
export type MinutesRoom = { communityId: string; meetingId: string };

export const socketPath = "/collab";
/** The fragment of the shared document that holds the minutes. */
export const minutesField = "minutes";

export const roomOf = ({ communityId, meetingId }: MinutesRoom): string => `minutes:${communityId}:${meetingId}`;

/** The meeting a room's name means, or null when it means none. */
export function parseRoom(name: string): MinutesRoom | null {
  const match = /^minutes:([0-9a-z]{1,32}):([0-9a-z]{1,32})$/.exec(name);
  return match?.[1] && match[2] ? { communityId: match[1], meetingId: match[2] } : null;
}
