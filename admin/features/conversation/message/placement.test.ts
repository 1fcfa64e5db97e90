import { describe, expect, it } from 'vitest';
import type { Message } from '../../../../protocol/conversation/message.ts';
import { placementOf } from './placement.ts';

const at = (day: number, hour: number, minute = 0) =>
  new Date(2026, 10, day, hour, minute).toISOString();

function messageAt(
  sent_at: string,
  more: { kind?: Message['kind']; by?: 'visitor' | 'agent'; id?: string } = {},
) {
  const { kind = 'text', by = 'visitor', id = 'v1' } = more;
  return { kind, sender: { kind: by, id, name: null }, sent_at };
}

describe('placementOf', () => {
  it('groups what one sender writes within five minutes', () => {
    const [first, second, third] = [
      messageAt(at(12, 9)),
      messageAt(at(12, 9, 2)),
      messageAt(at(12, 9, 4)),
    ];
    expect(placementOf(undefined, first, second)).toEqual({
      startsDay: true,
      startsGroup: true,
      endsGroup: false,
    });
    expect(placementOf(first, second, third)).toEqual({
      startsDay: false,
      startsGroup: false,
      endsGroup: false,
    });
    expect(placementOf(second, third, undefined).endsGroup).toBe(true);
  });

  it('starts a new group after a pause', () => {
    const pause = placementOf(messageAt(at(12, 9)), messageAt(at(12, 9, 5)), undefined);
    expect(pause.startsGroup).toBe(true);
  });

  it('starts a new group with another sender or kind', () => {
    const before = messageAt(at(12, 9), { by: 'agent', id: 'a1' });
    for (const message of [
      messageAt(at(12, 9, 1)),
      messageAt(at(12, 9, 1), { by: 'agent', id: 'a2' }),
      messageAt(at(12, 9, 1), { by: 'agent', id: 'a1', kind: 'note' }),
    ]) {
      expect(placementOf(before, message, undefined).startsGroup).toBe(true);
    }
  });

  it('starts a day at midnight, and a group with it', () => {
    const placement = placementOf(messageAt(at(11, 23, 59)), messageAt(at(12, 0, 1)), undefined);
    expect(placement).toMatchObject({ startsDay: true, startsGroup: true });
  });

  it('groups no events', () => {
    const event = messageAt(at(12, 9), { kind: 'event' });
    expect(placementOf(event, event, event)).toMatchObject({ startsGroup: true, endsGroup: true });
  });
});
