import { createSignal } from 'solid-js';
import { t } from '../texts/common.ts';
import { Button } from './Button.tsx';

/** A button that asks for a second click before it removes something permanently. */
export function RemoveButton(props: {
  busy: boolean;
  onRemove(): void;
  /** The text of the button, unless it is “Remove”. */
  label?: string;
  question?: string;
}) {
  const [confirming, setConfirming] = createSignal(false);
  return (
    <Button
      look={confirming() ? 'plain' : 'quiet'}
      disabled={props.busy}
      onBlur={() => setConfirming(false)}
      onClick={() => (confirming() ? props.onRemove() : setConfirming(true))}
    >
      {confirming() ? (props.question ?? t.confirmRemove) : (props.label ?? t.remove)}
    </Button>
  );
}
