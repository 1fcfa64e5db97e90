import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Draft, loadDraft, mergeDraft, NO_DRAFT, saveDraft, watchDraft } from './drafts.ts';

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

  it('P9: survive a reload, reply and note separately', () => {
    saveDraft('a1', 'c1', { mode: 'note', text: 'Dear Mia', note: 'ask Omar' });
    expect(loadDraft('a1', 'c1')).toEqual({ mode: 'note', text: 'Dear Mia', note: 'ask Omar' });
  });

  it('A18: remember the members chosen for the note', () => {
    saveDraft('a1', 'c1', { mode: 'note', text: '', note: '@Sam', named: ['s2'] });
    expect(loadDraft('a1', 'c1')).toEqual({ mode: 'note', text: '', note: '@Sam', named: ['s2'] });
  });

  it('belong to one agent and one conversation', () => {
    saveDraft('a1', 'c1', { mode: 'text', text: 'mine', note: '' });
    expect(loadDraft('a2', 'c1')).toEqual(NO_DRAFT);
    expect(loadDraft('a1', 'c2')).toEqual(NO_DRAFT);
  });

  it('are removed once sent', () => {
    saveDraft('a1', 'c1', { mode: 'text', text: 'sent', note: '' });
    saveDraft('a1', 'c1', NO_DRAFT);
    expect(localStorage.length).toBe(0);
  });

  it('are kept for the latest hundred conversations, and nothing else is removed', () => {
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

  it.each(['', 'not JSON', 'null', '[]', '{"text":1}'])('ignore a stored %j', (text) => {
    localStorage.setItem('foyer:draft:a1:c1', text);
    expect(loadDraft('a1', 'c1')).toEqual(NO_DRAFT);
  });

  it('work if storage is denied', () => {
    vi.stubGlobal('localStorage', undefined);
    saveDraft('a1', 'c1', { mode: 'text', text: 'typed', note: '' });
    expect(loadDraft('a1', 'c1')).toEqual(NO_DRAFT);
  });
});

describe('A9: a draft in two tabs', () => {
  const draft = (text: string, note = '', named: string[] = []): Draft => ({
    mode: 'text',
    text,
    note,
    named,
  });

  it('is cleared in the other tab once sent', () => {
    const base = draft('Hello', 'ask Omar', ['o1']);
    expect(mergeDraft(base, base, draft('', 'ask Omar', ['o1']))).toEqual(
      draft('', 'ask Omar', ['o1']),
    );
    expect(mergeDraft(base, base, draft('Hello'))).toEqual(draft('Hello'));
  });

  it('keeps the field edited here, and takes the other field from the other tab', () => {
    const base = draft('Hello', 'ask Omar', ['o1']);
    const own = draft('Hello Mia', 'ask Omar', ['o1']);
    expect(mergeDraft(own, base, NO_DRAFT)).toEqual(draft('Hello Mia'));
    const named = draft('Hello', 'ask @Sam', ['s1']);
    expect(mergeDraft(named, base, NO_DRAFT)).toEqual(draft('', 'ask @Sam', ['s1']));
  });

  it('keeps the mode of each tab', () => {
    const own: Draft = { mode: 'note', text: '', note: '' };
    expect(mergeDraft(own, own, draft('Hello'))).toEqual({ ...draft('Hello'), mode: 'note' });
  });

  it('notifies its own conversation, and not when it was only removed to make room', () => {
    const [page, fakeDocument] = [new EventTarget(), new EventTarget()];
    vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
    vi.stubGlobal('document', Object.assign(fakeDocument, { visibilityState: 'visible' }));
    vi.stubGlobal('localStorage', memoryStorage());
    const heard: Draft[] = [];
    const stop = watchDraft('a1', 'c1', (newDraft) => heard.push(newDraft));
    const tell = (key: string, newValue: string | null) =>
      page.dispatchEvent(Object.assign(new Event('storage'), { key, newValue }));
    tell('foyer:draft:a1:c2', JSON.stringify(draft('other')));
    tell('foyer:draft:a1:c1', null);
    expect(heard).toEqual([]);
    tell('foyer:draft:a1:c1', JSON.stringify(draft('Hello')));
    expect(heard).toEqual([draft('Hello')]);

    // A tab that slept looks when it is in front again.
    saveDraft('a1', 'c1', draft('Typed meanwhile'));
    fakeDocument.dispatchEvent(new Event('visibilitychange'));
    expect(heard.at(-1)).toEqual(draft('Typed meanwhile'));
    vi.stubGlobal('localStorage', undefined);
    fakeDocument.dispatchEvent(new Event('visibilitychange'));
    expect(heard).toHaveLength(2);
    stop();
    tell('foyer:draft:a1:c1', JSON.stringify(draft('Late')));
    expect(heard).toHaveLength(2);
    vi.unstubAllGlobals();
  });

  it('is stored empty before it is removed, once sent', () => {
    const storage = memoryStorage();
    const set = vi.spyOn(storage, 'setItem');
    vi.stubGlobal('localStorage', storage);
    saveDraft('a1', 'c1', draft('Hello'));
    expect(saveDraft('a1', 'c1', NO_DRAFT)).toBe(true);
    expect(JSON.parse(set.mock.lastCall?.[1] ?? '')).toMatchObject({ text: '', note: '' });
    expect(storage.length).toBe(0);
    vi.stubGlobal('localStorage', undefined);
    expect(saveDraft('a1', 'c1', draft('Hello'))).toBe(false);
    vi.unstubAllGlobals();
  });
});
