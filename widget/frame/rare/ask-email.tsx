import { createSignal, onCleanup, Show } from 'solid-js';
import type { LiveConversation } from '../state/conversation.ts';
import { keep, kept } from '../state/keep.ts';
import type { Model } from '../state/model.ts';
import css from './ask-email.module.css';
import controls from './controls.module.css';
import { EmailField } from './email-field.tsx';
import { roundedTime } from './rounded-time.ts';
import { fill, r } from './strings.ts';

/** Milliseconds that a visitor waits before they are asked: a person who is there has answered. */
const PATIENCE = 60_000;

/**
 * Asks for an address, once and politely, when nobody has answered for a while and none is known.
 * What is given goes to the customer's record as it was given, and proves nothing.
 */
export default function AskEmail(props: { model: Model; live: LiveConversation }) {
  const { model, live } = props;
  const answered = `asked:${live.id}`;
  const [due, setDue] = createSignal(false);
  const [done, setDone] = createSignal(!!kept(answered));
  const [given, setGiven] = createSignal(false);
  const since = () => {
    const first = live.state().messages.find(({ sender }) => sender.kind === 'visitor');
    return first ? Date.parse(first.sent_at) : Date.now();
  };
  const department = model.info()?.departments.find(({ id }) => id === live.department.id);
  const nobody = department?.online.length === 0;
  const patience = nobody ? 0 : PATIENCE;
  const timer = setTimeout(() => setDue(true), Math.max(0, since() + patience - Date.now()));
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
    <Show when={due() && !done()} fallback={given() && <p class={css.box}>{r.thanks}</p>}>
      <section class={css.box} aria-label={r.askEmail}>
        <p>
          {nobody && `${r.nobody} `}
          {r.askEmail}
          {nobody && department.reply_seconds !== null && (
            <> {fill(r.usually, { time: roundedTime(department.reply_seconds) })}</>
          )}
        </p>
        <EmailField value="" submit={r.save} send={send}>
          <button type="button" class={controls.plain} onClick={finish}>
            {r.noThanks}
          </button>
        </EmailField>
      </section>
    </Show>
  );
}
