import { defineConfig } from 'drizzle-kit';

/** `npm run db:generate:postgres -- --name what_changes` writes a migration. */
export default defineConfig({
  dialect: 'postgresql',
  schema: './drizzle/schema.postgres.cjs',
  out: './drizzle/postgres',
});
