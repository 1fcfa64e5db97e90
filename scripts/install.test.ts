import { expect, test } from 'vitest';
import { environment } from './install.mjs';

test('O12: wrangler keeps no traces of requests in the data folder', () => {
  expect(environment.X_LOCAL_OBSERVABILITY).toBe('false');
});
