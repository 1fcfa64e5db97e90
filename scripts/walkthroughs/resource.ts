import type { Scratch } from './scratch.ts';

/** A resource: tags, which are made as labels are. */
export function addResource(scratch: Scratch): void {
  const labels = 'worker/features/labels';
  scratch.create(
    'protocol/resources/tag.ts',
    `${ofTags(scratch.read('protocol/resources/label.ts'))}export const MAX_TAG_LENGTH = 50;
`,
  );
  scratch.after(
    'protocol/resources/resources.ts',
    '  labels: { read: everyone, manage: leaders },\n',
    '  tags: { read: everyone, manage: leaders },\n',
  );
  scratch.after(
    'protocol/resources/resources.ts',
    "  label: ['name', 'color'],\n",
    "  tag: ['name', 'color'],\n",
  );
  scratch.before(
    'protocol/resources/live.ts',
    "import { invitation, team, teamMember } from './team.ts';\n",
    "import { tag } from './tag.ts';\n",
  );
  scratch.after('protocol/resources/live.ts', '  labels: label,\n', '  tags: tag,\n');
  scratch.after(
    'worker/http/live-lists.ts',
    "import { listMembers } from '../features/settings/store.ts';\n",
    "import { listTags } from '../features/tags/store.ts';\n",
  );
  scratch.after('worker/http/live-lists.ts', '  labels: listLabels,\n', '  tags: listTags,\n');
  const tables = 'drizzle/tables/sorting.ts';
  const [table = ''] =
    scratch.read(tables).match(/ {2}const labels = kit\.table\([\s\S]*?\n {2}\);\n\n/) ?? [];
  scratch.after(tables, table, ofTags(table));
  scratch.after(tables, '\n    labels,', '\n    tags,');
  scratch.create('worker/features/tags/store.ts', ofTags(scratch.read(`${labels}/store.ts`)));
  scratch.create(
    'worker/features/tags/routes.ts',
    ofTags(scratch.read(`${labels}/routes.ts`))
      .replace(/import \{ MAX_TAG_LENGTH \} from '[^']*limits.ts';\n/, '')
      // No view asks for a tag.
      .replace(/.*publishIncomplete.*\n/g, '')
      .replace('import { tag, MAX_TAGS }', 'import { MAX_TAG_LENGTH, MAX_TAGS, tag }'),
  );
  scratch.create('worker/features/tags/access.ts', ofTags(scratch.read(`${labels}/access.ts`)));
  const mounts = 'worker/http/admin.ts';
  scratch.before(
    mounts,
    "import { labels } from '../features/labels/routes.ts';\n",
    "import { tags } from '../features/tags/routes.ts';\n",
  );
  scratch.after(mounts, "  .route('/labels', labels)", "\n  .route('/tags', tags)");
}

/** What is of labels, of tags. */
const ofTags = (text: string) =>
  text.replaceAll('label', 'tag').replaceAll('Label', 'Tag').replaceAll('LABEL', 'TAG');

export const provesResource = `
test('a resource is made, listed, told to open dashboards, recorded, and nobody else’s', async () => {
  const amos = await SignedInAgent.signIn('amos@acme.example');
  const gus = await SignedInAgent.signIn('gus@globex.example');
  const inbox = await amos.socket('/inbox/socket');
  const tag = { name: 'Blue', color: '#0000ff' };
  const made = await olive.call('POST', '/admin/tags', tag);
  expect([made.status, made.json.tag]).toEqual([201, { id: expect.any(String), ...tag }]);
  expect(await inbox.next('setup')).toMatchObject({ what: 'tags', items: [made.json.tag] });
  expect((await olive.call('POST', '/admin/tags', tag)).status).toBe(409);
  expect((await amos.call('POST', '/admin/tags', tag)).status).toBe(403);
  expect((await amos.call('GET', '/admin/tags')).json.items).toEqual([made.json.tag]);
  expect((await gus.call('GET', '/admin/tags')).json.items).toEqual([]);
  const { items } = (await olive.call('GET', '/admin/activity?kind=tag.created')).json;
  expect(items).toMatchObject([{ subject: { type: 'tag', name: 'Blue' }, after: tag }]);
});

test('every route has its row of access', () => {
  const routes = inspectRoutes(app)
    .filter(({ isMiddleware, path }) => !isMiddleware && path.startsWith('/api/admin/tags'))
    .map(({ method, path }) => method + ' ' + path);
  const rows = ROWS.map(({ route }) => route).filter((route) => route.includes('/admin/tags'));
  expect(routes).toHaveLength(4);
  expect(rows.sort()).toEqual(routes.sort());
});
`;
