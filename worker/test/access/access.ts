/// <reference types="vite/types/importMeta.d.ts" />
import { access as others } from './others.ts';
import { type AccessPart, togetherOf } from './part.ts';

/** The answers for each caller, as the features define them. */

const parts = import.meta.glob<AccessPart>('../../features/*/access.ts', {
  eager: true,
  import: 'access',
});

export const {
  /** A row for each route of the app. */
  rows: ROWS,
  /** What a right request to a route is, where it is more than a GET. */
  bodies: BODIES,
  queries: QUERIES,
} = togetherOf([...Object.values(parts), others]);
