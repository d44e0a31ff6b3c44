import type { Database, RunResult, Statement } from 'better-sqlite3';

/** A connection and what every query module needs of it. */
export interface Connection {
  readonly database: Database;
  readonly path: string;
  /** Called before each step of a change; tests end the process here. */
  readonly onStep: (step: string) => void;
  all<Row>(sql: string, ...parameters: readonly unknown[]): readonly Row[];
  get<Row>(sql: string, ...parameters: readonly unknown[]): Row | undefined;
  /** The one number a query gives; its statement is kept. */
  number(sql: string, ...parameters: readonly unknown[]): number | undefined;
  /** The numbers of the one column a query gives. */
  numbers(sql: string, ...parameters: readonly unknown[]): readonly number[];
  run(sql: string, ...parameters: readonly unknown[]): RunResult;
}

/** Wraps a database; statements that are run again and again are prepared once. */
export function connect(database: Database, path: string, onStep: (step: string) => void): Connection {
  const statements = new Map<string, Statement>();
  const numbers = new Map<string, Statement<unknown[], number>>();
  return {
    database,
    path,
    onStep,
    all: <Row>(sql: string, ...parameters: readonly unknown[]) =>
      database.prepare<unknown[], Row>(sql).all(...parameters),
    get: <Row>(sql: string, ...parameters: readonly unknown[]) =>
      database.prepare<unknown[], Row>(sql).get(...parameters),
    number(sql, ...parameters) {
      const statement = numbers.get(sql) ?? database.prepare<unknown[], number>(sql).pluck();
      numbers.set(sql, statement);
      return statement.get(...parameters);
    },
    numbers(sql, ...parameters) {
      const statement = numbers.get(sql) ?? database.prepare<unknown[], number>(sql).pluck();
      numbers.set(sql, statement);
      return statement.all(...parameters);
    },
    run(sql, ...parameters) {
      const writer = statements.get(sql) ?? database.prepare(sql);
      statements.set(sql, writer);
      return writer.run(...parameters);
    },
  };
}

/** A list as one parameter: `… IN (SELECT value FROM json_each(?))` has no limit on its length. */
export function asList(values: readonly (string | number)[]): string {
  return JSON.stringify(values);
}

/** The field where the column is not NULL. */
export function present<K extends string, V>(key: K, value: V | null): { readonly [P in K]?: V } {
  const fields: { [P in K]?: V } = {};
  if (value !== null) fields[key] = value;
  return fields;
}
