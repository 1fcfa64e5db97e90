import { z } from 'zod';
import { agentsOnly, defineEvent } from './define.ts';

/** A label as it was called then; null where the organization no longer had it. */
const named = z.object({ id: z.string(), name: z.string().nullable() });

const quoted = (labels: z.infer<typeof named>[]) =>
  labels.map(({ name }) => name ?? 'unknown').join(', ');

/** Labels were added, removed, or both. */
export const labelsChanged = defineEvent({
  schema: z.object({
    type: z.literal('labels_changed'),
    added: z.array(named),
    removed: z.array(named),
  }),
  isPublic: agentsOnly,
  means: 'labels came or went, each as it was called then',
  describe: ({ added, removed }) =>
    [
      added.length > 0 && `Labels added: ${quoted(added)}.`,
      removed.length > 0 && `Labels removed: ${quoted(removed)}.`,
    ]
      .filter(Boolean)
      .join(' '),
  apply: (state, { added, removed }) => {
    const gone = new Set(removed.map(({ id }) => id));
    const kept = state.label_ids.filter((id) => !gone.has(id));
    return { ...state, label_ids: [...new Set([...kept, ...added.map(({ id }) => id)])] };
  },
});
