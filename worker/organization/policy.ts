import { z } from 'zod';

/**
 * What an organization has set that the objects of its conversations need. The organization's object
 * holds it; `version` rises with each change.
 */
const policy = z.object({
  version: z.int().nonnegative(),
});
export type Policy = z.infer<typeof policy>;
