import { createRoot, createSignal } from 'solid-js';

/** Whether the tab is visible. Reactive. */
export const isVisible = createRoot(() => {
  const look = () => document.visibilityState === 'visible';
  const [visible, setVisible] = createSignal(look());
  document.addEventListener('visibilitychange', () => setVisible(look()));
  return visible;
});
