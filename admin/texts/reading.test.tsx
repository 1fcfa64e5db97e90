import { expect, test, vi } from 'vitest';

/** The texts that were read while the modules loaded. */
const read = vi.hoisted((): string[] => []);

vi.mock('./languages/part.ts', () => ({
  part: (name: string, texts: object) =>
    new Proxy(texts, {
      get(target, text, receiver) {
        read.push(`${name}.${String(text)}`);
        return Reflect.get(target, text, receiver);
      },
    }),
  translate: () => undefined,
}));

test('no module reads a text while it loads, since the language may not be there yet', async () => {
  const modules = import.meta.glob<unknown>([
    '../**/*.{ts,tsx}',
    '!../main.tsx',
    '!../test/**',
    '!../**/*.test.{ts,tsx}',
  ]);
  const loaded = await Promise.all(Object.values(modules).map((load) => load()));
  expect(loaded.length).toBeGreaterThan(200);
  expect(read).toEqual([]);
});
