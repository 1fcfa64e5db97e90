import { type Component, createSignal } from 'solid-js';
import { mayBeFormatted } from '../../../protocol/text/format-marks.ts';

type Props = { body: string };

const [formatted, setFormatted] = createSignal<Component<Props>>();
let isLoading = false;

/** A message's text: plain until the formatter has loaded. Most texts do not need it. */
export function MessageText(props: Props) {
  const hasMarks = mayBeFormatted(props.body);
  if (hasMarks && !isLoading) {
    isLoading = true;
    // If it does not load, the text stays plain.
    const loading = import('../messages/lazy/formatted.tsx');
    loading.then(
      (loaded) => setFormatted(() => loaded.default),
      () => {
        isLoading = false;
      },
    );
  }
  const content = () => (hasMarks && formatted()?.(props)) || props.body;
  return <>{content()}</>;
}
