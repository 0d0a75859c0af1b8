// The closed lists of the field's words, as codes. `i18n/` gives each its name in both languages.
export const parties = ["branch", "residents", "ownersCommittee", "property", "department", "owners", "experts"] as const;
export const roles = ["head", "stairwell", "chair", "recorder", "member", "observer", "linkedLeader", "gridWorker", "secretary", "staff", "resident"] as const;
export const bodyKinds = [
  "grid",
  "building",
  "council",
  "jointMeeting",
  "street",
  "branch",
  "committee",
  "assembly",
  "department",
  "company",
  "community",
] as const;
/** Kinds that can hold an issue; the others do work or keep the house. */
export const levelKinds = ["grid", "building", "council", "jointMeeting", "street"] as const;
/** Kinds that deliberate: they call meetings and keep minutes. */
export const meetingKinds = ["council", "jointMeeting", "street", "branch", "committee", "assembly"] as const;
export const tracks = ["minor", "urgent", "hard"] as const;
export const categories = ["water", "drains", "parking", "fire", "power", "lift", "structure", "cleaning", "neighbours", "other"] as const;
export const visibilities = ["handlers", "body", "community"] as const;
export const locales = ["zh-CN", "en"] as const;

export type Party = (typeof parties)[number];
export type Role = (typeof roles)[number];
export type BodyKind = (typeof bodyKinds)[number];
export type Track = (typeof tracks)[number];
export type Category = (typeof categories)[number];
export type Visibility = (typeof visibilities)[number];
export type Locale = (typeof locales)[number];

export const isLevel = (kind: BodyKind): boolean => (levelKinds as readonly BodyKind[]).includes(kind);
export const deliberates = (kind: BodyKind): boolean => (meetingKinds as readonly BodyKind[]).includes(kind);
