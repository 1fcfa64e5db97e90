import { createSignal } from 'solid-js';

/** What a screen reader is to say next, politely; the shell holds the live region. */
const [announcement, setAnnouncement] = createSignal('', { equals: false });

export { announcement };

export function announce(text: string): void {
  setAnnouncement(text);
}
