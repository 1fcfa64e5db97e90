import type { Scratch } from './scratch.ts';

/** What an agent asks to change: the field of `field.ts`. */
export function addChange(scratch: Scratch): void {
  const commands = 'worker/conversation/commands/commands.ts';
  scratch.after(
    'worker/features/conversations/change-request.ts',
    '  priority: priority.optional(),\n',
    "  mood: z.enum(['calm', 'cross']).optional(),\n",
  );
  scratch.after(
    'worker/conversation/room/rights.ts',
    "'department' | 'assignee' | 'priority'",
    " | 'mood'",
  );
  scratch.after(
    'worker/conversation/room/rights.ts',
    'change.assignee !== undefined || change.priority',
    ' || change.mood',
  );
  scratch.after(
    commands,
    '  priority?: Priority | undefined;\n',
    "  mood?: 'calm' | 'cross' | undefined;\n",
  );
  scratch.after(
    commands,
    '    this.#prioritize(by, change);\n',
    '    this.#setMood(by, change);\n',
  );
  scratch.before(
    commands,
    '  #prioritize(by: Actor',
    `  #setMood(by: Actor, { mood }: Change): void {
    if (!mood || mood === this.#journal.state.mood) return;
    this.#journal.event(by, { type: 'mood_changed', mood });
  }

`,
  );
  scratch.before(
    'worker/conversation/commands/every-change.test.ts',
    "    priority: fc.constantFrom('low'",
    "    mood: fc.constantFrom('calm', 'cross'),\n",
  );
}

export const provesChange = `
test('an agent changes a field once, and the entry says who', async () => {
  const visitor = await Visitor.arrive();
  const { id } = await visitor.pick(world.acme.billing);
  const path = '/admin/conversations/' + id;
  const { json } = await olive.call('PATCH', path, { mood: 'cross' });
  expect(json.conversation.mood).toBe('cross');
  await olive.call('PATCH', path, { mood: 'cross' });
  const { items } = (await olive.call('GET', path + '/messages')).json;
  const [entry, ...more] = items.filter(({ kind }: { kind: string }) => kind === 'event');
  expect([entry.event, entry.by.name]).toEqual([{ type: 'mood_changed', mood: 'cross' }, 'Olive']);
  expect(more).toEqual([]);
  expect((await olive.call('PATCH', path, { mood: 'odd' })).status).toBe(400);
});
`;
