import { createEffect, createSignal, onCleanup, Show } from 'solid-js';
import { typeText } from '../../../protocol/client/type-text.ts';
import { MAX_MESSAGE_LENGTH } from '../../../protocol/limits.ts';
import type { Member } from '../../../protocol/resources.ts';
import { isEmpty, lengthOf } from '../../../protocol/text.ts';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { lazily } from '../../lib/lazily.tsx';
import { TOUCH } from '../../lib/media.ts';
import { atAt, matchingMembers, mentionsIn } from '../../lib/mentions.ts';
import { useInbox } from '../inbox/context.ts';
import { useSession } from '../session/session.ts';
import { useShortcuts } from '../shortcuts/shortcuts.ts';
import { createAttaching } from './attaching.ts';
import styles from './Composer.module.css';
import { ComposerTop } from './ComposerTop.tsx';
import { fill } from './canned.ts';
import { createCannedPicker } from './canned-picker.ts';
import { createCollision } from './collision.ts';
import type { Conversation } from './conversation.ts';
import type { Draft } from './drafts.ts';
import { createEmojiNames } from './emoji-names.ts';
import { wrappingOf } from './FormatBar.tsx';
import { insertText } from './insert-text.ts';
import {
  CANNED_LIST,
  EMOJI_LIST,
  emojiId,
  MENTION_LIST,
  mentionId,
  optionId,
} from './option-ids.ts';
import { createSharedDraft } from './shared-draft.ts';
import { createSuggestions, type Sign } from './suggestions.ts';
import type { Wrapping } from './wrapping.ts';

/** What the marks of a format do; any key asks for it, so that it is there before its shortcut ends. */
const loadWrapping = () => import('./wrapping.ts');

const CannedList = lazily(() => import('./CannedList.tsx'));
const MentionList = lazily(() => import('./MentionList.tsx'));
const EmojiNames = lazily(() => import('./EmojiNames.tsx'));
const EmojiPicker = lazily(() => import('./lazy/EmojiPicker.tsx'));
const TrayView = lazily(() => import('./lazy/TrayView.tsx'));

/** From so many characters on, what is left is counted. */
const COUNT_FROM = MAX_MESSAGE_LENGTH - 500;

/** Whether CSS makes the field as high as its text. */
const GROWS = CSS.supports('field-sizing', 'content');

/** Where an agent writes a reply, or a note that the visitor never sees. */
export function Composer(props: {
  conversation: Conversation;
  /** Why no reply can be sent now, or null; a note always can. */
  closed: string | null;
  onReopen(): void;
  visitor: string;
}) {
  const { me } = useSession();
  const { directory } = useInbox();
  const { conversation } = props;
  const { draft, setDraft, keep, keepSoon } = createSharedDraft(me.user.id, conversation.id);
  const touch = matchMedia(TOUCH).matches;
  const [emoji, setEmoji] = createSignal(false);
  let field: HTMLTextAreaElement | undefined;

  const note = () => draft.mode === 'note';
  const text = () => (note() ? draft.note : draft.text);
  const left = () => MAX_MESSAGE_LENGTH - lengthOf(text());
  const attaching = createAttaching({
    conversationId: conversation.id,
    field: () => field,
    refusal() {
      if (note()) return 'Files go to the visitor. Choose Reply to send one.';
      return props.closed && `${props.closed} Reopen it to send files.`;
    },
  });
  const carries = () => !note() && attaching.tray()?.waits() === true;
  const sendable = () =>
    (props.closed === null || note()) && (!isEmpty(text()) || carries()) && left() >= 0;

  function write(value: string): void {
    setDraft(note() ? 'note' : 'text', value);
    keepSoon();
    conversation.client.typing(value !== '', note() || undefined);
  }

  const collision = createCollision(conversation, () => draft.text);
  const inTheWay = () => (note() ? null : collision());
  let anyway: HTMLButtonElement | undefined;

  /** Puts something in the place of a sign and what was typed behind it. */
  function complete({ from }: Sign, text: string): void {
    const end = from + text.length;
    if (field) insertText(field, { from, to: field.selectionStart, text, select: [end, end] });
  }
  const picker = createCannedPicker(({ body }, slash) => {
    const customer = conversation.head()?.customer.full_name ?? null;
    complete(slash, fill(body, { customer, agent: me.user.name }));
  });
  async function wrap(wrapping: Wrapping): Promise<void> {
    const { wrapped } = await loadWrapping();
    if (!field) return;
    insertText(field, wrapped(field.value, field.selectionStart, field.selectionEnd, wrapping));
  }

  const people = createSuggestions<Member>({
    find: atAt,
    offer: (query) =>
      matchingMembers(
        directory.members().filter(({ user_id }) => user_id !== me.user.id),
        query,
      ),
    onChoose: ({ name, user_id }, at) => {
      setDraft('named', [...(draft.named ?? []).filter((id) => id !== user_id), user_id]);
      complete(at, `@${name} `);
    },
  });
  const pictures = createEmojiNames(({ picture }, colon) => complete(colon, `${picture} `));
  function look({ value, selectionStart }: HTMLTextAreaElement): void {
    picker.look(value, selectionStart);
    pictures.look(value, selectionStart);
    if (note()) people.look(value, selectionStart);
    else people.close();
  }

  function switchTo(mode: Draft['mode']): void {
    setDraft('mode', mode);
    keep();
    if (mode === 'note') conversation.client.typing(false);
  }

  /** @param sure the writer knows that a colleague answers, too */
  function send(sure = false): void {
    if (!sendable()) return;
    if (inTheWay() && !sure) {
      anyway?.focus();
      return;
    }
    if (!isEmpty(text())) {
      const mentions = note() ? mentionsIn(text(), directory.members(), draft.named) : [];
      conversation.client.send(text(), draft.mode, mentions);
      if (note()) setDraft('named', []);
      setDraft(note() ? 'note' : 'text', '');
      keep();
    }
    if (!note()) attaching.tray()?.send();
    field?.focus();
  }

  function onKeyDown(event: KeyboardEvent): void {
    loadWrapping().catch(() => {});
    if ([picker, people, pictures].some((one) => one.onKeyDown(event))) {
      event.preventDefault();
      return;
    }
    const wrapping = wrappingOf(event);
    if (wrapping) {
      event.preventDefault();
      wrap(wrapping).catch(() => {});
      return;
    }
    if (event.key === 'Escape') {
      // Leaves the field first; pressed again it leaves the conversation.
      event.preventDefault();
      field?.blur();
      return;
    }
    if (event.key !== 'Enter') return;
    const withModifier = event.ctrlKey || event.metaKey;
    // On-screen keyboards have no Shift+Enter worth the name.
    if (!withModifier && (event.shiftKey || event.altKey || touch)) return;
    event.preventDefault();
    send();
  }

  const activeOption = () => {
    const response = picker.active();
    const person = people.active();
    const picture = pictures.active();
    if (response) return { list: CANNED_LIST, option: optionId(response.id) };
    if (person) return { list: MENTION_LIST, option: mentionId(person.user_id) };
    return picture && { list: EMOJI_LIST, option: emojiId(picture.name) };
  };

  const focusIn = (mode: Draft['mode']) => () => {
    switchTo(mode);
    field?.focus();
  };
  useShortcuts({ reply: focusIn('text'), note: focusIn('note') });

  createEffect(() => {
    const value = text();
    if (!field) return;
    if (field.value !== value) field.value = value;
    if (GROWS) return;
    field.style.blockSize = 'auto';
    field.style.blockSize = `${field.scrollHeight}px`;
  });
  onCleanup(() => conversation.client.typing(false));

  return (
    <>
      <Show when={props.closed}>
        {(why) => (
          <div class={styles.closed}>
            <p>
              {why()}
              <Show when={draft.text !== ''}> Your draft is kept.</Show>
            </p>
            <Button onClick={() => props.onReopen()}>Reopen</Button>
            <Show when={!note()}>
              <Button look="quiet" icon="lock" onClick={focusIn('note')}>
                Add a note
              </Button>
            </Show>
          </div>
        )}
      </Show>
      <div role="status">
        <Show when={props.closed === null && inTheWay()}>
          {(why) => (
            <p class={styles.collision}>
              <Icon name="people" />
              <span dir="auto">{why()}</span>
              <button
                ref={anyway}
                type="button"
                class={styles.anyway}
                disabled={!sendable()}
                onClick={() => send(true)}
              >
                Send anyway
              </button>
            </p>
          )}
        </Show>
      </div>
      <Show when={props.closed === null || note() || text() !== ''}>
        <form
          class={styles.composer}
          classList={{
            [styles.note ?? '']: note(),
            [styles.dropping ?? '']: attaching.dropping() && !note(),
          }}
          onSubmit={(event) => {
            event.preventDefault();
            send();
          }}
        >
          <Show when={emoji()}>
            <EmojiPicker
              onChoose={(picture: string) => {
                setEmoji(false);
                if (field) typeText(field, picture);
              }}
              onClose={() => {
                setEmoji(false);
                field?.focus();
              }}
            />
          </Show>
          {/* Their code comes with the first letter. */}
          <Show when={text()}>
            <CannedList picker={picker} />
            <MentionList picker={people} />
          </Show>
          <Show when={pictures.sign()}>
            <EmojiNames names={pictures} />
          </Show>
          <ComposerTop
            note={note()}
            onMode={switchTo}
            onWrap={(wrapping) => void wrap(wrapping).catch(() => {})}
            onAttach={attaching.pick}
            emoji={emoji()}
            onEmoji={() => setEmoji(!emoji())}
          />
          <textarea
            ref={field}
            class={styles.field}
            rows="2"
            dir="auto"
            aria-label={note() ? 'Private note, only for agents' : `Reply to ${props.visitor}`}
            placeholder={note() ? 'Only agents will see this note' : `Reply to ${props.visitor}`}
            aria-invalid={left() < 0 ? 'true' : undefined}
            aria-describedby="composer-hint"
            enterkeyhint={touch ? 'enter' : 'send'}
            aria-autocomplete="list"
            aria-controls={activeOption()?.list}
            aria-activedescendant={activeOption()?.option}
            value={text()}
            onInput={(event) => {
              write(event.currentTarget.value);
              look(event.currentTarget);
            }}
            // On the element itself: a delegated handler might hear Escape after the shortcuts did.
            on:keydown={onKeyDown}
            onClick={(event) => look(event.currentTarget)}
            onBlur={() => {
              for (const one of [picker, people, pictures]) one.close();
              conversation.client.typing(false);
            }}
          />
          <Show when={(attaching.tray()?.items().length ?? 0) > 0 && attaching.tray()}>
            {(tray) => <TrayView tray={tray()} />}
          </Show>
          <div class={styles.bar}>
            <p class={styles.hint} id="composer-hint">
              <Show
                when={lengthOf(text()) >= COUNT_FROM}
                fallback={
                  <Show when={!touch}>
                    <kbd>Enter</kbd> sends, <kbd>Shift</kbd> <kbd>Enter</kbd> starts a line,{' '}
                    <kbd>/</kbd> opens responses
                  </Show>
                }
              >
                <span classList={{ [styles.over ?? '']: left() < 0 }} role="status">
                  {left() >= 0
                    ? `${left()} characters left`
                    : `${-left()} characters too many; ${MAX_MESSAGE_LENGTH} fit in a message`}
                </span>
              </Show>
            </p>
            <Button type="submit" look="primary" disabled={!sendable()}>
              {note() ? 'Add note' : 'Send'}
            </Button>
          </div>
        </form>
      </Show>
    </>
  );
}
