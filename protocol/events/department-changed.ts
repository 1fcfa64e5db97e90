import { z } from 'zod';
import { defineEvent, everyone } from './define.ts';

/** The conversation went to another department. */
export const departmentChanged = defineEvent({
  schema: z.object({
    type: z.literal('department_changed'),
    department: z.object({ id: z.string(), name: z.string() }),
  }),
  isPublic: everyone,
  means: 'agents moved the conversation',
  describe: ({ department }) => `Moved to ${department.name}.`,
  apply: (state, { department }, { at }) => ({
    ...state,
    department_id: department.id,
    resumed_at: at,
  }),
});
