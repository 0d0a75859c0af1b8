import { z } from "zod";
import { loadHouse } from "../../data/clocks.server";
import { communitySubject } from "../../data/subjects.server";
import { keepClocks } from "../../domain/house-clocks";
import { version, wholeNumber } from "../../domain/input";
import { accept, refuse } from "../../domain/refusal";
import { categories, levelKinds, tracks } from "../../domain/vocabulary";
import { command } from "../command";

const unit = z.enum(["hours", "workingDays"], { error: "choice.missing" });
const rule = z.object({
  bodyKind: z.enum(levelKinds, { error: "choice.missing" }),
  track: z.enum(tracks, { error: "choice.missing" }),
  category: z.enum([...categories, ""], { error: "choice.missing" }),
  respondAmount: wholeNumber(1, 750),
  respondUnit: unit,
  settleAmount: wholeNumber(1, 750),
  settleUnit: unit,
});

/** Keep other clock rules and limits. They count for clocks that start afterwards; what runs keeps its deadline. */
export const keepCommunityClocks = command({
  action: "community.keepClocks",
  input: z.object({
    /** By their place in the form. */
    rules: z.record(z.string().regex(/^\d{1,3}$/), rule).refine((rules) => Object.keys(rules).length <= 300, { error: "number.tooLarge:300" }),
    limits: z.object({
      extensions: wholeNumber(0, 20),
      extensionDays: wholeNumber(1, 250),
      extensionHours: wholeNumber(1, 750),
      meetingDays: wholeNumber(0, 250),
      acknowledgeDays: wholeNumber(1, 60),
      orderDays: wholeNumber(1, 250),
      taskExtensions: wholeNumber(0, 20),
      taskMendDays: wholeNumber(1, 60),
    }),
    version,
  }),
  async load(tx, _input, { actor: { communityId } }) {
    const house = await loadHouse(tx, communityId);
    if (!house) return refuse("notFound", { what: communityId });
    return accept({ house, subject: await communitySubject(tx, communityId) });
  },
  subject: ({ subject }) => subject,
  seen: ({ house }) => ({ kind: "community", id: house.id, version: house.version, harmless: new Set(["community.daysKept"]), whole: true }),
  decide: ({ house }, given) => keepClocks(house, given),
});
