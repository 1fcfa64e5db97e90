import { createSignal } from 'solid-js';

export type Toast = {
  id: number;
  tone: 'plain' | 'bad';
  text: string;
  /** `undoes`: it can also be run by the key for Undo. */
  action?: { label: string; run(): void; undoes?: boolean };
  /** Stays until it is dismissed. */
  stays?: boolean;
};

/** Milliseconds for which a toast stays; longer with an action. */
const STAY = 5_000;
const STAY_WITH_ACTION = 9_000;

const [toasts, setToasts] = createSignal<readonly Toast[]>([]);
let lastId = 0;

export { toasts };

export function dismissToast(id: number): void {
  setToasts(toasts().filter((toast) => toast.id !== id));
}

/** Shows a sentence in a toast, and announces it to screen readers. */
export function showToast(toast: Omit<Toast, 'id'>): void {
  const id = ++lastId;
  // A repeated sentence replaces the previous toast.
  setToasts([...toasts().filter((other) => other.text !== toast.text), { ...toast, id }].slice(-3));
  if (toast.stays) return;
  setTimeout(() => dismissToast(id), toast.action ? STAY_WITH_ACTION : STAY);
}
