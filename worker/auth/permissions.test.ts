import { expect, test } from 'vitest';
import { memberRole } from '../../protocol/resources.ts';
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
