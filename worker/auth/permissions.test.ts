import { expect, test } from 'vitest';
import { memberRole } from '../../protocol/resources/member.ts';
import { may } from './permissions.ts';

test('every role works in the inbox', () => {
  for (const role of memberRole.options) {
    expect(may(role, 'inbox.read')).toBe(true);
    expect(may(role, 'conversation.reply')).toBe(true);
    expect(may(role, 'conversation.note')).toBe(true);
    expect(may(role, 'conversation.assign')).toBe(true);
    expect(may(role, 'conversation.close')).toBe(true);
    expect(may(role, 'customer.edit')).toBe(true);
  }
});

test('owners and admins set the workspace up; agents use what is set up', () => {
  for (const what of ['departments', 'settings', 'canned_responses', 'labels'] as const) {
    expect(may('owner', `${what}.manage`)).toBe(true);
    expect(may('admin', `${what}.manage`)).toBe(true);
    expect(may('agent', `${what}.manage`)).toBe(false);
  }
  expect(may('agent', 'canned_responses.read')).toBe(true);
  expect(may('agent', 'labels.read')).toBe(true);
  expect(may('agent', 'settings.read')).toBe(false);
});

test('of owners and admins no department is ever hidden, and they decide it for agents', () => {
  for (const what of ['inbox.all', 'team.manage'] as const) {
    expect(memberRole.options.filter((role) => may(role, what))).toEqual(['owner', 'admin']);
  }
});
