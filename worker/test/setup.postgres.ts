import { env } from 'cloudflare:workers';
import { Connection } from '../store/postgres.ts';

/** Gives each file the empty database that it has on D1: there is one Postgres for all of them. */

if (!env.HYPERDRIVE) throw new Error('These tests are for Postgres.');
const connection = new Connection(env.HYPERDRIVE, false);
await connection.query(
  `DO $$ BEGIN EXECUTE (
     SELECT 'TRUNCATE ' || string_agg(quote_ident(tablename), ', ') FROM pg_tables
     WHERE schemaname = 'public' AND tablename <> 'foyer_migrations'
   ); END $$`,
);
