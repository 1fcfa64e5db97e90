import type { Scratch } from './scratch.ts';

/** A setting: whether visitors are told the names of the agents who answer. */
export function addSetting(scratch: Scratch): void {
  scratch.before(
    'drizzle/tables/settings.ts',
    '    /** When and on which origin the widget',
    `    /** Whether visitors are told the names of those who answer. */
    agent_names: kit.flag().notNull().default(true),
`,
  );
  scratch.after(
    'protocol/widget/widget-settings.ts',
    '  visitor_file_megabytes: z.int().nullable(),\n',
    `  /** Whether visitors are told the names of those who answer. */
  agent_names: z.boolean(),
`,
  );
  scratch.before(
    'worker/features/settings/routes.ts',
    '    /** The greeting in further languages; a language',
    `    /** Whether visitors are told the names of those who answer. */
    agentNames: z.boolean(),
`,
  );
}

export const provesSetting = `
test('a setting is as it begins, is changed, and stays', async () => {
  const read = async () => (await olive.call('GET', '/admin/settings')).json.settings.agent_names;
  expect(await read()).toBe(true);
  const { json } = await olive.call('PATCH', '/admin/settings', { agentNames: false });
  expect(json.settings.agent_names).toBe(false);
  expect(await read()).toBe(false);
  const { items } = (await olive.call('GET', '/admin/activity?kind=widget.changed')).json;
  expect(items).toMatchObject([{ before: { agent_names: true }, after: { agent_names: false } }]);
  const wrong = await olive.call('PATCH', '/admin/settings', { agentNames: 'yes' });
  expect([wrong.status, Object.keys(wrong.json.error.fields)]).toEqual([400, ['agentNames']]);
});
`;
