import { defineConfig } from 'drizzle-kit';

/** For `npm run db:generate`, which writes the migrations of both databases. */
export default defineConfig({
  dialect: 'postgresql',
  schema: './drizzle/schema.postgres.cjs',
  out: './drizzle/postgres',
});
