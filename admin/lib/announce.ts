import { createSignal } from 'solid-js';

/** The next text for screen readers, announced politely. The live region is in app.tsx. */
const [announcement, setAnnouncement] = createSignal('', { equals: false });

export { announcement };

export function announce(text: string): void {
  setAnnouncement(text);
}
