import { type Component, createSignal } from 'solid-js';
import { mayBeFormatted } from '../../../protocol/text/format-marks.ts';

type Props = { body: string };

const [formatted, setFormatted] = createSignal<Component<Props>>();
let asked = false;

/** A message's text: as it was typed, until what formats it is there. Most texts never ask for it. */
export function MessageText(props: Props) {
  const marked = mayBeFormatted(props.body);
  if (marked && !asked) {
    asked = true;
    // Without it the text stays as it was typed.
    const loading = import('../messages/lazy/formatted.tsx');
    loading.then(
      (loaded) => setFormatted(() => loaded.default),
      () => {
        asked = false;
      },
    );
  }
  const content = () => (marked && formatted()?.(props)) || props.body;
  return <>{content()}</>;
}
