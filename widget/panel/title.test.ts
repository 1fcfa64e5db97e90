import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createTitle } from './title.ts';

let title = '';
let change = () => {};
let writes = 0;

beforeEach(() => {
  writes = 0;
  vi.useFakeTimers();
  vi.stubGlobal('document', {
    head: {},
    get title() {
      return title.trim();
    },
    set title(text: string) {
      title = text;
      writes += 1;
      change();
    },
  });
  vi.stubGlobal(
    'MutationObserver',
    class {
      private readonly listener: () => void;
      constructor(listener: () => void) {
        this.listener = listener;
      }
      observe() {
        change = this.listener;
      }
      disconnect() {
        change = () => {};
      }
    },
  );
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** The page sets its title. */
function name(text: string): void {
  title = text;
  change();
  vi.runAllTimers();
}

describe('V7: only our own count is removed from the title', () => {
  test.each(['(2) Inbox - Forum', '(9+) Chat', '(1)', '', 'A shop'])('of %j', (own) => {
    title = own;
    const { count, own: ownTitle } = createTitle();
    count('');
    expect(writes).toBe(0);
    count('2');
    expect(document.title).toBe(`(2) ${own}`.trim());
    expect(ownTitle()).toBe(own);
    count('9+');
    expect(document.title).toBe(`(9+) ${own}`.trim());
    count('');
    expect(document.title).toBe(own);
  });

  test('a page that changes its title keeps our count and its own', () => {
    title = '(2) Inbox';
    const { count, own } = createTitle();
    count('2');
    for (const next of ['(2) Sent', '(3) Sent', 'Sent', '', '(2) (2) Sent', '(4) Sent']) {
      name(next);
      expect(document.title.startsWith('(2)')).toBe(true);
    }
    expect([document.title, own()]).toEqual(['(2) (4) Sent', '(4) Sent']);
    // The page builds the new title from the current one.
    name(document.title.replace('Sent', 'Spam'));
    expect(own()).toBe('(4) Spam');
    count('');
    expect(document.title).toBe('(4) Spam');
    name('Afterwards');
    expect(document.title).toBe('Afterwards');
  });

  test('a page that insists on its title is not overwritten each time', () => {
    title = 'Mine';
    const { count } = createTitle();
    count('1');
    writes = 0;
    for (let turn = 0; turn < 50; turn += 1) {
      title = 'Mine';
      change();
      vi.advanceTimersByTime(10);
    }
    expect(writes).toBeLessThanOrEqual(3);
    count('');
    vi.runAllTimers();
    expect(document.title).toBe('Mine');
  });
});
