import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { prepareLocal } from '../scripts/local/local.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    /**
     * What Foyer starts on: a folder of local state to copy, migrated and with the demo data, or a
     * Postgres at an address.
     */
    foyer: { template: string } | { postgres: string };
  }
}

export default function globalSetup(project: TestProject): () => void {
  const template = mkdtempSync(join(tmpdir(), 'foyer-e2e-template-'));
  prepareLocal(template);
  project.provide('foyer', { template });
  return () => rmSync(template, { recursive: true, force: true });
}
