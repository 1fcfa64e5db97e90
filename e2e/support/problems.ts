import type { BrowserContext, Page } from 'playwright-core';

/** Collects exceptions and console errors of the pages of a context. */
export type Problems = {
  unexpected(): string[];
  /** Allows errors that match, for example in a test that cuts the network. */
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
    unexpected: () =>
      problems.filter((problem) => !allowed.some((pattern) => pattern.test(problem))),
    allow: (pattern) => allowed.push(pattern),
  };
}
