import type { JobCounts } from '../../../protocol/resources/job.ts';
import type { Reprojected } from '../../conversation/drain/reproject.ts';

/** What the rebuild counts; docs/operations.md says what each of the codes means. */

export function resultOf({ row, document }: Reprojected): JobCounts {
  return {
    rows_restored: row === 'restored' ? 1 : 0,
    rows_corrected: row === 'written' ? 1 : 0,
    documents_written: document ? 1 : 0,
  };
}

/** `no_object`: a row that no conversation stands behind. `row_set_aside`: the log says why. */
export function failureOf({ row }: Reprojected): JobCounts {
  return { row_set_aside: row === 'set_aside' ? 1 : 0, no_object: row === 'unknown' ? 1 : 0 };
}
