import { isObject } from './frames.ts';
import type { OutboxStorage, OutgoingMessage } from './types.ts';

function isOutgoing(value: unknown): value is OutgoingMessage {
  return (
    isObject(value) &&
    typeof value.id === 'string' &&
    typeof value.body === 'string' &&
    typeof value.created_at === 'string' &&
    (value.kind === 'text' || value.kind === 'note') &&
    (value.state === 'pending' || value.state === 'failed')
  );
}

function parse(text: string | null): unknown {
  try {
    return JSON.parse(`${text}`);
  } catch {
    return null;
  }
}

/** What `use` does with the browser's storage, or `fallback` where storage is denied or full. */
function guarded<Result>(use: (storage: Storage) => Result, fallback: Result): Result {
  try {
    return use(globalThis.localStorage);
  } catch {
    return fallback;
  }
}

/**
 * Unsent messages in localStorage, each under an entry of its own, `<key>:<id>`: tabs that share
 * the key never overwrite each other's, and the next load sends what a closed tab left (P9).
 *
 * @param key names the conversation, as `foyer:outbox:<conversation id>`
 */
export function localOutbox(key: string): OutboxStorage {
  const prefix = `${key}:`;
  return {
    load: () =>
      guarded(
        (storage) =>
          Object.keys(storage)
            .filter((name) => name.startsWith(prefix))
            .map((name) => parse(storage.getItem(name)))
            .filter(isOutgoing)
            // Ids are UUID v7: their order is the order of writing.
            .sort((a, b) => (a.id < b.id ? -1 : 1)),
        [],
      ),
    put: (message) =>
      guarded(
        (storage) => storage.setItem(prefix + message.id, JSON.stringify(message)),
        undefined,
      ),
    remove: (id) => guarded((storage) => storage.removeItem(prefix + id), undefined),
  };
}
