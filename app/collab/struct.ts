// What a Yjs update is made of, as browser and live server speak of it.
export type Id = { client: number; clock: number };
/** What one struct says, for those who must judge it: a product's grammar. */
export type Struct = {
  client: number;
  clock: number;
  length: number;
  /** 0 is garbage, 10 a gap; the others are Yjs's content kinds. */
  kind: number;
  left: Id | null;
  right: Id | null;
  /** The name of a root, the id of a type, or null when it stands with its neighbours. */
  parent: string | Id | null;
  /** The key, when it is a map's entry or an attribute. */
  key: string | null;
  /** Kind 7 only: which shared type. */
  type: number | null;
  /** The element's name (kind 7), the format's key (6). */
  name: string | null;
  /** The last of plain values (kind 8), when somebody asks for structs. */
  value?: unknown;
};

export const kinds = { garbage: 0, deleted: 1, json: 2, binary: 3, text: 4, embed: 5, format: 6, type: 7, any: 8, doc: 9, gap: 10 } as const;
/** Of Yjs's shared types, by number, those with a name and the last. */
export const types = { element: 3, hook: 5, xmlText: 6 } as const;
