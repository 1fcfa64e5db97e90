import { createSignal } from 'solid-js';
import { Button } from './Button.tsx';

/** Asks once more before something goes for good. */
export function RemoveButton(props: {
  busy: boolean;
  onRemove(): void;
  /** Where it is no removal. */
  label?: string;
  question?: string;
}) {
  const [asked, setAsked] = createSignal(false);
  return (
    <Button
      look={asked() ? 'plain' : 'quiet'}
      disabled={props.busy}
      onBlur={() => setAsked(false)}
      onClick={() => (asked() ? props.onRemove() : setAsked(true))}
    >
      {asked() ? (props.question ?? 'Remove permanently?') : (props.label ?? 'Remove')}
    </Button>
  );
}
