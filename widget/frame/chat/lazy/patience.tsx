import { createSignal, onCleanup, Show } from 'solid-js';
import type { LiveConversation } from '../../state/conversation.ts';
import type { Model } from '../../state/model.ts';
import { later } from '../../ui/later.tsx';

const AskEmail = later(() => import('./ask-email.tsx'), true);

/** Milliseconds that a visitor waits before they are asked for an address, where an agent is online. */
const PATIENCE = 60_000;

/**
 * Asks for an e-mail address when the first message has waited long enough and none is known. Where no
 * agent is online it asks at once.
 */
export default function Patience(props: { model: Model; live: LiveConversation }) {
  const { model, live } = props;
  const [late, setLate] = createSignal(false);
  const { messages } = live.state();
  const department = model.departments().find(({ id }) => id === live.department.id);
  const due = Date.parse(messages[0]?.sent_at ?? '') + PATIENCE;
  const timer = setTimeout(setLate, department?.online[0] && due - Date.now(), true);
  onCleanup(() => clearTimeout(timer));
  const isKnown = () => live.widget_customer?.email || model.info()?.customer?.email;
  return (
    <Show when={late() && live.state().conversation?.status === 'waiting' && !isKnown()}>
      <AskEmail model={model} live={live} />
    </Show>
  );
}
