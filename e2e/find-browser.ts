import { findBrowser } from './support/browser.ts';

/**
 * Finds the browser before the tests run in parallel: the browser from npm is unpacked at its first use,
 * and two processes must not do that at once.
 */
await findBrowser();
