import { env } from 'cloudflare:workers';
import { postgresTables, sqliteTables, type Tables } from '../../drizzle/dialects.ts';

/**
 * Which database this installation uses. The bindings choose: DB is D1, HYPERDRIVE is Postgres, and
 * there must be exactly one of them. Known from the moment the Worker starts, as the tables are.
 */

export const databaseKind: 'd1' | 'postgres' = env.HYPERDRIVE ? 'postgres' : 'd1';

/**
 * The tables that all queries name. A store takes those that it is about:
 * `const { labels } = tables;`
 */
export const tables: Tables = databaseKind === 'postgres' ? postgresTables : sqliteTables;
