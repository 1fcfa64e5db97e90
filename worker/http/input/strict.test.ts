import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { strict, wrongFields } from './strict.ts';

const address = z.object({ street: z.string(), zipCode: z.string().optional() });

const schema = z
  .object({
    allowedOrigins: z.array(z.string()).optional(),
    people: z.array(z.object({ fullName: z.string(), home: address.nullish() })).default([]),
    texts: z.record(z.string(), z.object({ greeting: z.string() })).optional(),
    field: z
      .discriminatedUnion('type', [
        z.object({ type: z.literal('text') }),
        z.object({ type: z.literal('select'), options: z.array(z.string()) }),
      ])
      .optional(),
    ids: z
      .array(z.object({ id: z.string() }))
      .transform((all) => all.map(({ id }) => id))
      .optional(),
    page: z.object({ url: z.string().optional() }).prefault({}),
  })
  .refine((value) => value.people.length < 3, { message: 'Too many.', path: ['people'] });

const { schema: exact, names } = strict(schema);

function wrong(value: unknown) {
  const parsed = exact.safeParse(value);
  return parsed.success ? null : wrongFields(parsed.error.issues, names);
}

describe('strict', () => {
  it('O5: accepts and answers what the schema does', () => {
    const value = {
      allowedOrigins: ['https://shop.example'],
      people: [{ fullName: 'Ada', home: null }],
      texts: { de: { greeting: 'Hallo' } },
      field: { type: 'select', options: ['a'] },
      ids: [{ id: '1' }],
    };
    expect(exact.parse(value)).toEqual(schema.parse(value));
    expect(exact.parse({})).toEqual({ people: [], page: {} });
    expect(wrong({ people: [1, 2, 3].map((n) => ({ fullName: `${n}` })) })).toEqual({
      people: 'Too many.',
    });
  });

  it.each<[unknown, Record<string, string>]>([
    [{ allowed_origins: [] }, { allowed_origins: 'Unknown field. Did you mean allowedOrigins?' }],
    [{ colour: '#fff' }, { colour: 'Unknown field.' }],
    [
      { a: 1, b: 2 },
      { a: 'Unknown field.', b: 'Unknown field.' },
    ],
    [{ page: { titel: 'x' } }, { 'page.titel': 'Unknown field.' }],
    [
      { people: [{ fullName: 'Ada' }, { fullName: 'Bo', home: { street: 'x', zip_code: '1' } }] },
      { 'people.1.home.zip_code': 'Unknown field. Did you mean zipCode?' },
    ],
    [{ texts: { de: { greeting: '', x: 1 } } }, { 'texts.de.x': 'Unknown field.' }],
    [{ field: { type: 'text', options: [] } }, { 'field.options': expect.any(String) }],
    [{ ids: [{ id: '1', x: 1 }] }, { 'ids.0.x': 'Unknown field.' }],
    [JSON.parse('{"__proto__": 1}'), { ['__proto__']: 'Unknown field.' }],
  ])('O5: names what it does not know: %j', (value, fields) => {
    expect(wrong(value)).toEqual(fields);
  });

  it('O5: does not change the schema that it was given', () => {
    expect(schema.parse({ unknown: 1 })).toEqual({ people: [], page: {} });
  });
});
