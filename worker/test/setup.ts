import { applyD1Migrations, type D1Migration } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import type { Env as Bindings } from '../env.ts';
import { empty } from './empty.ts';

declare global {
  namespace Cloudflare {
    /** What `env` of `cloudflare:workers` has in a test. */
    interface Env extends Omit<Bindings, 'DB'> {
      DB: D1Database;
      /** The files of drizzle/sqlite, read by vitest.config.ts. */
      MIGRATIONS: D1Migration[];
    }
    /** What `exports` of `cloudflare:workers` has: the Worker itself. */
    interface GlobalProps {
      mainModule: typeof import('../index.ts');
    }
  }
}

await empty();
await applyD1Migrations(env.DB, env.MIGRATIONS);
