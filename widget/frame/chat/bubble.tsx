import { Show } from 'solid-js';
import type { OutgoingMessage } from '../../../protocol/client/types.ts';
import type { Message } from '../../../protocol/conversation/message.ts';
import { t } from '../strings/index.ts';
import { later } from '../ui/later.tsx';
import css from './chat.module.css';
import { isEmojiOnly } from './emoji.ts';
import { MessageText } from './text.tsx';
import { dayOf, startsDay, startsGroup, timeOf } from './times.ts';

const EventText = later(() => import('../messages/lazy/event-text.tsx'), false, true);
const Amended = later(() => import('../messages/lazy/amended.tsx'));
const FileBody = later(() => import('../messages/lazy/file.tsx'));
const Failed = later(() => import('../messages/lazy/failed.tsx'));

function Body(props: { body: string }) {
  return (
    <div class={isEmojiOnly(props.body) ? css.emoji : css.bubble} dir="auto">
      <MessageText body={props.body} />
    </div>
  );
}

/** A message, with the day, name and time where the neighbours do not show them. */
export function MessageRow(props: {
  message: Message;
  previous: Message | undefined;
  next: Message | undefined;
  /** "Sent" or "Read", under the visitor's last message. */
  mark: string | undefined;
}) {
  const { message } = props;
  const first = () => startsGroup(message, props.previous);
  const last = () => !props.next || startsGroup(props.next, message);
  const own = message.sender.kind === 'visitor';
  return (
    <>
      <Show when={startsDay(message, props.previous)}>
        <li class={css.day}>{/* @once */ dayOf(message.sent_at)}</li>
      </Show>
      <Show
        when={message.kind !== 'event'}
        fallback={
          <li class={css.event} dir="auto">
            <EventText message={message} />
          </li>
        }
      >
        <li class={`${own ? css.own : ''} ${first() ? css.first : ''}`}>
          <Show when={!own && first()}>
            <span class={css.meta} dir="auto">
              {/* @once */ message.sender.name ?? t.agent}
            </span>
          </Show>
          {message.deleted_at ? (
            <Amended message={message} />
          ) : message.kind === 'file' ? (
            <FileBody message={message} />
          ) : (
            <Body body={message.body} />
          )}
          <Show when={last() || props.mark || message.edited_at}>
            <span class={css.meta}>
              <time datetime={/* @once */ message.sent_at}>
                {/* @once */ timeOf(message.sent_at)}
              </time>
              {props.mark && ` · ${props.mark}`}
              {!message.deleted_at && message.edited_at && <Amended message={message} />}
            </span>
          </Show>
        </li>
      </Show>
    </>
  );
}

/** A message on its way, or one that was refused. */
export function OutgoingRow(props: { message: OutgoingMessage; retry(): void; discard(): void }) {
  return (
    <li class={`${css.own} ${css.first}`}>
      <Body body={props.message.body} />
      <Show
        when={props.message.state === 'failed'}
        fallback={<span class={css.meta}>{t.sending}</span>}
      >
        <Failed {...props} />
      </Show>
    </li>
  );
}
