import { createSignal, type JSX, Show } from 'solid-js';
import { Menu } from '../../../components/menu/Menu.tsx';
import type { MenuLook } from '../../../components/menu/menu-parts.ts';
import { lazily } from '../../../lib/lazily.tsx';
import { t } from '../../../texts/triage.ts';
import { shortTime, snoozeTimes } from './snooze.ts';

const SnoozePicker = lazily(() => import('./SnoozePicker.tsx'));

const REPLY = 'reply';
const PICK = 'pick';

/** A menu to snooze: until a usual time, a chosen time, or the visitor's reply. */
export function SnoozeMenu(props: {
  label: string;
  children: JSX.Element;
  /** ISO 8601, or null for until the visitor replies. */
  onSnooze(until: string | null): void;
  disabled?: boolean;
  look?: MenuLook;
  /** Opens it from elsewhere. */
  open?: boolean;
  onOpenChange?(open: boolean): void;
}) {
  const [picking, setPicking] = createSignal(false);

  const times = () => snoozeTimes(new Date());
  const choices = () => [
    ...times().map(({ value, label, until }) => ({
      value,
      label,
      hint: shortTime(until, new Date()),
    })),
    { value: PICK, label: t.snooze.pick },
    { value: REPLY, label: t.snooze.reply },
  ];

  function choose(value: string): void {
    const time = times().find((choice) => choice.value === value);
    if (time) props.onSnooze(time.until.toISOString());
    else if (value === REPLY) props.onSnooze(null);
    else setPicking(true);
  }

  return (
    <>
      <Menu
        label={props.label}
        value={null}
        look={props.look ?? 'chip'}
        choices={choices()}
        onChoose={choose}
        disabled={props.disabled ?? false}
        {...(props.open !== undefined && { open: props.open })}
        onOpenChange={(open) => props.onOpenChange?.(open)}
      >
        {props.children}
      </Menu>
      <Show when={picking()}>
        <SnoozePicker
          onPick={(until: Date) => {
            setPicking(false);
            props.onSnooze(until.toISOString());
          }}
          onClose={() => setPicking(false)}
        />
      </Show>
    </>
  );
}
