// Prisma's model tools without its native engine: types, new migrations, and whether all three agree.
//   node scripts/prisma.mjs generate | migration NAME | check
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");
const schemaPath = join(root, "prisma/schema.prisma");
const migrationsDir = join(root, "prisma/migrations");
const typesPath = join(root, "app/data/generated/types.ts");
const lock = '# Written once; Prisma refuses another provider.\nprovider = "sqlite"\n';
const require = createRequire(import.meta.url);

/** Prisma's CLI wants a schema engine it would download. Nothing we ask of the CLI runs it, so any executable will do. */
function generate() {
  const scratch = mkdtempSync(join(tmpdir(), "yishi-prisma-"));
  const stub = join(scratch, "no-engine");
  writeFileSync(stub, "#!/bin/sh\nexit 1\n");
  chmodSync(stub, 0o755);
  try {
    execFileSync(join(root, "node_modules/.bin/prisma"), ["generate"], {
      cwd: root,
      stdio: ["ignore", "ignore", "inherit"],
      env: {
        ...process.env,
        PATH: `${join(root, "node_modules/.bin")}${delimiter}${process.env.PATH}`,
        PRISMA_SCHEMA_ENGINE_BINARY: process.env.PRISMA_SCHEMA_ENGINE_BINARY ?? stub,
        CHECKPOINT_DISABLE: "1",
        PRISMA_HIDE_UPDATE_MESSAGE: "1",
      },
    });
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** The SQL that leads from what the migrations give to what the schema says. Empty when they agree. */
async function difference() {
  const { PrismaBetterSqlite3 } = await import("@prisma/adapter-better-sqlite3");
  const { bindMigrationAwareSqlAdapterFactory } = await import("@prisma/driver-adapter-utils");
  const scratch = mkdtempSync(join(tmpdir(), "yishi-diff-"));
  try {
    const factory = new PrismaBetterSqlite3({ url: `file:${join(scratch, "scratch.db")}` });
    // The engine replays several statements as one; better-sqlite3 prepares one at a time.
    const asScripts = (connect) => async () => {
      const adapter = await connect();
      const executeRaw = adapter.executeRaw.bind(adapter);
      adapter.executeRaw = async (query) => {
        if (query.args.length > 0) return executeRaw(query);
        await adapter.executeScript(query.sql);
        return 0;
      };
      return adapter;
    };
    factory.connect = asScripts(factory.connect.bind(factory));
    factory.connectToShadowDb = asScripts(factory.connectToShadowDb.bind(factory));

    const glue = await import("@prisma/schema-engine-wasm/schema_engine_bg");
    const bytes = readFileSync(join(require.resolve("@prisma/schema-engine-wasm"), "../schema_engine_bg.wasm"));
    const { instance } = await WebAssembly.instantiate(bytes, { "./schema_engine_bg.js": glue });
    glue.__wbg_set_wasm(instance.exports);
    instance.exports.__wbindgen_start();

    const content = readFileSync(schemaPath, "utf8");
    const files = [{ content, path: schemaPath }];
    const engine = await glue.SchemaEngine.new({ datamodels: [[schemaPath, content]] }, () => {}, bindMigrationAwareSqlAdapterFactory(factory));
    const names = existsSync(migrationsDir)
      ? readdirSync(migrationsDir)
          .filter((name) => /^\d{14}_/.test(name))
          .sort()
      : [];
    const result = await engine.diff({
      from: {
        tag: "migrations",
        baseDir: migrationsDir,
        lockfile: { path: "migration_lock.toml", content: lock },
        shadowDbInitScript: "",
        migrationDirectories: names.map((name) => ({
          path: name,
          migrationFile: { path: "migration.sql", content: { tag: "ok", value: readFileSync(join(migrationsDir, name, "migration.sql"), "utf8") } },
        })),
      },
      to: { tag: "schemaDatamodel", files },
      script: true,
      exitCode: true,
      filters: { externalTables: [], externalEnums: [] },
    });
    return result.exitCode === 0 ? "" : (result.stdout ?? "");
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function migration(name) {
  if (!/^[a-z0-9_]+$/.test(name ?? "")) throw new Error("Name the migration in lower case: npm run db:migration -- add_something");
  const sql = await difference();
  if (sql === "") return console.log("The migrations already give what prisma/schema.prisma says.");
  const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const dir = join(migrationsDir, `${stamp}_${name}`);
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, "migration.sql"), sql);
  writeFileSync(join(migrationsDir, "migration_lock.toml"), lock);
  console.log(`Wrote prisma/migrations/${stamp}_${name}/migration.sql. Read it before you commit it.`);
}

async function check() {
  const committed = existsSync(typesPath) ? readFileSync(typesPath, "utf8") : "";
  generate();
  if (readFileSync(typesPath, "utf8") !== committed) {
    writeFileSync(typesPath, committed);
    console.error("app/data/generated/types.ts is not what prisma/schema.prisma gives. Run `npm run db:generate` and commit it.");
    process.exitCode = 1;
  }
  const sql = await difference();
  if (sql !== "") {
    console.error(`prisma/migrations do not give what prisma/schema.prisma says. Run \`npm run db:migration -- NAME\`. Missing:\n${sql}`);
    process.exitCode = 1;
  }
  if (!process.exitCode) console.log("Schema, migrations and generated types agree.");
}

const [what, name] = process.argv.slice(2);
if (what === "generate") generate();
else if (what === "migration") await migration(name);
else if (what === "check") await check();
else throw new Error("Say what: generate, migration NAME, or check.");
