import fc from 'fast-check';

/** Values that fit a schema, and values that were such before something broke them. */

/** The part of JSON Schema that our schemas are described in. */
export type Schema = {
  type?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  /** False: none but those of `prefixItems`. */
  items?: boolean | Schema;
  prefixItems?: Schema[];
  format?: string;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
};

/** Text that programs have stumbled over. */
const ODD_TEXTS = [
  '',
  ' ',
  '\u0000',
  '\ud800',
  '\u202e',
  '%',
  '%00',
  '\\',
  "'; DROP TABLE conversations; --",
  '<script>alert(1)</script>',
  '../../etc/passwd',
  '__proto__',
  'constructor',
  'undefined',
  'NaN',
  '1e999',
  '-0',
  '9'.repeat(40),
  'x'.repeat(10_000),
  '👩‍👩‍👧‍👦'.repeat(100),
];

const oddText = fc.oneof(
  fc.constantFrom(...ODD_TEXTS),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
);

/** Anything that JSON can say. */
export const junk: fc.Arbitrary<unknown> = fc.oneof(
  oddText,
  fc.constantFrom(null, true, -1, 0.5, 2 ** 53, -(2 ** 63), 1e308, [], {}, [[[[[[]]]]]]),
  fc.jsonValue({ maxDepth: 4 }),
);

/** What an array without fixed places holds. */
export function itemsOf({ items }: Schema): Schema {
  return typeof items === 'object' ? items : {};
}

/** @param ids that exist, so that what needs one gets further than the door */
export function fitting(schema: Schema, ids: readonly string[]): fc.Arbitrary<unknown> {
  const options = schema.anyOf ?? schema.oneOf;
  if (options) return fc.oneof(...options.map((option) => fitting(option, ids)));
  if ('const' in schema) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  switch (schema.type) {
    case 'object':
      return object(schema, ids);
    case 'array':
      if (schema.prefixItems) {
        return fc.tuple(...schema.prefixItems.map((part) => fitting(part, ids)));
      }
      return fc.array(fitting(itemsOf(schema), ids), { maxLength: 4 });
    case 'integer':
    case 'number':
      return number(schema);
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'string':
      return text(schema, ids);
    default:
      return junk;
  }
}

function object(
  { properties = {}, required = [], additionalProperties }: Schema,
  ids: readonly string[],
): fc.Arbitrary<unknown> {
  const object = Object.fromEntries(
    Object.entries(properties).map(([key, schema]) => [key, fitting(schema, ids)]),
  );
  if (typeof additionalProperties !== 'object')
    return fc.record(object, { requiredKeys: required });
  const more = fc.dictionary(oddText, fitting(additionalProperties, ids), { maxKeys: 5 });
  return fc
    .tuple(more, fc.record(object, { requiredKeys: required }))
    .map(([added, record]) => ({ ...added, ...record }));
}

function number({ minimum = -10, maximum = 2 ** 31 }: Schema): fc.Arbitrary<number> {
  return fc.oneof(
    fc.integer({ min: minimum, max: Math.min(maximum, minimum + 20) }),
    fc.integer({ min: minimum, max: maximum }),
  );
}

function text({ format, maxLength = 200 }: Schema, ids: readonly string[]): fc.Arbitrary<string> {
  const id = ids.length === 0 ? fc.uuid() : fc.oneof(fc.uuid(), fc.constantFrom(...ids));
  if (format === 'uuid') return id;
  if (format === 'email') return fc.emailAddress();
  return fc.oneof(
    { weight: 4, arbitrary: fc.string({ minLength: 1, maxLength: Math.min(maxLength, 60) }) },
    { weight: 2, arbitrary: oddText.map((odd) => odd.slice(0, maxLength)) },
    { weight: 2, arbitrary: id },
    { weight: 1, arbitrary: fc.constant('x'.repeat(maxLength)) },
  );
}

/** The value after something somewhere in it was replaced, removed or added. */
export function broken(whole: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const how = fc.constantFrom('replace' as const, 'remove' as const, 'add' as const);
  return fc
    .tuple(whole, fc.array(fc.nat(), { minLength: 1, maxLength: 3 }), how, junk, oddText)
    .map(([value, path, change, other, key]) => breakAt(value, path, change, other, key));
}

function breakAt(
  value: unknown,
  [step = 0, ...rest]: readonly number[],
  how: 'replace' | 'remove' | 'add',
  other: unknown,
  key: string,
): unknown {
  if (typeof value !== 'object' || value === null) return other;
  const entries = Object.entries(value);
  const at = entries.length === 0 ? 0 : step % entries.length;
  const [name = key, inner] = entries[at] ?? [];
  if (rest.length > 0) entries[at] = [name, breakAt(inner, rest, how, other, key)];
  else if (how === 'replace') entries[at] = [name, other];
  else if (how === 'remove') entries.splice(at, 1);
  else entries.push([key, other]);
  return Array.isArray(value) ? entries.map(([, item]) => item) : Object.fromEntries(entries);
}

/** A text after it was cut, or lost or got a piece. */
export function garbled(whole: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(whole, fc.nat(), fc.nat({ max: 5 }), oddText)
    .map(([value, at, length, added]) => {
      const from = value.length === 0 ? 0 : at % value.length;
      return value.slice(0, from) + added + value.slice(from + length);
    });
}
