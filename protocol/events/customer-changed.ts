import { z } from 'zod';
import { agentsOnly, defineEvent } from './define.ts';

/**
 * The customer has another name or e-mail address. The new name is in it; the address stands with
 * the customer alone.
 */
export const customerChanged = defineEvent({
  schema: z.object({
    type: z.literal('customer_changed'),
    changed: z.array(z.enum(['full_name', 'email'])),
    full_name: z.string().nullable(),
  }),
  isPublic: agentsOnly,
  means: 'the customer has another name or e-mail address; `changed` names which',
  describe: ({ changed, full_name }) =>
    [
      changed.includes('full_name') &&
        (full_name
          ? `The customer's name is now ${full_name}.`
          : "The customer's name was removed."),
      changed.includes('email') && "The customer's e-mail address was changed.",
    ]
      .filter(Boolean)
      .join(' '),
  // The conversation's founding holds the customer's name.
  apply: (state) => state,
});
