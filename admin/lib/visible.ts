import { createRoot, createSignal } from 'solid-js';

/** Whether the tab is in front, where somebody can see it. */
export const isVisible = createRoot(() => {
  const look = () => document.visibilityState === 'visible';
  const [visible, setVisible] = createSignal(look());
  document.addEventListener('visibilitychange', () => setVisible(look()));
  return visible;
});
