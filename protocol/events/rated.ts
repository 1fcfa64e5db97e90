import { z } from 'zod';
import { MAX_RATING } from '../limits.ts';
import { agentsOnly, defineEvent } from './define.ts';

/** What a visitor thought of a conversation: 1 to 5, with a word on it or none. */
export const rating = z.object({
  score: z.number().int().min(1).max(MAX_RATING),
  comment: z.string().nullable(),
});
export type Rating = z.infer<typeof rating>;

/** The visitor rated the conversation; the last rating holds. */
export const rated = defineEvent({
  schema: z.object({ type: z.literal('rated'), ...rating.shape }),
  isPublic: agentsOnly,
  means: 'the visitor rated it; the last rating holds',
  describe: ({ score }) => `Rated ${score} of ${MAX_RATING}.`,
  apply: (state, { score, comment }) => ({
    ...state,
    rating: { score, comment },
    ratings: (state.ratings ?? 0) + 1,
  }),
});
