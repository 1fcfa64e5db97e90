import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { downFrame } from './down.ts';
import { inboxFrame } from './inbox.ts';
import { upFrame } from './up.ts';
import { PROTOCOL } from './version.ts';

/**
 * What goes over the sockets, as one number. A change of any frame changes it: then say in
 * `version.ts` what was changed, raise PROTOCOL where an older browser would not survive it, and
 * write the new number here.
 */
const WIRE = { protocol: 1, hash: 'a36ab70b6618aeed' };

test('the wire has not changed without its version', () => {
  const schemas = [upFrame, downFrame, inboxFrame].map((schema) =>
    z.toJSONSchema(schema, { unrepresentable: 'any' }),
  );
  const hash = createHash('sha256').update(JSON.stringify(schemas)).digest('hex').slice(0, 16);
  expect({ protocol: PROTOCOL, hash }).toEqual(WIRE);
});
