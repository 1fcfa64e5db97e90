import type { BrowserContext, Page } from 'playwright-core';

/** Collects what went wrong in the pages of a context: exceptions, and errors on the console. */
export type Problems = {
  found(): string[];
  /** Expects errors that match, as a test that cuts the network has to. */
  allow(pattern: RegExp): void;
};

export function watchProblems(context: BrowserContext): Problems {
  const problems: string[] = [];
  const allowed: RegExp[] = [];
  const watch = (page: Page) => {
    page.on('pageerror', (error) => problems.push(error.stack ?? error.message));
    page.on('console', (message) => {
      if (message.type() !== 'error') return;
      problems.push(`${message.text()} (${message.location().url})`);
    });
  };
  context.pages().forEach(watch);
  context.on('page', watch);
  return {
    found: () => problems.filter((problem) => !allowed.some((pattern) => pattern.test(problem))),
    allow: (pattern) => allowed.push(pattern),
  };
}
