import { createMemo, Match, Show, Switch } from 'solid-js';
import type { Message } from '../../../../protocol/conversation/message.ts';
import { Icon } from '../../../components/Icon.tsx';
import { now } from '../../../lib/clock.ts';
import { lazily } from '../../../lib/lazily.tsx';
import { absoluteTime, clockTime, dayName } from '../../../lib/relative-time.ts';
import { FilePlaceholder } from '../../files/FilePlaceholder.tsx';
import { eventText } from './event-text.ts';
import { FormattedText } from './FormattedText.tsx';
import styles from './MessageRow.module.css';
import { MessageTools } from './MessageTools.tsx';
import type { OwnMessages } from './own-messages.ts';
import { placementOf } from './placement.ts';

const MessageEditor = lazily(() => import('./MessageEditor.tsx'));
const FileBody = lazily(() => import('../../files/FileBody.tsx'));

/** A message of a few emoji only is shown large. An emoji can have several code points. */
const PICTURES =
  /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u200d|\ufe0f|\s){1,24}$/u;

/** A message, note or event in the history. */
export function MessageRow(props: {
  message: Message;
  /** The conversation's id. */
  conversation: string;
  previous: Message | undefined;
  next: Message | undefined;
  me: string;
  /** The visitor's name. */
  visitor: string;
  /** Whether it is the first unread message. */
  unread: boolean;
  /** The names to highlight in notes. */
  names: readonly string[];
  /** Editing and deleting the agent's own messages. */
  mine: OwnMessages;
  /** Whether the visitor has seen it; null if that is not shown. */
  seen: boolean | null;
}) {
  const placement = createMemo(() => placementOf(props.previous, props.message, props.next));
  const time = () => props.message.sent_at;
  const isOwnSide = () => props.message.sender.kind !== 'visitor';
  const name = () => {
    const { sender, by } = props.message;
    if (sender.kind === 'visitor') return props.visitor;
    if (sender.id === props.me) return 'You';
    // Of a bot, a key or a rule the actor says more than what the visitor reads.
    return (by && 'name' in by && by.name) || sender.name || (by ? 'Foyer' : 'Agent');
  };

  return (
    <>
      <Show when={placement().startsDay}>
        <p class={styles.day}>
          <time dateTime={time()} title={absoluteTime(time())}>
            {dayName(time(), now())}
          </time>
        </p>
      </Show>
      <Show when={props.unread}>
        <p class={`${styles.day} ${styles.unread}`}>New</p>
      </Show>
      <Switch>
        <Match when={props.message.kind === 'event'}>
          <p class={styles.event} dir="auto">
            {eventText(props.message, props.me)}
            <time class={styles.eventTime} dateTime={time()} title={absoluteTime(time())}>
              {clockTime(time())}
            </time>
          </p>
        </Match>
        <Match when={true}>
          <article
            class={styles.row}
            classList={{
              [styles.own ?? '']: isOwnSide(),
              [styles.note ?? '']: props.message.kind === 'note',
              [styles.starts ?? '']: placement().startsGroup,
            }}
            tabindex={-1}
            data-kind={props.message.kind}
            data-seq={props.message.seq}
          >
            <Show
              when={props.message.kind === 'note'}
              fallback={
                <p class={placement().startsGroup ? styles.sender : 'visually-hidden'} dir="auto">
                  {name()}
                </p>
              }
            >
              <p class={placement().startsGroup ? styles.sender : 'visually-hidden'} dir="auto">
                <Icon name="lock" />
                Private note · {name()}
              </p>
            </Show>
            <Switch>
              <Match when={props.message.deleted_at}>
                {(at) => (
                  <p class={styles.deleted} title={absoluteTime(at())}>
                    {isOwnSide() && props.message.sender.id === props.me
                      ? 'You deleted this message'
                      : 'This message was deleted'}
                  </p>
                )}
              </Match>
              <Match when={props.mine.editing() === props.message.seq}>
                <MessageEditor
                  body={props.message.body}
                  onSave={(body: string) => props.mine.save(props.message.seq, body)}
                  onCancel={() => props.mine.edit(null)}
                />
              </Match>
              <Match when={props.message.file}>
                {(file) => (
                  <div class={styles.file}>
                    <FileBody
                      fallback={<FilePlaceholder file={file()} />}
                      conversation={props.conversation}
                      seq={props.message.seq}
                      file={file()}
                    />
                    <Show when={props.message.body}>
                      <div class={styles.bubble} dir="auto">
                        <FormattedText body={props.message.body} />
                      </div>
                    </Show>
                  </div>
                )}
              </Match>
              <Match when={true}>
                <div
                  class={styles.bubble}
                  classList={{ [styles.pictures ?? '']: PICTURES.test(props.message.body) }}
                  dir="auto"
                  title={absoluteTime(time())}
                >
                  <FormattedText body={props.message.body} names={props.names} />
                </div>
              </Match>
            </Switch>
            <Show
              when={
                props.mine.canTakeBack(props.message) && props.mine.editing() !== props.message.seq
              }
            >
              <MessageTools
                onEdit={
                  props.mine.canEdit(props.message)
                    ? () => props.mine.edit(props.message.seq)
                    : undefined
                }
                onTakeBack={() => props.mine.takeBack(props.message.seq)}
              />
            </Show>
            <Show when={placement().endsGroup || props.seen !== null || props.message.edited_at}>
              <p class={styles.foot}>
                <time dateTime={time()} title={absoluteTime(time())}>
                  {clockTime(time())}
                </time>
                <Show when={!props.message.deleted_at && props.message.edited_at}>
                  {(at) => <span title={absoluteTime(at())}>· Edited</span>}
                </Show>
                <Show when={props.seen !== null}>
                  <span>{props.seen ? '· Seen' : '· Sent'}</span>
                </Show>
              </p>
            </Show>
          </article>
        </Match>
      </Switch>
    </>
  );
}
