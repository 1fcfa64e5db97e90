import { type Accessor, createEffect, onCleanup } from 'solid-js';
import { preferences } from '../profile/preferences.ts';

/**
 * Sets the tab's title, with the count of waiting conversations in the title and on the icon if the
 * agent wants it.
 */
export function useTitle(name: Accessor<string>, waiting: Accessor<number>): void {
  const count = () => (preferences.title_count ? waiting() : 0);
  let counted = false;

  createEffect(() => {
    document.title = `${count() > 0 ? `(${count()}) ` : ''}${name()} · Foyer`;
  });
  function icon(number: number): void {
    if (number === 0 && !counted) return;
    counted = true;
    // If the icon fails, the count is still in the title.
    import('./favicon.ts').then(
      ({ showOnIcon }) => showOnIcon(number),
      () => undefined,
    );
  }
  createEffect(() => icon(count()));
  onCleanup(() => icon(0));
}
