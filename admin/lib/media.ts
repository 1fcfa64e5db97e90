import { type Accessor, createSignal, onCleanup } from 'solid-js';

/** From this width the queues are next to the list; below it they are a sheet. */
export const WIDE = '(min-width: 1100px)';
/** From this width the customer's panel is next to the conversation. */
export const VERY_WIDE = '(min-width: 1280px)';
/** Up to this width only one pane is shown. */
export const PHONE = '(max-width: 700px)';

/** Touch screens, with an on-screen keyboard. */
export const TOUCH = '(pointer: coarse)';

/** Whether a media query matches. Reactive. */
export function createMedia(query: string): Accessor<boolean> {
  const media = matchMedia(query);
  const [matches, setMatches] = createSignal(media.matches);
  const change = () => setMatches(media.matches);
  media.addEventListener('change', change);
  onCleanup(() => media.removeEventListener('change', change));
  return matches;
}
