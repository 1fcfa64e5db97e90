import { env } from 'cloudflare:workers';
import { Connection } from '../database/postgres.ts';
import { empty } from './empty.ts';

/** Gives each file empty objects, an empty bucket and an empty database. */

if (!env.HYPERDRIVE) throw new Error('These tests are for Postgres.');
await empty();
const connection = new Connection(env.HYPERDRIVE, false);
await connection.query(
  `DO $$ BEGIN EXECUTE (
     SELECT 'TRUNCATE ' || string_agg(quote_ident(tablename), ', ') FROM pg_tables
     WHERE schemaname = 'public' AND tablename <> 'foyer_migrations'
   ); END $$`,
);
