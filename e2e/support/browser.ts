import { existsSync } from 'node:fs';
import chromiumOfLinux from '@sparticuz/chromium';
import { type Browser, type BrowserContext, chromium } from 'playwright-core';

/** What keeps Chromium to itself: no sandbox (containers), no GPU, no calls home. */
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Where Chrome or Chromium usually is, where npm brings none. */
const usualPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  '/usr/bin/google-chrome',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
];

let found: Promise<string> | undefined;

/** The path of a Chromium: CHROME_PATH, else the lockfile's (Linux x64), else an installed one. */
export function findBrowser(): Promise<string> {
  found ??= (async () => {
    if (process.env.CHROME_PATH) return process.env.CHROME_PATH;
    if (process.platform === 'linux' && process.arch === 'x64') {
      return await chromiumOfLinux.executablePath();
    }
    const place = usualPlaces.find(existsSync);
    if (place) return place;
    throw new Error(
      'The browser tests need Chrome or Chromium. Install one, or say where it is: ' +
        'CHROME_PATH=/path/to/chrome npm test',
    );
  })();
  return found;
}

/** `more`: flags of Chromium besides those that it always gets. */
export async function launchBrowser(more: readonly string[] = []): Promise<Browser> {
  return await chromium.launch({ executablePath: await findBrowser(), args: [...args, ...more] });
}

/** A browser whose storage stays in a folder, as a person's own does when it is closed. */
export async function launchPersistent(folder: string): Promise<BrowserContext> {
  return await chromium.launchPersistentContext(folder, {
    executablePath: await findBrowser(),
    args,
  });
}
