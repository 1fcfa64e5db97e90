import type { FoyerEvents } from './foyer.ts';
import { warn } from './warn.ts';

type Name = keyof FoyerEvents;
type Listener = (detail?: unknown) => void;

const NAMES: Record<Name, true> = {
  ready: true,
  open: true,
  close: true,
  unread: true,
  message: true,
  conversation_started: true,
  conversation_closed: true,
};

const isListener = (value: unknown): value is Listener => typeof value === 'function';

/** The page's listeners. If one throws, the console shows it and the others are still called. */
export function createEvents() {
  const listeners = new Map<string, Set<Listener>>();

  return {
    on(event: unknown, listener: unknown): void {
      if (typeof event !== 'string' || !Object.hasOwn(NAMES, event)) {
        warn(`There is no event ${event}; there are ${Object.keys(NAMES).join(', ')}.`);
      } else if (!isListener(listener)) warn(`on('${event}') takes a function.`);
      else listeners.set(event, (listeners.get(event) ?? new Set()).add(listener));
    },
    /** Without a listener, removes all listeners of the event. */
    off(event: unknown, listener?: unknown): void {
      if (isListener(listener)) listeners.get(`${event}`)?.delete(listener);
      else listeners.delete(`${event}`);
    },
    emit(event: Name, detail?: unknown): void {
      for (const listener of [...(listeners.get(event) ?? [])]) {
        try {
          listener(detail);
        } catch (error) {
          console.warn('Foyer:', error);
        }
      }
    },
  };
}
