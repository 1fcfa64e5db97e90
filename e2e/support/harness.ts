import type { BrowserContextOptions } from 'playwright-core';
import { test as base, expect, inject } from 'vitest';
import { launchBrowser } from './browser.ts';
import { startBuilt } from './built.ts';
import { startFoyer } from './foyer.ts';
import { startHostSite } from './host-site.ts';
import { meet, type Person } from './person.ts';

/**
 * `foyer`: a server with new demo data, one per file. `site`: the customer's website, on another origin.
 * `browser`: one for all files. `person`: creates a person with storage of their own; unexpected errors in
 * their pages fail the test.
 */
export const test = base
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads a fixture's needs from it.
  .extend('foyer', { scope: 'file' }, async ({}, { onCleanup }) => {
    const given = inject('foyer');
    const foyer = await ('postgres' in given ? startFoyer(given) : startBuilt(given));
    onCleanup(foyer.dispose);
    return foyer;
  })
  .extend('site', { scope: 'file' }, async ({ foyer }, { onCleanup }) => {
    const site = await startHostSite(foyer.origin);
    onCleanup(site.dispose);
    return site;
  })
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads a fixture's needs from it.
  .extend('browser', { scope: 'worker' }, async ({}, { onCleanup }) => {
    const browser = await launchBrowser();
    onCleanup(() => browser.close());
    return browser;
  })
  .extend('person', async ({ browser }, { onCleanup }) => {
    const people: Person[] = [];
    onCleanup(async () => {
      for (const { context } of people) await context.close();
      expect(people.flatMap(({ problems }) => problems.unexpected())).toEqual([]);
    });
    return async (options?: BrowserContextOptions) => {
      const person = await meet(await browser.newContext(options));
      people.push(person);
      return person;
    };
  });
