// Hocuspocus with its Database extension over SQLite, everything else as it comes.
import { join } from "node:path";
import { Database as Storage } from "@hocuspocus/extension-database";
import { Server } from "@hocuspocus/server";
import Database from "better-sqlite3";

const db = new Database(join(process.env.DATA, "documents.sqlite"));
db.exec("CREATE TABLE IF NOT EXISTS documents (name TEXT PRIMARY KEY, data BLOB NOT NULL)");
const read = db.prepare("SELECT data FROM documents WHERE name = ?").pluck();
const write = db.prepare("INSERT INTO documents (name, data) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET data = excluded.data");

const server = new Server({
  address: "127.0.0.1",
  port: Number(process.env.PORT),
  quiet: true,
  extensions: [
    new Storage({
      fetch: async ({ documentName }) => read.get(documentName) ?? null,
      store: async ({ documentName, state }) => {
        write.run(documentName, state);
      },
    }),
  ],
});
await server.listen();
