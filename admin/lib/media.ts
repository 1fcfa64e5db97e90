import { type Accessor, createSignal, onCleanup } from 'solid-js';

/** From this width on the queues stand beside the list; below, they are a sheet. */
export const WIDE = '(min-width: 1100px)';
/** From this width on the customer's panel stands beside the conversation. */
export const VERY_WIDE = '(min-width: 1280px)';
/** Up to this width one pane is shown at a time. */
export const PHONE = '(max-width: 700px)';

/** Fingers, with a keyboard on the screen. */
export const TOUCH = '(pointer: coarse)';

/** Whether a media query holds, while it changes. */
export function createMedia(query: string): Accessor<boolean> {
  const media = matchMedia(query);
  const [matches, setMatches] = createSignal(media.matches);
  const change = () => setMatches(media.matches);
  media.addEventListener('change', change);
  onCleanup(() => media.removeEventListener('change', change));
  return matches;
}
