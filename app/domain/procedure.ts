// A procedure as data: which stages a matter goes through, and what each stage demands, rule by rule with its source.
// The shipped ones are in prisma/procedures; a community copies one and changes its figures. What runs keeps its copy.
import { z } from "zod";
import type { Method } from "./decision";
import { accept, type Outcome, type Refused, refuse } from "./refusal";
import { bodyKinds, parties } from "./vocabulary";

const figure = (least: number, most: number) =>
  z
    .number({ error: `range:${least}-${most}` })
    .int({ error: `range:${least}-${most}` })
    .min(least, { error: `range:${least}-${most}` })
    .max(most, { error: `range:${least}-${most}` });
const text = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });
const code = z.string({ error: "code" }).regex(/^[a-z][a-zA-Z0-9]{1,31}$/, { error: "code" });

/** A share of people: at least numerator/denominator of them, or more than that when it is strict. */
const share = z
  .strictObject({ numerator: figure(1, 1000), denominator: figure(1, 1000), strict: z.boolean().default(false) })
  .refine((s) => s.numerator < s.denominator || (s.numerator === s.denominator && !s.strict), { error: "share" });
export type Share = z.infer<typeof share>;
/** More agree than not: what is called carried by fewer is no majority in any language. */
const majority = share.refine((s) => 2 * s.numerator > s.denominator || (2 * s.numerator === s.denominator && s.strict), { error: "majority" });

/** The figures the law or the method a rule cites leaves no choice in: a community asks for no less, and for no more of what may be at most. */
const law = z.strictObject({
  days: figure(1, 90).optional(),
  numerator: figure(1, 1000).optional(),
  denominator: figure(1, 1000).optional(),
  least: figure(1, 999).optional(),
  most: figure(0, 999).optional(),
});

const about = { id: z.string({ error: "ruleId" }).regex(/^[0-9]+(\.[0-9]+)*$/, { error: "ruleId" }), text, source: text, law: law.optional() };
const rule = z.discriminatedUnion("kind", [
  /** The agenda with its papers is out so many whole days before the meeting. */
  z.strictObject({ ...about, kind: z.literal("notice"), days: figure(1, 60) }),
  /** What comes on the agenda after the notice is talked about, and not decided. */
  z.strictObject({ ...about, kind: z.literal("lateItems") }),
  /** So many of those who have a vote are there. */
  z.strictObject({ ...about, kind: z.literal("quorum"), share }),
  /** Somebody of each of these is there. */
  z.strictObject({ ...about, kind: z.literal("parties"), parties: z.array(z.enum(parties)).min(1) }),
  /** The body has so many members. */
  z
    .strictObject({ ...about, kind: z.literal("members"), least: figure(1, 999), most: figure(1, 999), odd: z.boolean() })
    .refine((r) => r.least <= r.most, { error: "membersTurned", path: ["most"] }),
  /** A vote carries with this share of those present, of all who have a vote, or of the votes for and against. */
  z.strictObject({ ...about, kind: z.literal("pass"), share: majority, base: z.enum(["present", "all", "cast"]) }),
  /** How a decision may come about. */
  z.strictObject({ ...about, kind: z.literal("methods"), methods: z.array(z.enum(["consensus", "showOfHands", "rollCall", "chairsResolution"])).min(1) }),
  /** It advises: nothing is decided here. */
  z.strictObject({ ...about, kind: z.literal("advises") }),
  /** So many who cannot come may be represented by one who does, by their written word; none at 0. Only within their party, where it says so. */
  z.strictObject({ ...about, kind: z.literal("proxies"), most: figure(0, 9), sameParty: z.boolean() }),
  /** What is decided holds only if a regular meeting adopts it within so many days. */
  z.strictObject({ ...about, kind: z.literal("ratify"), days: figure(1, 90) }),
  /** What is decided is posted for so many days, for everybody to object. */
  z.strictObject({ ...about, kind: z.literal("post"), days: figure(1, 90) }),
  /** Who signs the minutes. */
  z.strictObject({ ...about, kind: z.literal("sign"), who: z.enum(["chairAndRecorder", "everybodyPresent"]) }),
]);
export type Rule = z.infer<typeof rule>;
export const ruleKinds: readonly string[] = rule.options.map((option) => option.shape.kind.value);
export type RuleKind = Rule["kind"];
type RuleOf<K extends RuleKind> = Extract<Rule, { kind: K }>;

const stage = z
  .strictObject({
    code,
    title: text,
    /** The kinds of bodies that may hold it. None: it is no meeting, and passes when its notice has been posted. */
    bodies: z.array(z.enum(bodyKinds)),
    /** Its regular meetings follow this procedure unless another is chosen. */
    usual: z.boolean().default(false),
    rules: z.array(rule).min(1),
  })
  .refine((s) => new Set(s.rules.map((r) => r.id)).size === s.rules.length, { error: "ruleTwice", path: ["rules"] })
  .refine((s) => new Set(s.rules.map((r) => r.kind)).size === s.rules.length, { error: "kindTwice", path: ["rules"] })
  .refine((s) => s.bodies.length > 0 || s.rules.some((r) => r.kind === "post"), { error: "postMissing", path: ["rules"] });
export type Stage = z.infer<typeof stage>;

/** A whole procedure, as its file or a community's copy has it. Each version is written once and never changed. */
export const procedureSchema = z
  .strictObject({
    code,
    version: figure(1, 9999),
    title: text,
    about: text,
    /** Its stages are one matter's way, in this order; otherwise each is a meeting of its own. */
    course: z.boolean().default(false),
    stages: z.array(stage).min(1),
  })
  .refine((p) => new Set(p.stages.map((s) => s.code)).size === p.stages.length, { error: "stageTwice", path: ["stages"] });
export type Procedure = z.infer<typeof procedureSchema>;

/** What holds for one meeting: the rules of one stage, as they were when it was called. */
export type Terms = { procedure: string; version: number; stage: string; course: boolean; title: { zh: string; en: string }; rules: readonly Rule[] };

/** What a meeting under this stage goes by. */
export function termsOf(procedure: Procedure, at: Stage): Terms {
  const one = procedure.stages.length === 1;
  const joined = (locale: "zh" | "en") => (one ? procedure.title[locale] : `${procedure.title[locale]}${locale === "zh" ? "·" : ": "}${at.title[locale]}`);
  return {
    procedure: procedure.code,
    version: procedure.version,
    stage: at.code,
    course: procedure.course,
    title: { zh: joined("zh"), en: joined("en") },
    rules: at.rules,
  };
}

/** "procedure/stage": how a form or an address names a stage. */
export const stageKey = (procedure: Pick<Procedure, "code">, at: Pick<Stage, "code">): string => `${procedure.code}/${at.code}`;

/** The one rule of a kind there may be. */
export function ruleOf<K extends RuleKind>(terms: Pick<Terms, "rules">, kind: K): RuleOf<K> | null {
  return (terms.rules.find((r) => r.kind === kind) as RuleOf<K> | undefined) ?? null;
}

/** The rule as a sentence, its figures filled in. */
export function sentence(rule: Rule, locale: "zh" | "en"): string {
  const figures = new Map<string, unknown>(Object.entries({ ...("share" in rule ? rule.share : {}), ...rule }));
  return rule.text[locale].replace(/\{(\w+)\}/g, (whole, name: string) => (figures.has(name) ? String(figures.get(name)) : whole));
}

/** A refusal that quotes the rule it comes from, in both languages; the words shown choose. */
export function refuseBy(rule: Rule | null, code: string, params: Record<string, string | number> = {}, field?: string): Refused {
  const quoted: Record<string, string | number> = rule
    ? { ruleZh: `${rule.id} ${sentence(rule, "zh")}`, ruleEn: `${rule.id} ${sentence(rule, "en")}`, sourceZh: rule.source.zh, sourceEn: rule.source.en }
    : {};
  return refuse(code, { ...params, ...quoted }, field);
}

/** Whether `count` of `whole` is the share: by cross-multiplication, never by division. */
export const reaches = ({ numerator, denominator, strict }: Share, count: number, whole: number): boolean =>
  strict ? count * denominator > whole * numerator : count * denominator >= whole * numerator;

/** The fewest of `whole` that are the share. */
export function fewest({ numerator, denominator, strict }: Share, whole: number): number {
  const exact = whole * numerator;
  return strict ? Math.floor(exact / denominator) + 1 : Math.ceil(exact / denominator);
}

/** More than half of those present: what holds where a procedure says nothing else. */
export const plainMajority: Pick<RuleOf<"pass">, "share" | "base"> = { share: { numerator: 1, denominator: 2, strict: true }, base: "present" };
export const passOf = (terms: Pick<Terms, "rules">): Pick<RuleOf<"pass">, "share" | "base"> => ruleOf(terms, "pass") ?? plainMajority;

/**
 * Whether a decision may come about this way; refused with the rule. Where nothing is said about the ways but a majority
 * is asked for, the chair's word alone is none.
 */
export function mayDecideBy(terms: Pick<Terms, "rules">, method: Method): Refused | null {
  const advises = ruleOf(terms, "advises");
  if (advises) return refuseBy(advises, "decision.advisesOnly", {}, "outcome");
  const methods = ruleOf(terms, "methods");
  if (methods) return methods.methods.includes(method) ? null : refuseBy(methods, "decision.methodNotAllowed", { method }, "method");
  const pass = ruleOf(terms, "pass");
  return pass && method === "chairsResolution" ? refuseBy(pass, "decision.methodNotAllowed", { method }, "method") : null;
}

/** A body with too few, too many, or an even number of members where it must be odd. */
export function checkMembers(terms: Pick<Terms, "rules">, n: number): Refused | null {
  const members = ruleOf(terms, "members");
  return members && (n < members.least || n > members.most || (members.odd && n % 2 === 0)) ? refuseBy(members, "meeting.members", { n }) : null;
}

export type Figures = Readonly<Record<string, number>>;

/**
 * A community's own copy with other figures, named "stage/rule.figure" (days, numerator, denominator, least, most).
 * Refused: a figure the rule does not have or does not say, one out of its range, and one below the law the rule cites.
 */
export function withFigures(from: Procedure, own: { version: number }, figures: Figures): Outcome<Procedure> {
  const copy = structuredClone(from) as Procedure;
  copy.version = own.version;
  for (const [name, value] of Object.entries(figures)) {
    const rule = ruleAt(copy, name);
    const key = name.slice(name.lastIndexOf(".") + 1);
    const holder: Record<string, unknown> | null = !rule ? null : "share" in rule && (key === "numerator" || key === "denominator") ? rule.share : rule;
    if (!rule || !holder || typeof holder[key] !== "number" || !isSaid(rule, key)) return refuse("procedure.noSuchFigure", { name }, name);
    holder[key] = value;
  }
  // All of them first: half of a share's change may be no share.
  const checked = procedureSchema.safeParse(copy);
  if (checked.success) {
    const below = Object.keys(figures).find((name) => isBelowTheLaw(ruleAt(copy, name)));
    return below === undefined ? accept(copy) : refuseBy(ruleAt(from, below) ?? null, "procedure.belowTheLaw", { value: figures[below] ?? 0 }, below);
  }
  const wrong = checked.error.issues[0]?.path ?? [];
  const inRule = Object.keys(figures).filter((name) => ruleAt(copy, name) === copy.stages[Number(wrong[1])]?.rules[Number(wrong[3])]);
  const name = inRule.find((n) => n.endsWith(`.${String(wrong.at(-1))}`)) ?? inRule.at(-1) ?? "";
  const value = figures[name] ?? 0;
  const [, least, most] = /^range:(\d+)-(\d+)$/.exec(checked.error.issues[0]?.message ?? "") ?? [];
  if (least !== undefined && most !== undefined) return refuse("procedure.figureOutOfRange", { value, least, most }, name);
  if (checked.error.issues[0]?.message === "majority") return refuse("procedure.noMajority", {}, inRule[0] ?? name);
  return refuse("procedure.figuresDoNotFit", { value }, name);
}

/** A community keeps so many copies under names of its own. */
export const mostCopies = 30;

/**
 * A copy that stands beside the one it is of, under a name of its own, as version 1. It is nobody's usual one: whoever calls
 * a meeting or begins a course chooses it. Refused: a name another procedure has, and more copies than anybody can choose from.
 */
export function copyAs(
  from: Procedure,
  own: { code: string; title: Procedure["title"] },
  all: readonly (Pick<Procedure, "code" | "title"> & { own: boolean })[],
): Outcome<Procedure> {
  const name = (text: string) => text.replace(/\s+/gu, "").toLowerCase();
  for (const locale of ["zh", "en"] as const)
    if (all.some((p) => [name(p.title.zh), name(p.title.en)].includes(name(own.title[locale]))))
      return refuse("procedure.nameTaken", { name: own.title[locale] }, `as.${locale}`);
  if (all.filter((p) => p.own).length >= mostCopies) return refuse("procedure.tooManyCopies", { n: mostCopies });
  return accept({ ...structuredClone(from), ...own, version: 1, stages: from.stages.map((s) => ({ ...structuredClone(s), usual: false })) });
}

/** Whether a rule asks for less than the law it cites. */
function isBelowTheLaw(rule: Rule | undefined): boolean {
  const law = rule?.law;
  if (!rule || !law) return false;
  if ("days" in rule && rule.days < (law.days ?? 0)) return true;
  if ("share" in rule && law.numerator !== undefined && law.denominator !== undefined)
    return rule.share.numerator * law.denominator < law.numerator * rule.share.denominator;
  if (rule.kind === "members") return rule.least < (law.least ?? 0) || rule.most > (law.most ?? 999);
  return false;
}

/** Whether the rule's wording says this figure: one it does not say ("more than half") cannot change without making it untrue. */
const isSaid = (rule: Rule, key: string): boolean => rule.text.zh.includes(`{${key}}`) && rule.text.en.includes(`{${key}}`);

/** The rule a figure's name ("stage/rule.figure") means. */
function ruleAt(procedure: Procedure, name: string): Rule | undefined {
  const [stageCode = "", rest = ""] = name.split("/");
  return procedure.stages.find((s) => s.code === stageCode)?.rules.find((r) => r.id === rest.slice(0, rest.lastIndexOf(".")));
}

/** The figures of a stage's rules that a community may change, by the names `withFigures` takes. */
export function figuresOf(stageCode: string, rule: Rule): { name: string; key: string; value: number }[] {
  const own = Object.entries({ ...("share" in rule ? { numerator: rule.share.numerator, denominator: rule.share.denominator } : {}), ...rule });
  return own.flatMap(([key, value]) => (typeof value === "number" && isSaid(rule, key) ? [{ name: `${stageCode}/${rule.id}.${key}`, key, value }] : []));
}
