import { findBrowser } from './support/browser.ts';

/**
 * Finds the browser before the tests run side by side: the lockfile's is unpacked when it is first
 * asked for, and two processes that do so at once disturb each other.
 */
await findBrowser();
