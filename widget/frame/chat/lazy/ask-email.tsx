import { createSignal, Show } from 'solid-js';
import controls from '../../forms/lazy/controls.module.css';
import { EmailField } from '../../forms/lazy/email-field.tsx';
import type { LiveConversation } from '../../state/conversation.ts';
import { keep, kept } from '../../state/keep.ts';
import type { Model } from '../../state/model.ts';
import { r } from '../../ui/lazy/texts.ts';
import css from './ask-email.module.css';

/**
 * Asks once for an e-mail address when no agent has answered for a while and none is known. The address
 * goes to the customer's record unverified.
 */
export default function AskEmail(props: { model: Model; live: LiveConversation }) {
  const { model, live } = props;
  const doneKey = `asked:${live.id}`;
  const [done, setDone] = createSignal(!!kept(doneKey));
  const [isSaved, setIsSaved] = createSignal(false);
  const department = model.departments().find(({ id }) => id === live.department.id);
  const isAway = department?.online.length === 0;

  function finish(): void {
    keep(doneKey, '1');
    setDone(true);
  }

  async function send(email: string): Promise<void> {
    await model.session.call('customer', { method: 'PATCH', body: { email } });
    setIsSaved(true);
    finish();
  }

  return (
    <Show when={!done()} fallback={isSaved() && <p class={css.box}>{r.thanks}</p>}>
      <section class={css.box} aria-label={r.askEmail}>
        {isAway && <p class={css.presence}>{department.presence}</p>}
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
