import { describe, expect, it, vi } from 'vitest';
import type { Message } from '../../../../protocol/conversation/message.ts';
import type { ConversationEvent } from '../../../../protocol/events/index.ts';
import { languages } from '../../../../scripts/build/frame-languages.ts';
import { announcementOf } from './event-text.tsx';

const texts = vi.hoisted(() => ({ r: {} as Record<string, unknown> }));
vi.mock('../../strings/index.ts', () => ({
  t: texts.r,
  r: texts.r,
  loadLazyTexts: async () => {},
  fill: (text: string, values: Record<string, string>) =>
    text.replace(/{(\w+)}/g, (_, name: string) => values[name] ?? ''),
}));

const MAYA = { kind: 'agent' as const, id: 'a', name: 'Maya Lindqvist' };

const message = (more: Partial<Message>): Message => ({
  seq: 2,
  id: crypto.randomUUID(),
  kind: 'text',
  sender: MAYA,
  body: '',
  sent_at: '2026-11-28T12:00:00.000Z',
  ...more,
});
const event = (value: ConversationEvent) =>
  message({
    kind: 'event',
    sender: { kind: 'system', id: 'system', name: null },
    event: value,
    body: 'An English sentence.',
  });

const allLanguages = await languages();
const speak = (tag: string) => {
  const language = allLanguages.find((language) => language.tag === tag);
  Object.assign(texts.r, language?.texts, language?.lazy);
};

const JOINED: ConversationEvent = {
  type: 'joined',
  agent: { id: 'a', name: 'Maya Lindqvist' },
};

/** Every event that a visitor sees. */
const EVENTS: ConversationEvent[] = [
  JOINED,
  { type: 'department_changed', department: { id: 'd', name: 'Vertrieb' } },
  { type: 'reopened' },
  { type: 'closed', reason: 'resolved' },
  { type: 'closed', reason: 'department_changed' },
  { type: 'closed', reason: 'visitor_left' },
  { type: 'closed', reason: 'inactive' },
  { type: 'closed', reason: 'spam' },
];

describe('V14: the text for a screen reader', () => {
  it('of an event is in the visitor’s language, without a sender', async () => {
    speak('de');
    expect(await announcementOf([event(JOINED)])).toBe('Maya Lindqvist ist jetzt dabei');
  });

  it.each(allLanguages.map(({ tag }) => tag))('%s has a text for every event', async (tag) => {
    speak(tag);
    for (const language of EVENTS) {
      const text = await announcementOf([event(language)]);
      expect(text).not.toContain('English');
      expect(text).not.toMatch(/[{}]|undefined|^:/);
      expect(text.trim()).not.toBe('');
    }
  });

  it('of a message has no formatting marks', async () => {
    speak('de');
    const body = '*Hallo*, `a_b` und [hier](https://a.example)\n- eins';
    expect(await announcementOf([message({ body })])).toBe(
      'Maya Lindqvist: Hallo, a_b und hier\n• eins',
    );
    const link = message({ body: '[www.bank.example](https://evil.example)' });
    expect(await announcementOf([link])).toBe('Maya Lindqvist: www.bank.example (evil.example)');
  });

  it('of a file is its name unchanged, and the sender is “agent” where the name is missing', async () => {
    speak('de');
    const file = { id: crypto.randomUUID(), name: '_plan_*1*.pdf', type: 'x', size: 1 };
    const sender = { ...MAYA, name: null };
    expect(await announcementOf([message({ kind: 'file', file, sender })])).toBe(
      `${texts.r.agent}: _plan_*1*.pdf`,
    );
  });

  it('has all messages that came together, and differs when the same text comes again', async () => {
    speak('de');
    const joined = event(JOINED);
    const hello = message({ body: 'Hallo' });
    expect(await announcementOf([joined, hello])).toBe(
      'Maya Lindqvist ist jetzt dabei\nMaya Lindqvist: Hallo',
    );
    const once = await announcementOf([hello]);
    const twice = await announcementOf([hello]);
    expect(twice).not.toBe(once);
    expect(twice.trim()).toBe(once);
  });
});
