import { defineConfig } from 'drizzle-kit';

/** `npx drizzle-kit generate --config drizzle/sqlite.config.ts --name what_changes` writes a migration. */
export default defineConfig({
  dialect: 'sqlite',
  schema: './drizzle/schema.sqlite.cjs',
  out: './drizzle/sqlite',
});
