// Things shown in their order that have no names of their own: lines of a text, cells of a table.
import { createElement, Fragment, type ReactNode } from "react";

/** Shows each by its place. Given one by one they need no keys: a place is all that tells them apart. */
export function InOrder<T>({ of, each }: { of: readonly T[]; each: (one: T, n: number) => ReactNode }) {
  return createElement(Fragment, null, ...of.map(each));
}
