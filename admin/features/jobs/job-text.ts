import type { Actor } from '../../../protocol/conversation/actor.ts';
import type { Job } from '../../../protocol/resources/job.ts';

/** The texts of a job. */

export const KINDS: Record<Job['kind'], string> = {
  rebuild: 'Rebuild of lists and search',
};

export const STATES: Record<Job['state'], string> = {
  running: 'Running',
  done: 'Done',
  failed: 'Failed',
  cancelled: 'Cancelled',
};

const ERRORS: Record<NonNullable<Job['error']>, string> = {
  gave_up: 'It failed after several attempts. See the log for the reason.',
  instance_lost: 'It was stopped outside of Foyer.',
};

/** Singular and plural of what a job counts, by code. */
const COUNT_NOUNS: Record<string, readonly [one: string, more: string]> = {
  rows_restored: [
    'conversation was missing and is back',
    'conversations were missing and are back',
  ],
  rows_corrected: ['conversation was corrected', 'conversations were corrected'],
  documents_written: ['conversation was added to search', 'conversations were added to search'],
  totals_corrected: ['customer was corrected', 'customers were corrected'],
  row_set_aside: ['conversation cannot be listed', 'conversations cannot be listed'],
  no_object: ['listed conversation has no messages', 'listed conversations have no messages'],
  conversation_failed: ['conversation did not answer', 'conversations did not answer'],
};

/** The progress of a job: `1,200 of 4,000 checked`. */
export function progressText({ done, total }: Pick<Job, 'done' | 'total'>): string {
  if (total === null) return `${number(done)} checked`;
  return `${number(done)} of ${number(Math.max(done, total))} checked`;
}

/** One sentence for each thing that it changed or could not do. */
export function countTexts({ results, failures }: Pick<Job, 'results' | 'failures'>): string[] {
  return [...Object.entries(results), ...Object.entries(failures)].map(([code, count]) => {
    // A newer server can count things that this version does not know.
    const [singular, plural] = COUNT_NOUNS[code] ?? [code, code];
    return `${number(count)} ${count === 1 ? singular : plural}.`;
  });
}

/** Why it failed; null if it did not. */
export function errorText({ error }: Pick<Job, 'error'>): string | null {
  return error && ERRORS[error];
}

/** Who started it. */
export function starterText(by: Actor): string {
  if ('name' in by && by.name) return by.name;
  return by.kind === 'system' && by.cause === 'operator' ? 'the operator' : 'Foyer';
}

const number = (count: number) => count.toLocaleString('en');
