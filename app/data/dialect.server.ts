// Kysely on better-sqlite3 without its mutex and its per-query prepare: the writer's queue already serialises
// writes, and a read is one synchronous call.
import type Database from "better-sqlite3";
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  Kysely,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from "kysely";
import type { DB } from "./generated/types";

class Connection implements DatabaseConnection {
  private readonly statements = new Map<string, Database.Statement>();
  constructor(private readonly sqlite: Database.Database) {}

  executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    try {
      return Promise.resolve(this.run<R>(query));
    } catch (error) {
      return Promise.reject(error);
    }
  }

  /** One statement, now: SQLite answers before anybody else gets a turn. */
  run<R>({ sql, parameters }: Pick<CompiledQuery, "sql" | "parameters">): QueryResult<R> {
    let statement = this.statements.get(sql);
    if (!statement) {
      statement = this.sqlite.prepare(sql);
      // Lists of ids make endless different texts; the hot ones come back soon enough.
      if (this.statements.size >= 500) this.statements.clear();
      this.statements.set(sql, statement);
    }
    if (statement.reader) return { rows: statement.all(...parameters) as R[] };
    const { changes, lastInsertRowid } = statement.run(...parameters);
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
  }

  async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    for (const row of this.sqlite.prepare(query.sql).iterate(...query.parameters)) yield { rows: [row as R] };
  }
}

class OneConnection implements Driver {
  constructor(
    private readonly sqlite: Database.Database,
    private readonly connection: Connection,
  ) {}
  init = async () => {};
  acquireConnection = async () => this.connection;
  releaseConnection = async () => {};
  beginTransaction = () => this.noTransaction();
  commitTransaction = () => this.noTransaction();
  rollbackTransaction = () => this.noTransaction();
  destroy = async () => {
    this.sqlite.close();
  };
  private noTransaction(): Promise<void> {
    throw new Error("Transactions belong to the writer's queue: use store.write().");
  }
}

export type Db = Kysely<DB>;

/** Kysely over an open connection. Values are TEXT and INTEGER only. */
export function kyselyOver(sqlite: Database.Database): Db {
  const connection = new Connection(sqlite);
  const dialect: Dialect = {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new OneConnection(sqlite, connection),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
  const db = new Kysely<DB>({ dialect });
  return Object.defineProperty(db, connectionKey, { value: connection });
}

// The server and the pages are two bundles with two copies of this file: what one opened the other must know.
const connectionKey = Symbol.for("yishi.connection");

/** Compiled queries go straight to their connection: Kysely's executor would cost as much again as running one. */
function connectionOf(db: Db): Connection {
  const connection = (db as Db & { [connectionKey]?: Connection })[connectionKey];
  if (!connection) throw new Error("This database was not opened by kyselyOver().");
  return connection;
}

type Compilable<R> = { compile(): CompiledQuery<R> };
class Hole {
  constructor(readonly name: string) {}
}

/**
 * A query compiled once and run with other values: building one costs more than running it.
 * `p("name")` marks where a value goes; it must stand where a value stands, never a column or a limit of the text.
 */
export function prepared<P extends Record<string, string | number | null>>() {
  return <R>(build: (db: Db, p: <K extends keyof P & string>(name: K) => P[K]) => Compilable<R>) => {
    let once: CompiledQuery<R> | undefined;
    return async (db: Db, values: P): Promise<R[]> => {
      once ??= build(db, (name) => new Hole(name) as never).compile();
      const parameters = once.parameters.map((value) => (value instanceof Hole ? values[value.name] : value));
      return connectionOf(db).run<R>({ sql: once.sql, parameters }).rows;
    };
  };
}

type Values = Record<string, unknown>;
type Versioned = { communityId: string; id: string; version: number };

/**
 * Inserts and updates of one table, compiled once for each set of columns. Values only: what a column is called never
 * comes from outside.
 */
export function rows(table: keyof DB) {
  const compiled = new Map<string, CompiledQuery>();
  const run = async (db: Db, shape: string, values: Values, build: (holes: Values) => Compilable<unknown>) => {
    const key = `${shape} ${Object.keys(values).join()}`;
    let query = compiled.get(key);
    if (!query) {
      query = build(Object.fromEntries(Object.keys(values).map((name) => [name, new Hole(name)]))).compile();
      compiled.set(key, query);
    }
    const parameters = query.parameters.map((value) => (value instanceof Hole ? values[value.name] : value));
    return connectionOf(db).run({ sql: query.sql, parameters });
  };
  async function insert(db: Db, row: object): Promise<void> {
    await run(db, "insert", row as Values, (holes) => db.insertInto(table).values(holes as never));
  }
  /** @returns how many rows fitted `where`. */
  async function update(db: Db, set: object, where: Values): Promise<number> {
    const sets = Object.fromEntries(Object.entries(set).map(([name, value]) => [`set ${name}`, value]));
    const result = await run(db, `update ${Object.keys(where).length}`, { ...sets, ...where }, (holes) => {
      let query = db.updateTable(table).set(Object.fromEntries(Object.keys(set).map((name) => [name, holes[`set ${name}`]])) as never);
      for (const name of Object.keys(where)) query = query.where(name as never, "=", holes[name] as never);
      return query;
    });
    return Number(result.numAffectedRows ?? 0n);
  }
  /**
   * Write a row over the one that was read: `row` where there was none, else `changing` of it, which is all of it if nothing
   * else is said. Throws when somebody else wrote in between: the version on disk is not `before`'s.
   */
  async function save<R extends Versioned>(db: Db, row: R, before: { version: number } | null, changing: object = row): Promise<void> {
    if (!before) return insert(db, row);
    const { communityId, id } = row;
    const found = await update(db, changing, { communityId, id, version: before.version });
    if (found !== 1) throw new Error(`${table} ${id} is not at version ${before.version} any more.`);
  }
  return { insert, update, save };
}
