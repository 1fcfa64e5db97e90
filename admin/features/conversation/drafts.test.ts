import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadDraft, NO_DRAFT, saveDraft } from './drafts.ts';

/** As a browser's, for as long as a test runs. */
function memoryStorage(): Storage {
  const entries = new Map<string, string>();
  return {
    get length() {
      return entries.size;
    },
    key: (index) => [...entries.keys()][index] ?? null,
    getItem: (key) => entries.get(key) ?? null,
    setItem: (key, value) => void entries.set(key, value),
    removeItem: (key) => void entries.delete(key),
    clear: () => entries.clear(),
  };
}

describe('drafts', () => {
  beforeEach(() => {
    vi.stubGlobal('localStorage', memoryStorage());
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('P9: outlive a reload, the reply and the note each by themselves', () => {
    saveDraft('a1', 'c1', { mode: 'note', text: 'Dear Mia', note: 'ask Omar' });
    expect(loadDraft('a1', 'c1')).toEqual({ mode: 'note', text: 'Dear Mia', note: 'ask Omar' });
  });

  it('A18: remember who was chosen for the note', () => {
    saveDraft('a1', 'c1', { mode: 'note', text: '', note: '@Sam', named: ['s2'] });
    expect(loadDraft('a1', 'c1')).toEqual({ mode: 'note', text: '', note: '@Sam', named: ['s2'] });
  });

  it('belong to one agent and one conversation', () => {
    saveDraft('a1', 'c1', { mode: 'text', text: 'mine', note: '' });
    expect(loadDraft('a2', 'c1')).toEqual(NO_DRAFT);
    expect(loadDraft('a1', 'c2')).toEqual(NO_DRAFT);
  });

  it('leave nothing behind once sent', () => {
    saveDraft('a1', 'c1', { mode: 'text', text: 'sent', note: '' });
    saveDraft('a1', 'c1', NO_DRAFT);
    expect(localStorage.length).toBe(0);
  });

  it('are kept for the hundred latest conversations, and nothing else is touched', () => {
    localStorage.setItem('foyer:outbox:a1:c0', 'unsent');
    for (let index = 0; index < 103; index++) {
      vi.setSystemTime(index + 1);
      saveDraft('a1', `c${index}`, { mode: 'text', text: `draft ${index}`, note: '' });
    }
    expect(localStorage.length).toBe(101);
    expect(localStorage.getItem('foyer:outbox:a1:c0')).toBe('unsent');
    expect(loadDraft('a1', 'c2')).toEqual(NO_DRAFT);
    expect(loadDraft('a1', 'c3').text).toBe('draft 3');
  });

  it.each(['', 'not JSON', 'null', '[]', '{"text":1}'])('survive %j in their place', (text) => {
    localStorage.setItem('foyer:draft:a1:c1', text);
    expect(loadDraft('a1', 'c1')).toEqual(NO_DRAFT);
  });

  it('do without a storage that is denied', () => {
    vi.stubGlobal('localStorage', undefined);
    saveDraft('a1', 'c1', { mode: 'text', text: 'typed', note: '' });
    expect(loadDraft('a1', 'c1')).toEqual(NO_DRAFT);
  });
});
