import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { activityKinds } from '../../../protocol/resources/activity-kinds.ts';
import { RECORDED } from './recorded-routes.ts';

/** A kind that `access.worker.test.ts` does not bring about is the subject of a test. */

const worker = join(import.meta.dirname, '..', '..');
const tests = globSync('**/*.test.ts', { cwd: worker })
  .map((name) => readFileSync(join(worker, name), 'utf8'))
  .join('\n');

test.each(activityKinds)('Y1: %s is recorded under test', (kind) => {
  const isBroughtAbout = Object.values(RECORDED).includes(kind);
  expect(isBroughtAbout || tests.includes(`'${kind}'`)).toBe(true);
});
