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
  const [confirming, setConfirming] = createSignal(false);
  return (
    <Button
      look={confirming() ? 'plain' : 'quiet'}
      disabled={props.busy}
      onBlur={() => setConfirming(false)}
      onClick={() => (confirming() ? props.onRemove() : setConfirming(true))}
    >
      {confirming() ? (props.question ?? 'Remove permanently?') : (props.label ?? 'Remove')}
    </Button>
  );
}
