import { z } from 'zod';
import { rating } from '../conversation/rating.ts';
import { MAX_RATING } from '../limits.ts';
import { agentsOnly, defineEvent } from './define.ts';

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
