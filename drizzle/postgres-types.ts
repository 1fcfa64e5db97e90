import { customType } from 'drizzle-orm/pg-core';
import { storable } from './storable.ts';

/** Postgres' types where what is written must first be made fit for it. */

export const text = customType<{ data: string; driverData: string }>({
  dataType: () => 'text',
  toDriver: storable,
});

export const jsonb = <Data>() =>
  customType<{ data: Data; driverData: unknown }>({
    dataType: () => 'jsonb',
    toDriver: (value) =>
      JSON.stringify(value, (_, part) => (typeof part === 'string' ? storable(part) : part)),
  })();

export const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' });
