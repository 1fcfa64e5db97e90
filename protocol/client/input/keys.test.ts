import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { guardComposition, isComposition, type Press } from './keys.ts';

const root = join(import.meta.dirname, '../../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

/** A press as the browser reports it, on a page that is guarded. */
function pressed({ key, isComposing = false, keyCode = 0 }: Partial<Press> & { key: string }) {
  const page = new EventTarget();
  const heard = vi.fn();
  const press = { key, isComposing, keyCode };
  guardComposition({
    addEventListener: (type, guard, capture) =>
      page.addEventListener(type, (event) => guard(Object.assign(event, press)), capture),
  });
  page.addEventListener('keydown', heard);
  const event = new Event('keydown', { cancelable: true });
  page.dispatchEvent(event);
  return { heard: heard.mock.calls.length === 1, prevented: event.defaultPrevented };
}

describe('keys during a composition', () => {
  it('V16, A12: end the composition only, in Safari too', () => {
    for (const composing of [
      { isComposing: true, keyCode: 13 },
      { isComposing: true, keyCode: 229 },
      { isComposing: false, keyCode: 229 },
    ]) {
      expect(isComposition(composing)).toBe(true);
      for (const key of ['Enter', 'Escape'])
        expect(pressed({ key, ...composing })).toEqual({ heard: false, prevented: true });
      for (const key of ['Tab', 'ArrowDown', 'ArrowUp', 'ArrowLeft', 'Process', 'k'])
        expect(pressed({ key, ...composing })).toEqual({ heard: false, prevented: false });
    }
  });

  it('are left alone once it has ended', () => {
    for (const key of ['Enter', 'Escape', 'Tab', 'ArrowDown', 'a'])
      expect(pressed({ key, isComposing: false, keyCode: 13 })).toEqual({
        heard: true,
        prevented: false,
      });
    // Browsers that fill in a form report a press without a key.
    expect(pressed({ key: '' })).toEqual({ heard: true, prevented: false });
  });
});

/**
 * What holds the rule for each key handler, those of tomorrow included: both apps guard the window
 * before they draw, so that no handler has to ask, and none may listen where the guard cannot stop it.
 */
describe('V16, A12: the rule in both apps', () => {
  const sources = ['admin', 'widget'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
      .map((file) => `${folder}/${file}`),
  );

  it.each(['admin/main.tsx', 'widget/frame/index.tsx'])('%s guards its window', (file) => {
    expect(read(file)).toMatch(/^guardComposition\(window\);$/m);
  });

  it('nothing listens to keys before the guard does, or to those it does not see', () => {
    expect(sources.length).toBeGreaterThan(200);
    // It listens on the window after the guard has begun to, and is told nothing that the guard
    // stops (hold-keys.test.tsx).
    const later = ['admin/features/palette/hold-keys.ts'];
    expect(sources).toEqual(expect.arrayContaining(later));
    const early = sources.filter((file) => {
      if (later.includes(file)) return false;
      const code = read(file);
      return (
        /addEventListener\(\s*'key\w+'[^;]*,\s*(?:true|\{[^}]*capture)/.test(code) ||
        /\boncapture:key|'key(?:up|press)'|\bon:?key(?:up|press)\b/i.test(code)
      );
    });
    expect(early).toEqual([]);
  });

  it('no handler has a rule of its own', () => {
    const own = sources.filter((file) => /\bisComposing\b|\bkeyCode\b|\b229\b/.test(read(file)));
    expect(own).toEqual([]);
  });
});
