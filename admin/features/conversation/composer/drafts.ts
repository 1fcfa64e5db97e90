import { withStorage } from '../../../lib/storage.ts';

/** An unsent draft. Reply and note have separate texts. */
export type Draft = {
  mode: 'text' | 'note';
  text: string;
  note: string;
  /** The users chosen for mentions in the note. Tells apart two users with the same name. */
  named?: string[];
};

type StoredDraft = Draft & { at: number };

export const NO_DRAFT: Draft = { mode: 'text', text: '', note: '' };

/** How many conversations keep a draft. The oldest are removed first. */
const MAX_DRAFTS = 100;

const PREFIX = 'foyer:draft:';

const keyOf = (userId: string, conversationId: string) => `${PREFIX}${userId}:${conversationId}`;

function parse(text: string | null): StoredDraft | null {
  if (text === null) return null;
  try {
    const value: Partial<StoredDraft> = JSON.parse(text);
    const { mode, text: reply, note, named, at } = value;
    if (typeof reply !== 'string' || typeof note !== 'string') return null;
    return {
      mode: mode === 'note' ? 'note' : 'text',
      text: reply,
      note,
      ...(Array.isArray(named) && { named }),
      at: Number(at) || 0,
    };
  } catch {
    return null;
  }
}

const draftOf = (stored: string | null): Draft => {
  const { at: _, ...draft } = parse(stored) ?? { ...NO_DRAFT, at: 0 };
  return draft;
};

/** The stored draft of a conversation, or an empty one (P9: drafts survive a reload). */
export function loadDraft(userId: string, conversationId: string): Draft {
  return withStorage(
    (storage) => draftOf(storage.getItem(keyOf(userId, conversationId))),
    NO_DRAFT,
  );
}

/** Stores a draft, or removes it if it is empty. False if storage is denied or full. */
export function saveDraft(userId: string, conversationId: string, draft: Draft): boolean {
  return withStorage((storage) => {
    const key = keyOf(userId, conversationId);
    storage.setItem(key, JSON.stringify({ ...draft, at: Date.now() } satisfies StoredDraft));
    // Other tabs see both: an empty draft was sent; a removed one only made room.
    if (draft.text === '' && draft.note === '') storage.removeItem(key);
    else prune(storage);
    return true;
  }, false);
}

export function isSameDraft(a: Draft, b: Draft): boolean {
  const parts = ({ mode, text, note, named = [] }: Draft) => [mode, text, note, ...named];
  return JSON.stringify(parts(a)) === JSON.stringify(parts(b));
}

/**
 * Merges the draft of another tab: fields unchanged here take its value, fields edited here stay.
 *
 * @param base the last draft that both tabs had
 */
export function mergeDraft(local: Draft, base: Draft, remote: Draft): Draft {
  const { mode } = local;
  const note = local.note === base.note ? remote : local;
  return {
    mode,
    text: local.text === base.text ? remote.text : local.text,
    note: note.note,
    named: note.named ?? [],
  };
}

/**
 * Calls `onDraft` with the drafts that other tabs store for a conversation. Returns a function that
 * unsubscribes. A suspended tab gets no events, so it reads the draft when it becomes visible
 * again.
 */
export function watchDraft(
  userId: string,
  conversationId: string,
  onDraft: (draft: Draft) => void,
): () => void {
  const listening = new AbortController();
  const { signal } = listening;
  const key = keyOf(userId, conversationId);
  addEventListener(
    'storage',
    (event) => {
      if (event.key === key && event.newValue !== null) onDraft(draftOf(event.newValue));
    },
    { signal },
  );
  document.addEventListener(
    'visibilitychange',
    () => {
      const stored = withStorage((storage) => ({ text: storage.getItem(key) }), null);
      if (document.visibilityState === 'visible' && stored) onDraft(draftOf(stored.text));
    },
    { signal },
  );
  return () => listening.abort();
}

function prune(storage: Storage): void {
  const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '');
  const drafts = keys.filter((key) => key.startsWith(PREFIX));
  if (drafts.length <= MAX_DRAFTS) return;
  const age = new Map(drafts.map((key) => [key, parse(storage.getItem(key))?.at ?? 0]));
  drafts.sort((a, b) => (age.get(a) ?? 0) - (age.get(b) ?? 0));
  for (const key of drafts.slice(0, drafts.length - MAX_DRAFTS)) storage.removeItem(key);
}
