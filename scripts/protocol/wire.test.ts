import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pageOfEvents, wire } from './derived.ts';
import { listOfEvents } from './list.ts';

/**
 * What goes over the sockets, as one number. A change of any frame changes it: then say in
 * `version.ts` what was changed (an event needs no word there), raise PROTOCOL where an older browser
 * would not survive it, and run `npm run protocol`.
 */
test('the wire has not changed without its version', () => {
  const [file, text] = wire();
  expect(read(file)).toBe(text);
});

test.each([
  ['the list of events', listOfEvents],
  ['the tables of events in the docs', pageOfEvents],
])('%s is what npm run protocol writes', (_, derived) => {
  const [file, text] = derived();
  expect(read(file)).toBe(text);
});

function read(file: string): string {
  return readFileSync(join(import.meta.dirname, '..', '..', file), 'utf8');
}
