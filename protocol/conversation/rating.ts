import { z } from 'zod';
import { MAX_RATING } from '../limits.ts';

/** What a visitor thought of a conversation: 1 to 5, with a word on it or none. */
export const rating = z.object({
  score: z.number().int().min(1).max(MAX_RATING),
  comment: z.string().nullable(),
});
export type Rating = z.infer<typeof rating>;
