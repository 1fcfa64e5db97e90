import type { Scratch } from './scratch.ts';

/** A field of a resource: the tint of a label, which none has at first. */
export function addResourceField(scratch: Scratch): void {
  const [beginning = ''] =
    scratch
      .read('drizzle/tables/sorting.ts')
      .match(/ {2}const labels = kit\.table\([\s\S]*? color: kit\.text\(\)\.notNull\(\),\n/) ?? [];
  scratch.after('drizzle/tables/sorting.ts', beginning, '      tint: kit.text(),\n');
  scratch.after(
    'protocol/resources/label.ts',
    'color: z.string()',
    ', tint: z.string().nullable()',
  );
  scratch.after('protocol/resources/resources.ts', "  label: ['name', 'color'", ", 'tint'");
  const store = 'worker/features/labels/store.ts';
  scratch.after(store, 'color: labels.color', ', tint: labels.tint');
  scratch.after(store, 'const made: Label = { id: v7()', ', tint: null');
  scratch.after(
    'worker/features/labels/routes.ts',
    'const request = z.object({ name: line(MAX_LABEL_LENGTH), color',
    ', tint: color.nullable().optional()',
  );
}

export const provesResourceField = `
test('a field of a resource is kept, recorded, and stays where a tab from before does not name it', async () => {
  const label = { name: 'Tinted', color: '#0000ff' };
  const plain = await olive.call('POST', '/admin/labels', label);
  expect(plain.json.label.tint).toBe(null);
  const path = '/admin/labels/' + plain.json.label.id;
  const tinted = await olive.call('PUT', path, { ...label, tint: '#00ff00' });
  expect(tinted.json.label.tint).toBe('#00ff00');
  const { items } = (await olive.call('GET', '/admin/activity?kind=label.changed')).json;
  expect(items).toMatchObject([{ before: { tint: null }, after: { tint: '#00ff00' } }]);
  const renamed = await olive.call('PUT', path, { ...label, name: 'Renamed' });
  expect(renamed.json.label).toEqual({ ...tinted.json.label, name: 'Renamed' });
  expect((await olive.call('GET', '/admin/labels')).json.items).toEqual([renamed.json.label]);
});
`;
