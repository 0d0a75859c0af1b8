// Numbers people say aloud: 2026-0012.

/** A text in pieces: those that hold a number stay on one line, so that it is never torn at its dash. */
export const unbroken = (text: string): { text: string; whole: boolean }[] =>
  text
    .split(/(\b\d{4}-\d{4,}\b)/)
    .map((each, n) => ({ text: each, whole: n % 2 === 1 }))
    .filter((each) => each.text !== "");
