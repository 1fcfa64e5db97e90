import { beforeAll, describe, expect, test } from 'vitest';
import { SignedInAgent, settleWorld } from '../../test/world.ts';

let amos: SignedInAgent;
let olive: SignedInAgent;

beforeAll(async () => {
  await settleWorld();
  amos = await SignedInAgent.signIn('amos@acme.example');
  olive = await SignedInAgent.signIn('olive@acme.example');
});

describe('what an agent chose for themselves', () => {
  test('is the defaults at first, changes in part, and is nobody else’s', async () => {
    const first = await amos.call('GET', '/admin/me');
    expect(first.json.preferences).toEqual({
      theme: 'auto',
      notify_of: 'mine_and_unassigned',
      title_count: true,
      sound: true,
      browser_notifications: false,
    });
    const changed = await amos.call('PATCH', '/admin/me', {
      preferences: { theme: 'dark', notifyOf: 'mentions', sound: false },
    });
    expect(changed).toMatchObject({ status: 200 });
    await amos.call('PATCH', '/admin/me', { preferences: { browserNotifications: true } });
    expect((await amos.call('GET', '/admin/me')).json.preferences).toEqual({
      theme: 'dark',
      notify_of: 'mentions',
      title_count: true,
      sound: false,
      browser_notifications: true,
    });
    expect((await olive.call('GET', '/admin/me')).json.preferences.theme).toBe('auto');
  });

  test('is refused where it is none of the choices, and nothing changes', async () => {
    const { status, json } = await olive.call('PATCH', '/admin/me', {
      name: 'Olivia',
      preferences: { theme: 'pink' },
    });
    expect(status).toBe(400);
    expect(Object.keys(json.error.fields)).toEqual(['preferences.theme']);
    expect((await olive.call('GET', '/admin/me')).json.user.name).toBe('Olive');
  });

  test('a new name is told to the open dashboards', async () => {
    const dashboard = await olive.socket('/inbox/socket');
    await amos.call('PATCH', '/admin/me', { name: '  Amos of Acme ' });
    await dashboard.next('setup', ({ what }) => what === 'members');
    const { json } = await olive.call('GET', '/admin/members');
    expect(json.items.map(({ name }: { name: string }) => name)).toContain('Amos of Acme');
    dashboard.close();
  });
});
