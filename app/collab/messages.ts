// What our server says beyond the y-websocket protocol, to clients that asked for it (?ours=1).
/** With a count: so many of your updates are on disk. */
export const messageSaved = 100;
/** A decision or task of this meeting changed: ask for the records again. */
export const messageRecords = 101;
