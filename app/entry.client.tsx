// Only pages that ask for it (handle.hydrate) load this: the others are plain documents.
import { RemixBrowser } from "@remix-run/react";
import { startTransition } from "react";
import { hydrateRoot } from "react-dom/client";
import { learn } from "./i18n/languages.browser";

learn(document.documentElement.lang === "en" ? "en" : "zh-CN").then(() => startTransition(() => void hydrateRoot(document, <RemixBrowser />)));
