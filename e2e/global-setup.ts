import type { TestProject } from 'vitest/node';
import { build } from './support/build.ts';
import type { Built } from './support/built.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** What Foyer starts on: what was built for all files of a run, or a Postgres at an address. */
    foyer: Built | { postgres: string };
  }
}

export default function globalSetup(project: TestProject): () => void {
  const { built, dispose } = build();
  project.provide('foyer', built);
  return dispose;
}
