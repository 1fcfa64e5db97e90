import { type Accessor, createEffect, onCleanup } from 'solid-js';
import { preferences } from '../profile/preferences.ts';

/** The tab's title, and before it and on the tab's icon what waits, if the agent wants it there. */
export function useTitle(name: Accessor<string>, waiting: Accessor<number>): void {
  const count = () => (preferences.title_count ? waiting() : 0);
  let counted = false;

  createEffect(() => {
    document.title = `${count() > 0 ? `(${count()}) ` : ''}${name()} · Foyer`;
  });
  function icon(number: number): void {
    if (number === 0 && !counted) return;
    counted = true;
    // A help, not the count itself: that is in the title.
    import('./favicon.ts').then(
      ({ showOnIcon }) => showOnIcon(number),
      () => undefined,
    );
  }
  createEffect(() => icon(count()));
  onCleanup(() => icon(0));
}
