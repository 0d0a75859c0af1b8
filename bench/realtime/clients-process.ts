// A process full of clients, which does what its parent asks and answers with the outcome.
import { type Commands, commands } from "./crowd.js";

export type Call = { id: number; name: keyof Commands; argument: unknown };
export type Reply = { id: number; value?: unknown; error?: string };

const answer = (reply: Reply) => process.send?.(reply);

process.on("message", async ({ id, name, argument }: Call) => {
  try {
    answer({ id, value: await (commands[name] as (argument: unknown) => unknown)(argument) });
  } catch (error) {
    answer({ id, error: String(error) });
  }
});
process.on("disconnect", () => process.exit());
