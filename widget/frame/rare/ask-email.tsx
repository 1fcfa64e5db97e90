import { createSignal, onCleanup, Show } from 'solid-js';
import type { LiveConversation } from '../state/conversation.ts';
import { keep, kept } from '../state/keep.ts';
import type { Model } from '../state/model.ts';
import css from './ask-email.module.css';
import controls from './controls.module.css';
import { EmailField } from './email-field.tsx';
import { r } from './strings.ts';

/** Milliseconds that a visitor waits before they are asked for an address, where somebody is there. */
const PATIENCE = 60_000;

/**
 * Asks for an address, once and politely, when nobody has answered for a while and none is known.
 * What is given goes to the customer's record as it was given, and proves nothing.
 */
export default function AskEmail(props: { model: Model; live: LiveConversation }) {
  const { model, live } = props;
  const answered = `asked:${live.id}`;
  const [done, setDone] = createSignal(!!kept(answered));
  const [given, setGiven] = createSignal(false);
  const department = model.departments().find(({ id }) => id === live.department.id);
  const nobody = department?.online.length === 0;
  const [late, setLate] = createSignal(false);
  // From the first message on.
  const since = Date.parse(live.state().messages[0]?.sent_at ?? '');
  const patience = department?.online[0] && since + PATIENCE - Date.now();
  const timer = setTimeout(setLate, patience, true);
  onCleanup(() => clearTimeout(timer));

  function finish(): void {
    keep(answered, '1');
    setDone(true);
  }

  async function send(email: string): Promise<void> {
    await model.session.call('customer', { method: 'PATCH', body: { email } });
    setGiven(true);
    finish();
  }

  return (
    <Show when={late() && !done()} fallback={given() && <p class={css.box}>{r.thanks}</p>}>
      <section class={css.box} aria-label={r.askEmail}>
        {nobody && <p class={css.presence}>{department.presence}</p>}
        <p>{r.askEmail}</p>
        <EmailField value="" submit={r.save} send={send}>
          <button type="button" class={controls.plain} onClick={() => finish()}>
            {r.noThanks}
          </button>
        </EmailField>
      </section>
    </Show>
  );
}
