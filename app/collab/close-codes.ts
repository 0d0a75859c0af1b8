// Why a live document was closed. 44xx is for good: the client does not come back by itself. 45xx: come back at once.
export const closeCodes = {
  malformed: 4400,
  signedOut: 4401,
  notYours: 4403,
  noSuchRoom: 4404,
  over: 4410,
  tooMuch: 4413,
  again: 4500,
  tooSlow: 4501,
  cannotSave: 4503,
} as const;
export type CloseReason = keyof typeof closeCodes;

export const reasonOf = (code: number): CloseReason | null =>
  (Object.entries(closeCodes) as [CloseReason, number][]).find(([, value]) => value === code)?.[0] ?? null;
