import { expect, test } from 'vitest';
import { type Wrapping, wrapped } from './wrapping.ts';

/** The text after a button was pressed; ‹ and › are the selection before and after. */
function press(marked: string, wrapping: Wrapping): string {
  const start = marked.indexOf('‹');
  const text = marked.replace(/[‹›]/g, '');
  const { from, to, text: put, select } = wrapped(text, start, marked.indexOf('›') - 1, wrapping);
  const after = text.slice(0, from) + put + text.slice(to);
  return `${after.slice(0, select[0])}‹${after.slice(...select)}›${after.slice(select[1])}`;
}

test.each<[Wrapping, string, string]>([
  ['bold', 'a ‹word› b', 'a *‹word›* b'],
  ['bold', 'a *‹word›* b', 'a ‹word› b'],
  ['italic', 'a ‹›', 'a _‹›_'],
  ['bold', '‹word ›b', '*‹word›* b'],
  ['code', '‹x = 1›', '`‹x = 1›`'],
  ['code', 'see ‹a\nb› end', 'see \n```\n‹a\nb›\n```\n end'],
  ['list', 'one\nt‹wo\nthr›ee\nfour', 'one\n- two\n- three‹›\nfour'],
  ['list', '‹- one\n- two›', 'one\ntwo‹›'],
  ['link', 'the ‹docs›', 'the [docs](‹https://›)'],
  ['link', '‹https://a.b›', '[‹›](https://a.b)'],
])('%s makes of %j %j', (wrapping, before, after) => {
  expect(press(before, wrapping)).toBe(after);
});
