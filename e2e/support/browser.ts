import { existsSync } from 'node:fs';
import chromiumOfLinux from '@sparticuz/chromium';
import { type Browser, type BrowserContext, chromium } from 'playwright-core';

/** Flags that isolate Chromium: no sandbox (for containers), no GPU, no background requests. */
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Usual paths of Chrome or Chromium, for systems without the npm package. */
const usualPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  '/usr/bin/google-chrome',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
];

let browserPath: Promise<string> | undefined;

/** The path of a Chromium: CHROME_PATH, then the one from npm (Linux x64), then an installed one. */
export function findBrowser(): Promise<string> {
  browserPath ??= (async () => {
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
  return browserPath;
}

/** @param more further flags for Chromium */
export async function launchBrowser(more: readonly string[] = []): Promise<Browser> {
  return await chromium.launch({ executablePath: await findBrowser(), args: [...args, ...more] });
}

/** A browser whose storage persists in a folder after it is closed. */
export async function launchPersistent(folder: string): Promise<BrowserContext> {
  return await chromium.launchPersistentContext(folder, {
    executablePath: await findBrowser(),
    args,
  });
}
