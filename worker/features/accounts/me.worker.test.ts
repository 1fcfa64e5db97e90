import { beforeAll, describe, expect, test } from 'vitest';
import { MOST_MARKED, withMark } from '../../../protocol/resources/preference-choices.ts';
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
      language: 'auto',
      notify_of: 'mine_and_unassigned',
      title_count: true,
      sound: true,
      browser_notifications: false,
      away_after: 30,
      get_started: true,
      after_closing: 'next',
      single_keys: true,
      marked_unread: [],
    });
    const changed = await amos.call('PATCH', '/admin/me', {
      preferences: { theme: 'dark', notifyOf: 'mentions', sound: false },
    });
    expect(changed).toMatchObject({ status: 200 });
    await amos.call('PATCH', '/admin/me', {
      preferences: {
        browserNotifications: true,
        awayAfter: 0,
        language: 'de',
        getStarted: false,
        afterClosing: 'previous',
        singleKeys: false,
      },
    });
    for (const preferences of [{ awayAfter: 7 }, { afterClosing: 'random' }, { language: 'tlh' }]) {
      const unknown = await amos.call('PATCH', '/admin/me', { preferences });
      expect(unknown).toMatchObject({ status: 400 });
    }
    expect((await amos.call('GET', '/admin/me')).json.preferences).toEqual({
      theme: 'dark',
      language: 'de',
      notify_of: 'mentions',
      title_count: true,
      sound: false,
      browser_notifications: true,
      away_after: 0,
      get_started: false,
      after_closing: 'previous',
      single_keys: false,
      marked_unread: [],
    });
    expect((await olive.call('GET', '/admin/me')).json.preferences.theme).toBe('auto');
  });

  test('marks of what is to be read again are one’s own, kept in order, and bounded', async () => {
    const ids = Array.from({ length: MOST_MARKED + 1 }, () => crypto.randomUUID());
    const change = (conversationId: string | undefined, unread: boolean) =>
      olive.call('PATCH', '/admin/me', { mark: { conversationId, unread } });
    for (const id of ids.slice(0, 3)) await change(id, true);
    await change(ids[0], true);
    await change(ids[1], false);
    const { json } = await olive.call('GET', '/admin/me');
    expect(json.preferences).toMatchObject({ theme: 'auto', marked_unread: [ids[2], ids[0]] });
    expect((await amos.call('GET', '/admin/me')).json.preferences.marked_unread).toEqual([]);
    expect((await change('no id', true)).status).toBe(400);
    expect(withMark(ids, 'one more', true)).toEqual([...ids.slice(2), 'one more']);
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
