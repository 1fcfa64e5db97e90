import type { TestProject } from 'vitest/node';
import provideDatabase from '../scripts/postgres/test-server.ts';

/** The same journey on Postgres: `npm start` migrates it and loads the demo data. */
export default async function globalSetup(project: TestProject): Promise<() => Promise<void>> {
  return provideDatabase({
    provide: (_, postgres) => project.provide('foyer', { postgres }),
  });
}
