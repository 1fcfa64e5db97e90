import { expect, test } from 'vitest';
import { settingsChanged } from '../../../protocol/frames/organization-socket.ts';
import type { SavedView } from '../../../protocol/resources/saved-view.ts';
import type { Invitation } from '../../../protocol/resources/team.ts';
import { ChangeVersions } from '../change-versions.ts';
import { MOST_IN_FRAME } from './broadcast.ts';
import { framesOf, type SettingChange } from './setting-change.ts';

/** What each agent is told of a change. */

const id = (number: number) => `01900000-0000-7000-8000-${String(number).padStart(12, '0')}`;

const olive = { id: 'olive', role: 'owner' } as const;
const ada = { id: 'ada', role: 'admin' } as const;
const amos = { id: 'amos', role: 'agent' } as const;
const rita = { id: 'rita', role: 'agent' } as const;

const invitation = (link: string | null): Invitation => ({
  id: id(1),
  email: 'new@acme.example',
  role: 'owner',
  invited_by: 'Olive',
  expires_at: '2026-12-06T10:00:00.000Z',
  link,
});

const view: SavedView = {
  id: id(2),
  name: 'Mine',
  query: {},
  position: 0,
  shared: false,
  shared_by: null,
  missing: [],
};

/** The frame for an agent; it must be one of the protocol. */
function frameFor(change: SettingChange, agent: Parameters<ReturnType<typeof framesOf>>[0]) {
  const text = framesOf(change)(agent);
  return text === null ? null : settingsChanged.parse(JSON.parse(text));
}

test('nobody gets what their role may not read, and an admin gets no owner’s link', () => {
  const change: SettingChange = {
    what: 'invitations',
    version: 3,
    readers: ['owner', 'admin'],
    parts: [
      { roles: ['owner'], items: [invitation('/admin/join#secret')], removed: [] },
      { roles: ['admin'], items: [invitation(null)], removed: [] },
    ],
  };
  const frame = { type: 'setup', what: 'invitations', version: 3, removed: [] };
  expect(frameFor(change, olive)).toEqual({ ...frame, items: [invitation('/admin/join#secret')] });
  expect(frameFor(change, ada)).toEqual({ ...frame, items: [invitation(null)] });
  expect(frameFor(change, amos)).toBe(null);
});

test('a private view is its owner’s news; the others learn that there was a change, and not which', () => {
  const change: SettingChange = {
    what: 'views',
    version: 2,
    readers: ['owner', 'admin', 'agent'],
    parts: [{ only: 'amos', items: [view], removed: [] }],
  };
  const frame = { type: 'setup', what: 'views', version: 2, removed: [] };
  expect(frameFor(change, amos)).toEqual({ ...frame, items: [view] });
  expect(frameFor(change, rita)).toEqual({ ...frame, items: [] });
});

test('a view that is not shared any more is removed for all but its owner', () => {
  const change: SettingChange = {
    what: 'views',
    version: 2,
    readers: ['owner', 'admin', 'agent'],
    parts: [
      { only: 'amos', items: [view], removed: [] },
      { except: 'amos', items: [], removed: [view.id] },
    ],
  };
  expect(frameFor(change, amos)).toMatchObject({ items: [view], removed: [] });
  expect(frameFor(change, rita)).toMatchObject({ items: [], removed: [view.id] });
});

test('without records, too many of them, or a role, the dashboard loads the list', () => {
  const label = { id: id(3), name: 'x'.repeat(MOST_IN_FRAME), color: '#000000' };
  const change: SettingChange = { what: 'labels', version: 9, readers: ['owner'], parts: null };
  const bare = { type: 'setup', what: 'labels', version: 9 };
  expect(frameFor(change, olive)).toEqual(bare);
  const long = { ...change, parts: [{ items: [label], removed: [] }] };
  expect(frameFor(long, olive)).toEqual(bare);
  const short = { ...change, parts: [{ items: [{ ...label, name: 'Bug' }], removed: [] }] };
  expect(frameFor(short, { id: 'olive' })).toEqual(bare);
});

test('numbers of one kind have no gap, and outlive the object’s sleep', () => {
  const stored = new Map<string, unknown>();
  let now = 1_000;
  const kv = {
    get: (key: string) => structuredClone(stored.get(key)),
    put: (key: string, value: unknown) => void stored.set(key, structuredClone(value)),
  };
  const deps = { kv, now: () => now };
  const before = new ChangeVersions(deps);
  expect(before.current()).toEqual({});
  expect([before.next('labels'), before.next('labels'), before.next('views')]).toEqual([1, 2, 1]);
  now = 1_500;
  const after = new ChangeVersions(deps);
  expect(after.next('labels')).toBe(3);
  expect(after.current()).toEqual({
    labels: { version: 3, age: 0 },
    views: { version: 1, age: 500 },
  });
  expect(stored.size).toBe(1);
});
