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

  private run<R>({ sql, parameters }: CompiledQuery): QueryResult<R> {
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
  private readonly connection: Connection;
  constructor(private readonly sqlite: Database.Database) {
    this.connection = new Connection(sqlite);
  }
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
  const dialect: Dialect = {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new OneConnection(sqlite),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
  return new Kysely<DB>({ dialect });
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
      return (await db.executeQuery<R>({ ...once, parameters })).rows;
    };
  };
}
