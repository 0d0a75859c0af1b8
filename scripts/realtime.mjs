// The live-document server in a process of its own; realtime/main.ts says what it takes. One process, so that whoever
// started it can also end it.
import { register } from "tsx/esm/api";
import { dependencies } from "./ready.mjs";

dependencies();
register();
await import("../realtime/main.ts");
