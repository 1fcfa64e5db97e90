import type { Scratch } from './scratch.ts';

/** An event of a conversation that changes nothing else: an agent asks a colleague for help. */
export function addEvent(scratch: Scratch): void {
  scratch.create(
    'protocol/events/help-wanted.ts',
    `import { z } from 'zod';
import { agentsOnly, defineEvent } from './define.ts';

/** An agent asks for help. */
export const helpWanted = defineEvent({
  schema: z.object({ type: z.literal('help_wanted'), reason: z.string() }),
  isPublic: agentsOnly,
  means: 'an agent asks for help',
  describe: ({ reason }) => \`Help wanted: \${reason}.\`,
  apply: (state) => state,
});
`,
  );
}

/** The event that changes the field of `field.ts`. */
export function addEventOfField(scratch: Scratch): void {
  scratch.create(
    'protocol/events/mood-changed.ts',
    `import { z } from 'zod';
import { agentsOnly, defineEvent } from './define.ts';

/** The visitor's mood is another one. */
export const moodChanged = defineEvent({
  schema: z.object({ type: z.literal('mood_changed'), mood: z.enum(['calm', 'cross']) }),
  isPublic: agentsOnly,
  means: 'the visitor’s mood is another one',
  describe: ({ mood }) => \`Mood set to \${mood}.\`,
  apply: (state, { mood }) => ({ ...state, mood }),
});
`,
  );
}

export const provesEvents = `import { expect, test } from 'vitest';
import { initialState } from './conversation/state.ts';
import { applyEvent, conversationEvent, describeEvent, isPublicEvent } from './events/index.ts';

const first = initialState({ department_id: 'sales', created_at: '2027-01-15T08:00:00.000Z' });
const entry = {
  at: '2027-01-15T08:00:30.000Z',
  by: { kind: 'agent' as const, id: 'amos', name: 'Amos' },
};

test('an event is read, says what it is, and does what it does', () => {
  const mood = conversationEvent.parse({ type: 'mood_changed', mood: 'cross' });
  expect([describeEvent(mood), isPublicEvent(mood)]).toEqual(['Mood set to cross.', false]);
  expect(applyEvent(first, mood, entry)).toEqual({ ...first, mood: 'cross' });
  const help = conversationEvent.parse({ type: 'help_wanted', reason: 'tax' });
  expect([describeEvent(help), isPublicEvent(help)]).toEqual(['Help wanted: tax.', false]);
  expect(applyEvent(first, help, entry)).toEqual(first);
  expect(() => conversationEvent.parse({ type: 'mood_changed', mood: 'odd' })).toThrow();
});
`;
