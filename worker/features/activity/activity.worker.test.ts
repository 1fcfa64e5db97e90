import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { ActivityRecord } from '../../../protocol/resources/activity.ts';
import { activityKinds } from '../../../protocol/resources/activity-kinds.ts';
import { activityRow } from '../../activity/row.ts';
import { tables } from '../../database/configured.ts';
import { openDatabase, writeAll } from '../../database/database.ts';
import { idAt } from '../../kernel/ids.ts';
import { byFoyer } from '../../test/by.ts';
import { SignedInAgent, SOON, settleWorld } from '../../test/world.ts';
import { activityCsv } from './csv.ts';
import { listActivity } from './store.ts';
import { sweepActivity } from './sweep-store.ts';

/** A1 and further: what the log has, how it is read, and when it is deleted. */

const { activity, organizations } = tables;

let world: Awaited<ReturnType<typeof settleWorld>>;
let olive: SignedInAgent;
let gus: SignedInAgent;

beforeAll(async () => {
  world = await settleWorld();
  olive = await SignedInAgent.signIn('olive@acme.example');
  gus = await SignedInAgent.signIn('gus@globex.example');
});

async function read(query = '', agent = olive): Promise<ActivityRecord[]> {
  const { json, status } = await agent.call('GET', `/admin/activity?${query}`);
  expect(status).toBe(200);
  return json.items;
}

/** The newest activity of a kind. */
const newest = async (kind: string) => (await read(`kind=${kind}&limit=1`))[0];

describe('what is recorded', () => {
  test('who signed in, and by which way', async () => {
    expect(await newest('member.signed_in')).toMatchObject({
      area: 'access',
      actor: { kind: 'agent', name: 'Olive' },
      subject: { type: 'member', id: world.acme.users[0] },
      after: { way: 'password' },
    });
  });

  test('a failed sign-in is not in the log: whoever guesses could fill it', async () => {
    const before = await read('kind=access');
    await expect(SignedInAgent.signIn('olive@acme.example', 'wrong password')).rejects.toThrow();
    expect(await read('kind=access')).toEqual(before);
  });

  test('a change with its values before and after, and nothing where nothing changed', async () => {
    const { json } = await olive.call('POST', '/admin/labels', { name: 'Bug', color: '#aa3300' });
    const path = `/admin/labels/${json.label.id}`;
    await olive.call('PUT', path, { name: 'Defect', color: '#aa3300' });
    expect(await newest('label.changed')).toMatchObject({
      subject: { type: 'label', id: json.label.id, name: 'Defect' },
      before: { name: 'Bug' },
      after: { name: 'Defect' },
    });
    const count = (await read()).length;
    await olive.call('PUT', path, { name: 'Defect', color: '#aa3300' });
    expect(await read()).toHaveLength(count);
  });

  test('a change that fails leaves no activity', async () => {
    const count = (await read()).length;
    const again = await olive.call('POST', '/admin/labels', { name: 'Defect', color: '#000000' });
    expect(again.status).toBe(409);
    expect(await read()).toHaveLength(count);
  });

  test('another organization’s is not there (P6)', async () => {
    const names = (await read('', gus)).map(({ actor }) => 'name' in actor && actor.name);
    expect(new Set(names)).toEqual(new Set(['Gus']));
    const subject = (await newest('label.created'))?.subject?.id;
    expect(await read(`subject=${subject}`, gus)).toEqual([]);
  });
});

describe('what is recorded in full', () => {
  const change = async (method: string, path: string, body?: object) => {
    const { status, json } = await olive.call(method, `/admin${path}`, body);
    expect(status, `${method} ${path}`).toBeLessThan(300);
    return json;
  };

  test('the team: roles, departments, and who sees what', async () => {
    const { items } = await change('GET', '/members');
    const amos = items.find(({ name }: { name: string }) => name === 'Amos');
    await change('PATCH', `/members/${amos.id}`, { role: 'admin' });
    const subject = { type: 'member', id: amos.user_id, name: 'Amos' };
    expect(await newest('member.role_changed')).toMatchObject({
      actor: { name: 'Olive' },
      subject,
      before: { role: 'agent' },
      after: { role: 'admin' },
    });
    await change('PATCH', `/members/${amos.id}`, { departmentIds: [world.acme.sales] });
    expect(await newest('member.departments_changed')).toMatchObject({
      subject,
      before: { departments: [] },
      after: { departments: ['Sales'] },
    });
    await change('PATCH', '/team', { restrictAgents: true });
    expect(await newest('team.visibility_changed')).toMatchObject({
      before: { restrict_agents: false },
      after: { restrict_agents: true },
    });
    await change('PATCH', '/team', { restrictAgents: false });
  });

  test('settings and departments: only the fields that differ', async () => {
    await change('PATCH', '/settings', { accent: '#112233', theme: 'auto' });
    expect(await newest('widget.changed')).toMatchObject({
      before: { accent: null },
      after: { accent: '#112233' },
    });
    const path = `/departments/${world.acme.billing}`;
    await change('PATCH', path, { name: 'Money', memberIds: [world.acme.users[0]] });
    expect(await newest('department.changed')).toMatchObject({
      subject: { name: 'Money' },
      before: { name: 'Billing', members: [] },
      after: { name: 'Money', members: ['Olive'] },
    });
    await change('PATCH', path, { archived: true });
    expect(await newest('department.archived')).toMatchObject({ subject: { type: 'department' } });
    await change('PATCH', path, { archived: false });
    expect(await newest('department.restored')).toMatchObject({ subject: { type: 'department' } });
    await change('PUT', '/departments/order', { ids: [world.acme.billing] });
    expect(await newest('departments.ordered')).toMatchObject({
      before: { order: ['Sales', 'Money'] },
      after: { order: ['Money', 'Sales'] },
    });
  });

  test('views that are shared, and no others', async () => {
    const own = await change('POST', '/views', { name: 'Mine', query: {} });
    const count = (await read('limit=100')).length;
    const path = `/views/${own.view.id}`;
    await change('PATCH', path, { name: 'My own' });
    expect(await read('limit=100')).toHaveLength(count);
    await change('PATCH', path, { shared: true });
    expect(await newest('view.shared')).toMatchObject({ after: { name: 'My own' } });
    await change('PATCH', path, { name: 'Ours' });
    expect(await newest('view.changed')).toMatchObject({ after: { name: 'Ours' } });
    await change('PATCH', path, { shared: false });
    expect(await newest('view.unshared')).toMatchObject({ before: { name: 'Ours' } });
  });

  test('one’s own name and password, and no password in it', async () => {
    await change('PATCH', '/me', { name: 'Olivia' });
    expect(await newest('member.renamed')).toMatchObject({
      before: { name: 'Olive' },
      after: { name: 'Olivia' },
    });
    const [current, next] = ['correct horse battery', 'another staple entirely'];
    await change('POST', '/me/password', { current, next });
    expect(await newest('password.changed')).toMatchObject({ before: null, after: null });
    expect(JSON.stringify(await read('limit=100'))).not.toMatch(/horse|staple/);
  });
});

describe('no secrets', () => {
  const SECRET = 's3cr3t-value';

  test.each(activityKinds)('%s takes its own fields and no others', (kind) => {
    const leaky = Object.fromEntries(
      ['password', 'token', 'secret', 'code', 'hash', 'cookie', 'key', 'body', 'link', 'email'].map(
        (field) => [field, SECRET],
      ),
    );
    const row = activityRow(byFoyer(world.acme.id), {
      kind: 'label.changed',
      before: { ...leaky },
      after: { name: 'x', ...leaky },
    });
    expect(JSON.stringify(row)).not.toContain(SECRET);
    const what = { kind: 'label.changed', before: leaky, after: leaky } as const;
    const own = activityRow(byFoyer(world.acme.id), Object.assign(what, { kind }));
    expect(JSON.stringify(own)).not.toContain(SECRET);
  });

  test('customers and conversations have no names', () => {
    const subject = { id: crypto.randomUUID(), name: 'Ada Lovelace' };
    for (const kind of ['customer.blocked', 'transcript.sent'] as const) {
      const row = activityRow(byFoyer(world.acme.id), { kind, subject });
      expect(row).toMatchObject({ subject_id: subject.id, subject_name: null });
    }
  });

  test('texts and lists are bounded', () => {
    const row = activityRow(byFoyer(world.acme.id), {
      kind: 'department.changed',
      after: { name: `${'x'.repeat(199)}😀`, members: Array.from({ length: 60 }, () => 'Tom') },
    });
    expect(row.after?.name).toBe(`${'x'.repeat(199)}…`);
    expect(row.after?.members).toHaveLength(51);
  });
});

describe('reading', () => {
  test('pages follow each other, newest first, without gaps', async () => {
    const ids: string[] = [];
    for (let cursor: string | null = null, first = true; first || cursor; first = false) {
      const query: string = cursor ? `&cursor=${cursor}` : '';
      const { json } = await olive.call('GET', `/admin/activity?limit=2${query}`);
      ids.push(...json.items.map(({ id }: ActivityRecord) => id));
      cursor = json.next_cursor;
    }
    expect(ids).toEqual((await read('limit=100')).map(({ id }) => id));
    expect(ids).toEqual([...ids].sort().reverse());
  });

  test('filters by who, what, to what and when, alone and together', async () => {
    const all = await read('limit=100');
    const user = world.acme.users[0];
    const byHand = (fits: (record: ActivityRecord) => boolean) => all.filter(fits);
    expect(await read(`actor=${user}&limit=100`)).toEqual(
      byHand(({ actor }) => 'id' in actor && actor.id === user),
    );
    expect(await read(`actor=${user}&kind=label.created`)).toEqual(
      byHand(({ kind }) => kind === 'label.created'),
    );
    expect(await read(`kind=settings&subject=${user}`)).toEqual([]);
    expect(await read(`to=${new Date(Date.now() - 60_000).toISOString()}`)).toEqual([]);
    expect(await read(`from=${new Date(Date.now() - 60_000).toISOString()}&limit=100`)).toEqual(
      await read('limit=100'),
    );
  });

  test('Y8: when agents come online and go away is recorded, and can be left out', async () => {
    const dashboard = await gus.socket('/inbox/socket');
    await dashboard.next('presence', ({ online }) => online.length === 1);
    dashboard.say({ type: 'status', status: 'away' });
    await dashboard.next('presence', ({ away }) => away.length === 1);
    dashboard.say({ type: 'status', status: 'online' });
    await dashboard.next('presence', ({ online }) => online.length === 1);
    const changes = await vi.waitFor(async () => {
      const records = await read('kind=member.status_changed', gus);
      expect(records).toHaveLength(3);
      return records;
    }, SOON);
    expect(changes.map(({ before, after }) => [before?.status, after?.status])).toEqual([
      ['away', 'online'],
      ['online', 'away'],
      ['offline', 'online'],
    ]);
    expect(changes[0]).toMatchObject({
      area: 'presence',
      actor: { kind: 'agent', name: 'Gus' },
      subject: { type: 'member', name: 'Gus' },
    });
    const others = await read('without=presence&limit=100', gus);
    expect(others).toEqual(
      (await read('limit=100', gus)).filter(({ area }) => area !== 'presence'),
    );
    expect(others.length).toBeGreaterThan(0);
    dashboard.close();
    await dashboard.gone();
  });

  test('bad queries are refused by their field', async () => {
    for (const query of ['kind=nothing', 'actor=me', 'from=yesterday', 'cursor=x', 'without=x']) {
      const { status, json } = await olive.call('GET', `/admin/activity?${query}`);
      expect([status, Object.keys(json.error.fields)]).toEqual([400, [query.split('=')[0]]]);
    }
  });

  test('two filters look through a bounded number of rows, and the next page goes on', async () => {
    const by = byFoyer(world.globex.id);
    const at = (index: number) => idAt(new Date(Date.UTC(2026, 0, 1) + index));
    const rareRecord = { ...activityRow(by, { kind: 'label.removed' }), id: at(0) };
    const rows = Array.from({ length: 1_200 }, (_, index) => ({
      ...activityRow(by, { kind: 'label.created' }),
      id: at(index + 1),
    }));
    const db = openDatabase(env);
    for (let from = 0; from < rows.length; from += 9) {
      await db.insert(activity).values(rows.slice(from, from + 9));
    }
    await db.insert(activity).values(rareRecord);
    const filter = { kind: 'label.removed' };
    const first = await listActivity(db, world.globex.id, filter, { limit: 10 });
    expect(first.items).toEqual([]);
    expect(first.next_cursor).not.toBe(null);
    const cursor = first.next_cursor ?? undefined;
    const second = await listActivity(db, world.globex.id, filter, { cursor, limit: 10 });
    expect(second.items.map(({ id }) => id)).toEqual([rareRecord.id]);
    expect(second.next_cursor).toBe(null);
  });
});

describe('the export', () => {
  test('has every activity once, begins no formula, and is recorded itself', async () => {
    await olive.call('POST', '/admin/labels', { name: '=HYPERLINK("x")', color: '#aa3300' });
    const response = await olive.file('/admin/activity/export');
    expect(response.headers.get('content-type')).toContain('text/csv');
    const lines = (await response.text()).trimEnd().split('\r\n');
    expect(lines.find((line) => line.includes('HYPERLINK'))).toContain(`"'=HYPERLINK(""x"")"`);
    expect(lines[1]).toContain('activity.exported');
    expect(lines).toHaveLength((await read('limit=100')).length + 1);
  });

  test('goes on from page to page', async () => {
    const db = openDatabase(env);
    const some = await new Response(activityCsv(db, world.acme.id, {}, 2)).text();
    expect(some).toBe(await new Response(activityCsv(db, world.acme.id, {}, 100)).text());
  });
});

describe('for how long it is kept', () => {
  test('a year at first; a change is recorded; other spans are refused', async () => {
    const path = '/admin/activity/settings';
    const settings = { kept_days: 365, conversations: false };
    expect((await olive.call('GET', path)).json.settings).toEqual(settings);
    const changed = await olive.call('PATCH', path, { keptDays: null });
    expect(changed.json.settings).toEqual({ ...settings, kept_days: null });
    expect(await newest('activity.settings_changed')).toMatchObject({
      before: { kept_days: 365 },
      after: { kept_days: null },
    });
    for (const keptDays of [0, 29, 31, 10_000]) {
      expect((await olive.call('PATCH', path, { keptDays })).status).toBe(400);
    }
  });

  test('what is older is deleted in steps, per organization, and nothing else', async () => {
    const db = openDatabase(env);
    await db.delete(activity);
    const now = new Date('2026-11-29T03:00:00Z');
    const daysAgo = (days: number) => idAt(new Date(now.getTime() - days * 86_400_000));
    const row = (organizationId: string, days: number, index: number) => ({
      ...activityRow(byFoyer(organizationId), { kind: 'label.created' }),
      id: daysAgo(days + index / 1e6),
    });
    await olive.call('PATCH', '/admin/activity/settings', { keptDays: 30 });
    await db.delete(activity);
    await writeAll(db, [
      db.insert(activity).values(row(world.acme.id, 31, 0)),
      db.insert(activity).values(row(world.acme.id, 29, 0)),
      db.insert(activity).values(row(world.globex.id, 366, 0)),
      db.insert(activity).values(row(world.globex.id, 364, 0)),
    ]);
    expect(await sweepActivity(db, now)).toBe(2);
    const left = (await db.select({ id: activity.id }).from(activity)).map(({ id }) => id);
    expect(left.sort()).toEqual([daysAgo(364), daysAgo(29)].sort());
    await olive.call('PATCH', '/admin/activity/settings', { keptDays: null });
    await db.delete(activity);
    await db.insert(activity).values(row(world.acme.id, 9_000, 0));
    expect(await sweepActivity(db, now)).toBe(0);
    expect(await db.$count(organizations)).toBe(2);
  });

  test('a night has a bound, and the next one goes on', async () => {
    const db = openDatabase(env);
    await db.delete(activity);
    const now = new Date('2026-11-29T03:00:00Z');
    const rows = Array.from({ length: 620 }, (_, index) => ({
      ...activityRow(byFoyer(world.globex.id), { kind: 'label.created' }),
      id: idAt(new Date(Date.UTC(2024, 0, 1) + index)),
    }));
    for (let from = 0; from < rows.length; from += 9) {
      await db.insert(activity).values(rows.slice(from, from + 9));
    }
    expect(await sweepActivity(db, now, 2)).toBe(500);
    expect(await sweepActivity(db, now, 2)).toBe(120);
  });
});
