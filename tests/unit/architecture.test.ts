// Who may import whom. A wrong arrow fails here, with the file and the import.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const sources = (dir: string): string[] =>
  readdirSync(join(root, dir), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(dir, name));

type Import = { from: string; to: string; type: boolean };

function importsOf(path: string): Import[] {
  const file = ts.createSourceFile(
    path,
    readFileSync(join(root, path), "utf8"),
    ts.ScriptTarget.Latest,
    true,
    path.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
  );
  const found: Import[] = [];
  const add = (to: string, type: boolean) =>
    found.push({ from: path, to: to.startsWith(".") ? relative(root, resolve(join(root, dirname(path)), to)) : to, type });
  const visit = (node: ts.Node): void => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) {
      const bindings = ts.isImportDeclaration(node) ? node.importClause?.namedBindings : undefined;
      const named = bindings && ts.isNamedImports(bindings) ? bindings.elements : undefined;
      const clause = ts.isImportDeclaration(node) ? node.importClause?.isTypeOnly : node.isTypeOnly;
      add(node.moduleSpecifier.text, Boolean(clause) || Boolean(named && named.length > 0 && named.every((e) => e.isTypeOnly)));
    }
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword && node.arguments[0] && ts.isStringLiteral(node.arguments[0]))
      add(node.arguments[0].text, false);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

const layer = (path: string): string =>
  path.startsWith("app/") ? (path.split("/").length > 2 ? (path.split("/")[1] ?? "") : "entry") : (path.split("/")[0] ?? "");
/** Where each layer's code may come from, besides packages. Types may come from a little further: they leave nothing behind. */
const allowed: Record<string, readonly string[]> = {
  domain: ["domain"],
  collab: ["collab", "domain"],
  calendar: ["calendar"],
  papers: ["papers", "domain", "i18n", "collab"],
  data: ["data", "domain", "papers"],
  commands: ["commands", "data", "domain", "papers"],
  views: ["views", "data", "domain", "collab", "papers"],
  i18n: ["i18n", "domain"],
  http: ["http", "commands", "views", "data", "domain", "i18n", "collab", "papers", "calendar"],
  work: ["work", "commands", "views", "data", "domain", "i18n", "papers", "collab"],
  components: ["components", "i18n", "collab", "domain", "views"],
  routes: ["routes", "components", "http", "commands", "views", "domain", "i18n", "collab", "papers", "styles"],
  enhance: ["enhance"],
  styles: ["styles"],
  entry: ["entry", "components", "http", "views", "i18n", "styles"],
  realtime: ["realtime", "collab", "commands", "views", "data", "domain"],
};
const typesOnly: Record<string, readonly string[]> = {
  domain: [],
  components: ["http", "views", "papers"],
  views: ["i18n"],
  i18n: ["domain", "views"],
  http: [],
  work: ["http"],
  data: [],
  commands: ["collab"],
  collab: [],
};

const code = [...sources("app"), ...sources("realtime")].filter((path) => !path.includes("/generated/"));
const all = code.flatMap(importsOf);

test("code imports downwards only", () => {
  const wrong = all
    .filter(({ to }) => to.startsWith("app/") || to.startsWith("realtime/"))
    .filter(({ from, to, type }) => !(allowed[layer(from)] ?? []).includes(layer(to)) && !(type && (typesOnly[layer(from)] ?? []).includes(layer(to))))
    .map(({ from, to }) => `${from} → ${to}`);
  expect(wrong).toEqual([]);
});
test("the domain knows nothing but zod", () => {
  expect(
    all.filter(({ from, to }) => layer(from) === "domain" && !to.startsWith("app/domain") && to !== "zod").map(({ from, to }) => `${from} → ${to}`),
  ).toEqual([]);
});
test("only the data layer and the update log know the database", () => {
  const knows = all.filter(({ to }) => to === "kysely" || to === "better-sqlite3").map(({ from }) => from);
  expect([...new Set(knows)].filter((from) => layer(from) !== "data" && !["realtime/sqlite-log.ts", "realtime/shelf.ts"].includes(from))).toEqual([]);
});
test("only the calendar layer writes iCalendar, and nothing of ours expands rules by a library", () => {
  const knows = all.filter(({ to }) => to === "ical-generator" || to === "ical.js").map(({ from, to }) => `${layer(from)} → ${to}`);
  expect([...new Set(knows)]).toEqual(["calendar → ical-generator"]);
});
test("components take only types from the server", () => {
  const wrong = all.filter(
    ({ from, to, type }) => layer(from) === "components" && !type && (to.endsWith(".server") || (layer(to) === "views" && !to.endsWith("/filters"))),
  );
  expect(wrong.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
});
test("the page of the minutes, which runs in the browser, brings no forms of input with it: they are the server's", () => {
  const reached = new Set<string>();
  const visit = (from: string): void => {
    if (reached.has(from)) return;
    reached.add(from);
    // Loaders, and what only they need, stay on the server.
    for (const { to, type } of all.filter((each) => each.from === from))
      if (!type && /^(components|domain|i18n|collab)$/.test(layer(to))) for (const end of [".ts", ".tsx"]) if (code.includes(to + end)) visit(to + end);
  };
  for (const begin of ["app/root.tsx", "app/entry.client.tsx", "app/routes/meetings.$id.minutes.tsx"]) visit(begin);
  expect(reached.size).toBeGreaterThan(20);
  expect([...reached].filter((path) => all.some(({ from, to, type }) => from === path && to === "zod" && !type))).toEqual([]);
});
test("only the minutes' editor loads Tiptap, Yjs and ProseMirror in the browser", () => {
  const heavy = /^(@tiptap\/|yjs$|y-|prosemirror|lib0)/;
  const wrong = all.filter(
    ({ from, to, type }) =>
      !type && heavy.test(to) && !from.startsWith("app/collab/") && !/^app\/components\/minutes\/(editor|live)\.tsx?$/.test(from) && layer(from) !== "realtime",
  );
  expect(wrong.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
});
