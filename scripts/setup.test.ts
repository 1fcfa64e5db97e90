import { expect, test } from 'vitest';
import { environment } from './setup.mjs';

test('O12: wrangler keeps no traces of requests in the data folder', () => {
  expect(environment.X_LOCAL_OBSERVABILITY).toBe('false');
});
