import { describe, expect, test } from 'vitest';
import type { Actor } from '../../../protocol/conversation/actor.ts';
import type { ActivityRecord } from '../../../protocol/resources/activity.ts';
import { activityKinds } from '../../../protocol/resources/activity-kinds.ts';
import { differencesOf, textOf } from './sentence.ts';

const MAYA = '01901000-0000-7000-8000-000000000001';
const TOM = '01901000-0000-7000-8000-000000000002';

function record(change: Partial<ActivityRecord>): ActivityRecord {
  return {
    id: '01901000-0000-7000-8000-000000000009',
    at: '2026-11-29T10:00:00.000Z',
    area: 'team',
    kind: 'member.role_changed',
    actor: { kind: 'agent', id: MAYA, name: 'Maya' },
    subject: { type: 'member', id: TOM, name: 'Tom' },
    before: null,
    after: null,
    ...change,
  };
}

describe('an activity as a sentence', () => {
  test('says who did what to whom, with the old and new value', () => {
    const changed = record({ before: { role: 'agent' }, after: { role: 'admin' } });
    expect(textOf(changed)).toBe('Maya changed the role of Tom from agent to admin');
    expect(differencesOf(changed)).toEqual([{ field: 'Role', before: 'agent', after: 'admin' }]);
  });

  test('distinguishes one’s own two-step sign-in from a colleague’s', () => {
    const kind = 'second_factor.removed';
    expect(textOf(record({ kind }))).toBe('Maya turned off Tom’s two-step sign-in');
    const own = { type: 'member', id: MAYA, name: 'Maya' };
    expect(textOf(record({ kind, subject: own }))).toBe('Maya turned off their two-step sign-in');
  });

  test('says how someone signed in', () => {
    const kind = 'member.signed_in';
    expect(textOf(record({ kind, after: { way: 'passkey' } }))).toBe(
      'Maya signed in with a passkey',
    );
    expect(textOf(record({ kind, after: { way: 'telepathy' } }))).toBe(
      'Maya signed in in a new way',
    );
  });

  test('every kind has a complete sentence, even a kind of a newer version', () => {
    for (const kind of activityKinds) {
      const full = {
        role: 'agent',
        name: 'Key',
        way: 'link',
        job: 'rebuild',
        assignee: 'Tom',
        department: 'Sales',
        priority: 'high',
        score: 5,
        status: 'away',
      };
      expect(textOf(record({ kind, before: full, after: full })), kind).not.toMatch(/[{}…]/);
    }
    expect(textOf(record({ kind: 'robot.built' }))).toBe('Maya did something new (robot.built)');
  });

  test('names Foyer, visitors, rules and bots as actors', () => {
    const kind = 'transcript.sent';
    const subject = { type: 'conversation', id: TOM, name: null };
    expect(textOf(record({ kind, subject, actor: { kind: 'visitor', id: MAYA } }))).toBe(
      'A visitor e-mailed a copy of a conversation',
    );
    expect(textOf(record({ kind, subject, actor: { kind: 'system', cause: 'unknown' } }))).toBe(
      'Foyer e-mailed a copy of a conversation',
    );
    const rule: Actor = { kind: 'system', cause: 'rule', id: 'r', name: 'Escalate' };
    expect(textOf(record({ kind, subject, actor: rule }))).toBe(
      'The rule Escalate e-mailed a copy of a conversation',
    );
    expect(textOf(record({ kind, subject, actor: { kind: 'bot', id: 'b', name: 'Helper' } }))).toBe(
      'Helper e-mailed a copy of a conversation',
    );
  });

  test('values are in words', () => {
    const kind = 'department.changed';
    const before = { visible: true, description: null, members: ['Tom'] };
    const after = { visible: false, description: 'Hello', members: [] };
    expect(differencesOf(record({ kind, before, after }))).toEqual([
      { field: 'Visible to visitors', before: 'yes', after: 'no' },
      { field: 'Description', before: 'none', after: 'Hello' },
      { field: 'Members', before: 'Tom', after: 'none' },
    ]);
  });
});
