import type { Column } from 'drizzle-orm';
import type { recordRows } from '../../activity/batch-store.ts';

/** A row to update: the version that it probably has, and its new values in the order of the columns. */
export type Row = { id: string; was: number; values: unknown[] };

/** Rows whose changes name the same columns. */
export type ColumnSet = { columns: Column[]; rows: Row[] };

/** The write of the activity that belongs to the changes; null if there is none. */
export type RecordWrite = ReturnType<typeof recordRows>;
