import { A } from '@solidjs/router';
import { createEffect, createSignal, For, on, Show } from 'solid-js';
import type { ConversationSummary } from '../../../protocol/conversation/conversation.ts';
import type { Page } from '../../../protocol/page.ts';
import { describeError } from '../../api/http.ts';
import { Button } from '../../components/Button.tsx';
import { Skeleton } from '../../components/Skeleton.tsx';
import { Time } from '../../components/Time.tsx';
import { useInbox } from '../inbox/context.ts';
import { previewOf } from '../inbox/names.ts';
import { getCustomer } from './api.ts';
import styles from './CustomerPanel.module.css';
import { LoadOlder } from './LoadOlder.tsx';
import { createOlder } from './older.ts';

/** Links to the customer's other conversations. */
export default function EarlierConversations(props: {
  customerId: string;
  currentId: string;
  /** The list reloads when this changes. */
  version: string;
  onOpened(): void;
}) {
  const { directory, path } = useInbox();
  const [newest, setNewest] = createSignal<Page<ConversationSummary> | null>(null);
  const list = createOlder(() => props.customerId, newest);
  const items = () =>
    newest() && list.all().filter((conversation) => conversation.id !== props.currentId);
  const [error, setError] = createSignal<string | null>(null);

  async function load(): Promise<void> {
    setError(null);
    try {
      const { conversations, conversations_cursor } = await getCustomer(props.customerId);
      setNewest({ items: conversations, next_cursor: conversations_cursor });
    } catch (failure) {
      setError(describeError(failure));
    }
  }

  createEffect(on([() => props.customerId, () => props.version], () => void load()));

  return (
    <>
      <Show when={error()}>
        {(text) => (
          <p class={styles.error} role="alert">
            {text()}
            <Button onClick={() => void load()}>Try again</Button>
          </p>
        )}
      </Show>
      <Show
        when={items()}
        fallback={
          <Show when={!error()}>
            <Skeleton shape="line" />
          </Show>
        }
      >
        {(all) => (
          <ul>
            <For each={all()} fallback={<li class={styles.unknown}>First conversation</li>}>
              {(conversation) => (
                <li>
                  <A
                    class={styles.other ?? ''}
                    href={path(conversation.id)}
                    onClick={props.onOpened}
                  >
                    <span class={styles.otherTop}>
                      <span dir="auto">
                        {directory.departmentName(conversation.department_id) ?? 'Conversation'}
                      </span>
                      <span class={styles.otherState}>
                        {conversation.status === 'closed' ? 'Closed' : 'Open'} ·{' '}
                        <Time time={conversation.last_message_at ?? conversation.created_at} />
                      </span>
                    </span>
                    <span class={styles.otherText} dir="auto">
                      {previewOf(conversation.last_message_preview, 'No messages')}
                    </span>
                  </A>
                </li>
              )}
            </For>
          </ul>
        )}
      </Show>
      <LoadOlder list={list} />
    </>
  );
}
