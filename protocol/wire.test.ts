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
const WIRE = { protocol: 1, hash: '5b9b177d8187eb2f' };

test('the wire has not changed without its version', () => {
  const schemas = [upFrame, downFrame, inboxFrame].map((schema) =>
    z.toJSONSchema(schema, { unrepresentable: 'any' }),
  );
  const hash = createHash('sha256')
    .update(JSON.stringify(sorted(schemas)))
    .digest('hex');
  expect({ protocol: PROTOCOL, hash: hash.slice(0, 16) }).toEqual(WIRE);
});

/** The lists of a JSON schema whose order means nothing: names of fields, and kinds told apart by one of them. */
const UNORDERED = ['required', 'oneOf'];

/** The same schema, whatever order its fields and kinds are written in. */
function sorted(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => sorted(item));
    if (!UNORDERED.includes(key)) return items;
    return items.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).map(([name, field]) => [name, sorted(field, name)] as const);
  return Object.fromEntries(fields.sort(([a], [b]) => (a < b ? -1 : 1)));
}
