import { createSignal, onMount, Show } from 'solid-js';
import type { RequestError } from '../../../../protocol/client/http.ts';
import { addMessages } from '../../../../protocol/client/log.ts';
import type { Message } from '../../../../protocol/conversation/message.ts';
import type { VisitorConversationItem } from '../../../../protocol/conversation/visitor-conversation.ts';
import { MessageList } from '../../chat/message-list.tsx';
import { dayOf } from '../../chat/times.ts';
import { messagesBefore } from '../../state/conversation.ts';
import { asRequestError, type Model } from '../../state/model.ts';
import { Header } from '../../ui/header.tsx';
import Problem from '../../ui/lazy/problem.tsx';
import { r } from '../../ui/lazy/texts.ts';

const nothing = () => {};

/** A conversation that has ended, read-only. */
export default function TranscriptView(props: { model: Model; item: VisitorConversationItem }) {
  const { model, item } = props;
  const [messages, setMessages] = createSignal<readonly Message[]>();
  const [cursor, setCursor] = createSignal<string | null>(null);
  const [failed, setFailed] = createSignal<RequestError>();

  let loading = false;
  async function load(onArrival?: () => void): Promise<void> {
    if (loading) return;
    loading = true;
    setFailed(undefined);
    try {
      const before = cursor() ?? Number.MAX_SAFE_INTEGER;
      const page = await messagesBefore(model.session, item.id, before);
      onArrival?.();
      setMessages(addMessages(messages() ?? [], page.items));
      setCursor(page.next_cursor);
    } catch (error) {
      setFailed(asRequestError(error));
    }
    loading = false;
  }
  const earlier = async (onArrival: () => void) => {
    if (cursor() !== null) await load(onArrival);
  };
  onMount(() => void load());

  return (
    <>
      <Header
        title={item.department.name}
        note={`${r.isEnded} · ${dayOf(item.closed_at ?? item.created_at)}`}
        back={() => model.go({ name: 'history' })}
        close={model.close}
      />
      <Show when={failed()} keyed>
        {(error) => <Problem error={error} retry={() => void load()} />}
      </Show>
      <Show when={messages()}>
        {(loaded) => (
          <MessageList
            messages={loaded()}
            loadEarlier={earlier}
            outgoing={[]}
            typing={[]}
            agentRead={null}
            retry={nothing}
            discard={nothing}
            onEnd={nothing}
            intro={loaded().length === 0 ? r.noMessages : undefined}
          />
        )}
      </Show>
    </>
  );
}
