import { withStorage } from '../../lib/storage.ts';

/** A conversation that an agent opened in this browser. */
export type Recent = { id: string; name: string };

const MAX_RECENT = 8;

const keyOf = (userId: string) => `foyer:recent:${userId}`;

/** The conversations that the agent opened last, newest first. */
export function recentOf(userId: string): Recent[] {
  return withStorage((storage) => {
    const stored: unknown = JSON.parse(storage.getItem(keyOf(userId)) ?? '[]');
    if (!Array.isArray(stored)) return [];
    return stored.flatMap((entry: Partial<Recent> | null) =>
      typeof entry?.id === 'string' && typeof entry.name === 'string'
        ? [{ id: entry.id, name: entry.name }]
        : [],
    );
  }, []);
}

export function rememberOpened(userId: string, opened: Recent): void {
  const others = recentOf(userId).filter(({ id }) => id !== opened.id);
  const all = JSON.stringify([opened, ...others].slice(0, MAX_RECENT));
  withStorage((storage) => storage.setItem(keyOf(userId), all), undefined);
}
