import { createSignal } from 'solid-js';
import type { Level } from './level.ts';

/** Loads the list that the command menu shows first; null for all commands. */
export type FirstLevel = (() => Promise<Level>) | null;

const [request, setRequest] = createSignal<{ first: FirstLevel } | null>(null);

/** Reactive; a new object for each request. */
export { request };

/** Opens the command menu, at one of its lists if `first` is given. */
export function openPalette(first: FirstLevel = null): void {
  setRequest({ first });
}
