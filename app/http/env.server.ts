// The environment, read once and checked. A wrong variable stops the start with one sentence.
import { resolve } from "node:path";
import { z } from "zod";

const flag = z
  .enum(["0", "1"], { error: "is 0 or 1" })
  .default("0")
  .transform((value) => value === "1");
const whole = (min: number, max: number) =>
  z.coerce
    .number({ error: `is a whole number from ${min} to ${max}` })
    .int({ error: `is a whole number from ${min} to ${max}` })
    .min(min, { error: `is a whole number from ${min} to ${max}` })
    .max(max, { error: `is a whole number from ${min} to ${max}` });

const variables = z.object({
  NODE_ENV: z.enum(["development", "production", "test"], { error: "is development, production or test" }).default("production"),
  HOST: z.string().min(1, { error: "is the address to listen on, for instance 127.0.0.1" }).default("127.0.0.1"),
  PORT: whole(0, 65_535).default(3000),
  DATA_DIR: z
    .string()
    .min(1, { error: "is the folder of the database and the photos" })
    .default("data/main")
    .transform((dir) => resolve(dir)),
  ORIGIN: z
    .string()
    .regex(/^https?:\/\/[^/\s]+$/, { error: "is the public address without a path, for instance https://yishi.example.cn" })
    .refine((text) => URL.canParse(text), { error: "is the public address without a path, for instance https://yishi.example.cn" })
    .optional(),
  LIVE_ORIGIN: z
    .string()
    .regex(/^wss?:\/\/[^/\s]+$/, { error: "is where browsers reach a live-document server of its own, for instance wss://yishi.example.cn:3001" })
    .optional(),
  METRICS_TOKEN: z.string().min(16, { error: "is a secret of at least 16 characters" }).optional(),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\/[^\s]+$/, { error: "is the mail server with its sign-in, for instance smtps://name:password@mail.example.cn" })
    .refine((text) => URL.canParse(text), { error: "is the mail server with its sign-in, for instance smtps://name:password@mail.example.cn" })
    .optional(),
  MAIL_FROM: z
    .string()
    .regex(/^[^\r\n]*[^\s@]+@[^\s@]+$/, { error: "is who mails come from, for instance yishi@example.cn" })
    .optional(),
  WORD_TEST_ORIGIN: z
    .string()
    .regex(/^https?:\/\/[^/\s]+$/, { error: "is where robots and pushes are tried out, for instance http://127.0.0.1:4000; never set it in earnest" })
    .optional(),
  SESSION_IDLE_MINUTES: whole(5, 525_600).default(10_080),
  TRUST_PROXY: whole(0, 10).default(0),
  DEMO: flag,
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "silent"], { error: "is fatal, error, warn, info, debug or silent" }).default("info"),
});

export type Env = z.infer<typeof variables>;

/**
 * The settings from the process's environment. Throws one sentence naming the variable and what it should be;
 * it never repeats the value, which may be a secret put in the wrong place.
 */
export function readEnv(source: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(
    Object.keys(variables.shape).flatMap((name) => (source[name] === undefined || source[name] === "" ? [] : [[name, source[name]]])),
  );
  const read = variables.safeParse(given);
  if (!read.success) {
    const issue = read.error.issues[0];
    throw new Error(`${String(issue?.path[0])} ${issue?.message}. Set it and start again; README.md lists the variables.`);
  }
  const env = read.data;
  if (env.NODE_ENV === "production" && !env.DEMO && env.ORIGIN === undefined && env.HOST !== "127.0.0.1" && env.HOST !== "localhost")
    throw new Error("ORIGIN is missing: a server others can reach must know its public address, for instance ORIGIN=https://yishi.example.cn.");
  if ((env.SMTP_URL === undefined) !== (env.MAIL_FROM === undefined))
    throw new Error("SMTP_URL and MAIL_FROM go together: the mail server, and the address its mails come from. Set both or neither.");
  // Browsers then come from another port than the page's: without the page's address the live server would refuse them all.
  if (env.LIVE_ORIGIN !== undefined && env.ORIGIN === undefined)
    throw new Error(
      "ORIGIN is missing: with LIVE_ORIGIN set, give both servers the public address of the pages, for instance ORIGIN=https://yishi.example.cn.",
    );
  return env;
}
