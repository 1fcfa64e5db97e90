import { withStorage } from '../../lib/storage.ts';

/** What an agent typed and did not send: a reply and a note each keep their own text. */
export type Draft = {
  mode: 'text' | 'note';
  text: string;
  note: string;
  /** The users who were chosen for the note: of two with one name it says which. */
  named?: string[];
};

type Kept = Draft & { at: number };

export const NO_DRAFT: Draft = { mode: 'text', text: '', note: '' };

/** Conversations whose drafts are kept; the oldest go first. */
const MOST = 100;

const PREFIX = 'foyer:draft:';

const keyOf = (userId: string, conversationId: string) => `${PREFIX}${userId}:${conversationId}`;

function parse(text: string | null): Kept | null {
  if (text === null) return null;
  try {
    const value: Partial<Kept> = JSON.parse(text);
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

/** The draft of a conversation, an empty one when there is none (P9: it outlives a reload). */
export function loadDraft(userId: string, conversationId: string): Draft {
  return withStorage((storage) => {
    const kept = parse(storage.getItem(keyOf(userId, conversationId)));
    if (!kept) return NO_DRAFT;
    const { at: _, ...draft } = kept;
    return draft;
  }, NO_DRAFT);
}

/** Keeps a draft, or forgets it when nothing is in it. */
export function saveDraft(userId: string, conversationId: string, draft: Draft): void {
  withStorage((storage) => {
    const key = keyOf(userId, conversationId);
    if (draft.text === '' && draft.note === '') return storage.removeItem(key);
    storage.setItem(key, JSON.stringify({ ...draft, at: Date.now() } satisfies Kept));
    prune(storage);
  }, undefined);
}

function prune(storage: Storage): void {
  const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '');
  const drafts = keys.filter((key) => key.startsWith(PREFIX));
  if (drafts.length <= MOST) return;
  const age = new Map(drafts.map((key) => [key, parse(storage.getItem(key))?.at ?? 0]));
  drafts.sort((a, b) => (age.get(a) ?? 0) - (age.get(b) ?? 0));
  for (const key of drafts.slice(0, drafts.length - MOST)) storage.removeItem(key);
}
