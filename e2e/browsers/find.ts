import { existsSync } from 'node:fs';
import { startFirefox } from './firefox.ts';
import { startOverHttp } from './over-http.ts';
import type { Remote } from './webdriver.ts';

/** A browser's settings, applied before it starts. */
export type Manner = 'usual' | 'dark' | 'no storage';

export type Start = (manner: Manner) => Promise<Remote>;

type Browser = {
  name: string;
  /** How to install it if it was not found. */
  missing: string;
  /** Undefined if it was not found. */
  start: Start | undefined;
};

/** A headless Firefox reports no mouse in media queries. */
const MOUSE = { 'ui.primaryPointerCapabilities': 6, 'ui.allPointerCapabilities': 6 };
const FIREFOX_PREFS: Record<Manner, Record<string, string | number | boolean>> = {
  usual: MOUSE,
  dark: { ...MOUSE, 'ui.systemUsesDarkTheme': 1 },
  'no storage': { ...MOUSE, 'dom.storage.enabled': false, 'network.cookie.cookieBehavior': 2 },
};

const find = (given: string | undefined, usual: readonly string[]) =>
  (given ? [given] : usual).find(existsSync);

/** The installed browsers besides Chromium. */
export function findBrowsers(): Browser[] {
  const firefox = find(process.env.FIREFOX_PATH, [
    '/usr/bin/firefox',
    '/usr/bin/firefox-esr',
    '/Applications/Firefox.app/Contents/MacOS/firefox',
    'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
  ]);
  const display = process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY;
  const driver = find(process.env.WEBKIT_DRIVER_PATH, ['/usr/bin/WebKitWebDriver']);
  const miniBrowser = find(process.env.MINIBROWSER_PATH, [
    '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser',
  ]);
  return [
    {
      name: 'Firefox',
      missing: 'FIREFOX_PATH says where it is; Debian has it in firefox-esr.',
      start: firefox ? (manner) => startFirefox(firefox, FIREFOX_PREFS[manner]) : undefined,
    },
    {
      name: 'WebKitGTK',
      missing: 'Debian has it in webkit2gtk-driver; without a screen, xvfb-run gives it one.',
      start:
        display && driver && miniBrowser
          ? (manner) => startWebKit(driver, miniBrowser, manner)
          : undefined,
    },
  ];
}

function startWebKit(driver: string, miniBrowser: string, manner: Manner): Promise<Remote> {
  const args = ['--automation'];
  if (manner === 'no storage')
    args.push('--enable-html5-local-storage=false', '--cookies-policy=never');
  const env = { ...process.env, ...(manner === 'dark' && { GTK_THEME: 'Adwaita:dark' }) };
  const options = { binary: miniBrowser, args };
  return startOverHttp(
    driver,
    { browserName: 'MiniBrowser', 'webkitgtk:browserOptions': options },
    env,
  );
}
