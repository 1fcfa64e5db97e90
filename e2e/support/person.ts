import type { BrowserContext, Page } from 'playwright-core';
import { type Problems, watchProblems } from './problems.ts';

/** A person with their own browser context: separate cookies, storage and cache. */
export type Person = { context: BrowserContext; page: Page; problems: Problems };

/** Watches a context and opens its first page. */
export async function meet(context: BrowserContext): Promise<Person> {
  // A busy machine may be slow.
  context.setDefaultTimeout(30_000);
  // Playwright sees into open shadow roots only, and the launcher's is closed.
  await context.addInitScript(() => {
    const attach = Element.prototype.attachShadow;
    Element.prototype.attachShadow = function (options) {
      return attach.call(this, { ...options, mode: 'open' });
    };
  });
  const problems = watchProblems(context);
  const page = context.pages()[0] ?? (await context.newPage());
  return { context, page, problems };
}
