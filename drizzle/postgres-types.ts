import { customType } from 'drizzle-orm/pg-core';
import { storable } from './storable.ts';

/**
 * Postgres' types where what is written must first be made fit for it: whatever a client sends, no value
 * may make a statement fail that the other database takes.
 */

export const text = customType<{ data: string; driverData: string }>({
  dataType: () => 'text',
  toDriver: storable,
});

export const jsonb = <Data>() =>
  customType<{ data: Data; driverData: unknown }>({
    dataType: () => 'jsonb',
    toDriver: (value) => JSON.stringify(value, (_, part: unknown) => storablePart(part)),
  })();

/** A text as it is stored; an object with the names of its fields so. */
function storablePart(part: unknown): unknown {
  if (typeof part === 'string') return storable(part);
  if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [storable(key), value]));
}

/** An id. What is none is stored as no id, and finds no row. */
export const uuid = customType<{ data: string; driverData: string | null }>({
  dataType: () => 'uuid',
  toDriver: (value) => (UUID.test(value) ? value : null),
});

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** An address of IP version 4 or 6. What is none is stored as no address. */
export const inet = customType<{ data: string; driverData: string | null }>({
  dataType: () => 'inet',
  toDriver: (value) => (isAddress(value) ? value : null),
});

function isAddress(text: string): boolean {
  const bytes = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1);
  if (bytes) return bytes.every((byte) => Number(byte) < 256);
  // As a URL's host, which follows the same rules (url.spec.whatwg.org/#concept-ipv6-parser).
  return /^[0-9a-f:.]{2,45}$/i.test(text) && URL.canParse(`http://[${text}]/`);
}

export const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' });
