import type { Filter } from '../queues/queues.ts';
import type { Rows } from './rows.ts';

/** One list: its filter, the rows that were loaded, and how loading them went. */
export type List = {
  filter: Filter;
  rows: Rows;
  state: 'loading' | 'ready' | 'failed';
  error: string | null;
  loadingMore: boolean;
  moreError: string | null;
  /** The number of the latest load. Responses of earlier loads are ignored. */
  loaded: number;
};

/** A list of which nothing was loaded. */
export const EMPTY = {
  state: 'loading',
  error: null,
  loadingMore: false,
  moreError: null,
  loaded: 0,
} as const;

/** What tells lists apart. */
export const keyOf = ({ queue, department, label, q, sort }: Filter) =>
  JSON.stringify([queue, department, label, q, sort]);
