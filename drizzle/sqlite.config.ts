import { defineConfig } from 'drizzle-kit';

/** For `npm run db:generate`, which writes the migrations of both databases. */
export default defineConfig({
  dialect: 'sqlite',
  schema: './drizzle/schema.sqlite.cjs',
  out: './drizzle/sqlite',
});
