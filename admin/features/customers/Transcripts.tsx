import { A } from '@solidjs/router';
import { createSignal, For, Show } from 'solid-js';
import type { ConversationSummary } from '../../../protocol/conversation/conversation.ts';
import type { Message } from '../../../protocol/conversation/message.ts';
import type { Page } from '../../../protocol/page.ts';
import { plainText } from '../../../protocol/text/format.ts';
import { describeError } from '../../api/http.ts';
import { Button } from '../../components/Button.tsx';
import { Skeleton } from '../../components/Skeleton.tsx';
import { Time } from '../../components/Time.tsx';
import { previewOf } from '../inbox/names.ts';
import { readTranscript } from './api.ts';
import styles from './CustomerPage.module.css';
import { LoadOlder } from './LoadOlder.tsx';
import { createOlder } from './older.ts';

type Props = {
  customerId: string;
  /** The newest conversations and the cursor of the older ones. */
  newest: Page<ConversationSummary>;
  departmentName(id: string): string | null;
  visitor: string;
};

/** All conversations of the customer. Each expands to show its messages. */
export function Transcripts(props: Props) {
  const list = createOlder(
    () => props.customerId,
    () => props.newest,
  );
  return (
    <section aria-label="Conversations">
      <h2 class={styles.heading}>Conversations</h2>
      <ul class={styles.list}>
        <For each={list.all()}>
          {(conversation) => (
            <li>
              <Conversation
                conversation={conversation}
                department={props.departmentName(conversation.department_id) ?? 'Conversation'}
                visitor={props.visitor}
              />
            </li>
          )}
        </For>
      </ul>
      <LoadOlder list={list} />
    </section>
  );
}

function Conversation(props: {
  conversation: ConversationSummary;
  department: string;
  visitor: string;
}) {
  const [messages, setMessages] = createSignal<readonly Message[] | null>(null);
  const [problem, setProblem] = createSignal<string | null>(null);

  async function load(): Promise<void> {
    setProblem(null);
    try {
      setMessages(await readTranscript(props.conversation.id));
    } catch (error) {
      setProblem(describeError(error));
    }
  }

  return (
    <details onToggle={(event) => event.currentTarget.open && !messages() && void load()}>
      <summary class={styles.summary}>
        <span class={styles.department} dir="auto">
          {props.department}
        </span>
        <span class={styles.state}>
          {props.conversation.status === 'closed' ? 'Closed' : 'Open'}
        </span>
        <Time time={props.conversation.last_message_at ?? props.conversation.created_at} />
        <span class={styles.preview} dir="auto">
          {previewOf(props.conversation.last_message_preview, 'No messages')}
        </span>
      </summary>
      <div class={styles.transcript}>
        <A href={`/inbox/all/${props.conversation.id}`}>Open in the inbox</A>
        <Show when={problem()}>
          {(text) => (
            <p class={styles.problem} role="alert">
              {text()} <Button onClick={() => void load()}>Try again</Button>
            </p>
          )}
        </Show>
        <Show
          when={messages()}
          fallback={
            <Show when={!problem()}>
              <Skeleton shape="line" />
            </Show>
          }
        >
          {(all) => (
            <For
              each={all().filter(({ kind, deleted_at }) => kind !== 'event' && !deleted_at)}
              fallback={<p class={styles.nothing}>No messages</p>}
            >
              {(message) => (
                <div
                  class={styles.said}
                  classList={{ [styles.private ?? '']: message.kind === 'note' }}
                >
                  <p class={styles.speaker}>
                    <span dir="auto">
                      {message.sender.kind === 'visitor'
                        ? props.visitor
                        : (message.sender.name ?? 'Agent')}
                    </span>
                    {message.kind === 'note' ? ' · private note · ' : ' · '}
                    <Time time={message.sent_at} />
                  </p>
                  <p class={styles.body} dir="auto">
                    {message.body ? plainText(message.body) : message.file?.name}
                  </p>
                </div>
              )}
            </For>
          )}
        </Show>
      </div>
    </details>
  );
}
