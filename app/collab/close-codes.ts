// Why a live document was closed. 44xx is for good: the client does not come back by itself. 45xx: come back at once.
export const closeCodes = {
  malformed: 4400,
  signedOut: 4401,
  notYours: 4403,
  noSuchRoom: 4404,
  /** The page holds words of another document of the same name. */
  otherHistory: 4409,
  over: 4410,
  /** The page knows words that were acknowledged and that the server does not have: it went back to an earlier copy. */
  wentBack: 4412,
  tooMuch: 4413,
  tooFast: 4429,
  tooMany: 4430,
  again: 4500,
  tooSlow: 4501,
  cannotSave: 4503,
} as const;
export type CloseReason = keyof typeof closeCodes;

export const reasonOf = (code: number): CloseReason | null =>
  // 1009 is what a websocket says of a frame it did not even read.
  code === 1009 ? "tooMuch" : ((Object.entries(closeCodes) as [CloseReason, number][]).find(([, value]) => value === code)?.[0] ?? null);
