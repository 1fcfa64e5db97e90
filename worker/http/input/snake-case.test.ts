import { expect, test } from 'vitest';
import { snakeCased } from './snake-case.ts';

test('the fields of a request have the names of the columns, and their values as they were', () => {
  const values: { accent: null; visitor_file_megabytes: number; translations: object } = snakeCased(
    { accent: null, visitorFileMegabytes: 5, translations: { deCH: { aB: 1 } } },
  );
  expect(values).toEqual({
    accent: null,
    visitor_file_megabytes: 5,
    translations: { deCH: { aB: 1 } },
  });
  expect(snakeCased({})).toEqual({});
});
