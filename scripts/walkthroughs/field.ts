import { addEventOfField } from './event.ts';
import type { Scratch } from './scratch.ts';

/** A field of a conversation: what mood the visitor is in, which agents alone are told. */
export function addField(scratch: Scratch): void {
  const moods = "['calm', 'cross']";
  scratch.before(
    'protocol/conversation/conversation-fields.ts',
    '  priority: field(priority,',
    `  mood: field(z.enum(${moods}), { first: 'calm', visibleTo: 'agents', column: 'text' }),
`,
  );
  scratch.before(
    'drizzle/tables/conversations.ts',
    '      priority: kit.oneOf(',
    `      mood: kit.oneOf(${moods}).notNull().default('calm'),
`,
  );
  scratch.before(
    'worker/conversation/state/fields.test.ts',
    "    shelf: 'closed',\n    closed_by: null,",
    "    mood: 'calm',\n",
  );
  addEventOfField(scratch);
}

export const provesField = `
test('a field begins with its first value, in the row too, and visitors are not told', async () => {
  const visitor = await Visitor.arrive();
  const { id } = await visitor.pick(world.acme.billing);
  const { json } = await olive.call('GET', '/admin/conversations/' + id);
  expect(json.conversation).toMatchObject({ id, mood: 'calm' });
  const { items } = (await olive.call('GET', '/admin/conversations')).json;
  expect(items).toMatchObject([{ id, mood: 'calm' }]);
  const theirs = await visitor.call('GET', '/conversations/' + id);
  expect(theirs.status).toBe(200);
  expect(JSON.stringify(theirs.json)).not.toContain('mood');
});
`;
