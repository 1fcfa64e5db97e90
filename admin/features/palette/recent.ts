import { withStorage } from '../../lib/storage.ts';

/** A conversation that an agent opened in this browser. */
export type Recent = { id: string; name: string };

const MOST = 8;

const keyOf = (userId: string) => `foyer:recent:${userId}`;

/** The last ones that the agent opened, the latest first. */
export function recentOf(userId: string): Recent[] {
  return withStorage((storage) => {
    const kept: unknown = JSON.parse(storage.getItem(keyOf(userId)) ?? '[]');
    if (!Array.isArray(kept)) return [];
    return kept.flatMap((one: Partial<Recent> | null) =>
      typeof one?.id === 'string' && typeof one.name === 'string'
        ? [{ id: one.id, name: one.name }]
        : [],
    );
  }, []);
}

export function rememberOpened(userId: string, opened: Recent): void {
  const others = recentOf(userId).filter(({ id }) => id !== opened.id);
  const all = JSON.stringify([opened, ...others].slice(0, MOST));
  withStorage((storage) => storage.setItem(keyOf(userId), all), undefined);
}
