// What is said beyond the y-websocket protocol, to and by clients that ask for it (?ours=1).
/** Server, with a count: so many of your updates are on disk. */
export const messageSaved = 100;
/** Server: a record of this document changed, ask for the records again. */
export const messageRecords = 101;
/** Server, with a state vector: what everybody was told so far. Who lacks some of it is out of step. */
export const messageHead = 102;
/** Client, first of all: how it comes (see below), and the state vector of what it was told or knows to be on disk. */
export const messageHello = 103;
export const hello = { comesIn: 0, givesBack: 1 } as const;
