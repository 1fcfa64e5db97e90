import { afterEach, beforeEach, expect, test, vi } from 'vitest';

/** What /admin answers now; null where it cannot be reached. */
let page: string | null;
let listeners: Map<string, () => void>;

beforeEach(() => {
  vi.useFakeTimers();
  vi.resetModules();
  page = '<script type="module" src="/assets/index-old.js"></script>';
  listeners = new Map();
  vi.stubGlobal('addEventListener', (type: string, heard: () => void) =>
    listeners.set(type, heard),
  );
  vi.stubGlobal('document', {
    querySelector: () => ({ getAttribute: () => '/assets/index-old.js' }),
  });
  vi.stubGlobal('fetch', async () => {
    if (page === null) throw new TypeError('Failed to fetch');
    return new Response(page);
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A tab that has just loaded. */
async function open() {
  const version = await import('./new-version.ts');
  const { toasts } = await import('./toasts.ts');
  return { ...version, texts: () => toasts().map(({ text }) => text) };
}

const deploy = () => {
  page = '<script type="module" src="/assets/index-new.js"></script>';
};
const OFFER = ['A new version of Foyer is available. Drafts are saved.'];

test('O4: a socket that reopens after a deployment offers the new version in a toast that stays', async () => {
  const tab = await open();
  deploy();
  tab.lookAfterReconnect();
  await vi.advanceTimersByTimeAsync(0);
  expect(tab.texts()).toEqual([]);
  await vi.advanceTimersByTimeAsync(6 * 60_000);
  tab.lookAfterReconnect();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(tab.texts()).toEqual(OFFER);
});

test('O4: a missing part is explained by the new version only', async () => {
  const tab = await open();
  deploy();
  listeners.get('vite:preloadError')?.();
  await tab.tellUnloaded('Check your connection.');
  await vi.advanceTimersByTimeAsync(0);
  expect(tab.loading()).toBe('outdated');
  expect(tab.texts()).toEqual(OFFER);
});

test.each([
  ['offline', null],
  ['in the same version', '<script type="module" src="/assets/index-old.js"></script>'],
])('a part that cannot be loaded %s is told as such', async (_, answered) => {
  const tab = await open();
  page = answered;
  listeners.get('vite:preloadError')?.();
  await tab.tellUnloaded('Check your connection.');
  await vi.advanceTimersByTimeAsync(0);
  expect(tab.loading()).toBe('failed');
  expect(tab.texts()).toEqual(['Check your connection.']);
});
