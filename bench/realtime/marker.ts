// The text a measured edit inserts: who wrote it, the how-manieth of theirs it is and when; found again in any frame without decoding it.

/** `~`, writer (2), sequence (4), time (6), `;`: digits of 64 that contain neither `~` nor each other's limits. */
export const markerLength = 14;
const first = 0x7e;
const last = 0x3b;
const zero = 0x30;
const wrap = 64 ** 6;

/** Tens of microseconds of the machine's monotonic clock, the same in every process. */
export function now(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return (seconds * 100_000 + Math.floor(nanoseconds / 10_000)) % wrap;
}

export const milliseconds = (from: number, to: number): number => ((to - from + wrap) % wrap) / 100;

function digits(value: number, count: number): string {
  let text = "";
  let rest = value;
  for (let i = 0; i < count; i++) {
    text = String.fromCharCode(zero + (rest % 64)) + text;
    rest = Math.floor(rest / 64);
  }
  return text;
}

export const marker = (writer: number, sequence: number): string => `~${digits(writer, 2)}${digits(sequence, 4)}${digits(now(), 6)};`;

function number(bytes: Uint8Array, start: number, count: number): number {
  let value = 0;
  for (let i = start; i < start + count; i++) value = value * 64 + (bytes[i] as number) - zero;
  return value;
}

/** Calls `found` for every marker between `start` and `end`. */
export function scan(bytes: Uint8Array, start: number, end: number, found: (writer: number, sequence: number, time: number) => void): void {
  const stop = end - markerLength;
  for (let i = start; i <= stop; i++) {
    if (bytes[i] === first && bytes[i + markerLength - 1] === last) {
      found(number(bytes, i + 1, 2), number(bytes, i + 3, 4), number(bytes, i + 7, 6));
      i += markerLength - 1;
    }
  }
}
