import { createSignal } from 'solid-js';

export type Toast = {
  id: number;
  tone: 'plain' | 'bad';
  text: string;
  action?: { label: string; run(): void };
  /** Until it is dismissed. */
  stays?: boolean;
};

/** Milliseconds for which a toast stays; one that offers something stays longer. */
const STAY = 5_000;
const STAY_WITH_ACTION = 9_000;

const [toasts, setToasts] = createSignal<readonly Toast[]>([]);
let lastId = 0;

export { toasts };

export function dismissToast(id: number): void {
  setToasts(toasts().filter((toast) => toast.id !== id));
}

/** Shows a sentence at the screen's edge, and says it to screen readers. */
export function showToast(toast: Omit<Toast, 'id'>): void {
  const id = ++lastId;
  // The same sentence twice would only pile up.
  setToasts([...toasts().filter((other) => other.text !== toast.text), { ...toast, id }].slice(-3));
  if (toast.stays) return;
  setTimeout(() => dismissToast(id), toast.action ? STAY_WITH_ACTION : STAY);
}
