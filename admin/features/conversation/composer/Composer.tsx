import { createEffect, createSignal, getOwner, onCleanup, runWithOwner, Show } from 'solid-js';
import { typeText } from '../../../../protocol/client/input/type-text.ts';
import { MAX_MESSAGE_LENGTH } from '../../../../protocol/limits.ts';
import { isEmpty, lengthOf } from '../../../../protocol/text/text.ts';
import { Button } from '../../../components/Button.tsx';
import { Icon } from '../../../components/Icon.tsx';
import { loadAhead } from '../../../lib/ahead.ts';
import { lazily } from '../../../lib/lazily.tsx';
import { TOUCH } from '../../../lib/media.ts';
import { createAttaching } from '../../files/attaching.ts';
import { useInbox } from '../../inbox/context.ts';
import { useSession } from '../../session/session.ts';
import { useShortcuts } from '../../shortcuts/shortcuts.ts';
import type { Conversation } from '../conversation.ts';
import { mentionsIn } from '../mentions/mentions.ts';
import type { ComposerSuggestions } from '../suggestions/composer-suggestions.tsx';
import styles from './Composer.module.css';
import { ComposerTop } from './ComposerTop.tsx';
import { createCollision } from './collision.ts';
import type { Draft } from './drafts.ts';
import { wrappingOf } from './FormatBar.tsx';
import { insertText } from './insert-text.ts';
import { createSharedDraft } from './shared-draft.ts';
import type { wrapped as makeEdit, Wrapping } from './wrapping.ts';

/** The formatting functions, once loaded, so that formatting runs within the key event. */
let wrapped: typeof makeEdit | undefined;
async function loadWrapping(): Promise<typeof makeEdit> {
  wrapped ??= (await import('./wrapping.ts')).wrapped;
  return wrapped;
}

loadAhead(loadWrapping);

const loadSuggestions = () => import('../suggestions/composer-suggestions.tsx');
loadAhead(loadSuggestions);

const EmojiPicker = lazily(() => import('../emoji/EmojiPicker.tsx'));
const AttachmentTray = lazily(() => import('../../files/AttachmentTray.tsx'));

/** The remaining characters are shown from this length on. */
const COUNT_FROM = MAX_MESSAGE_LENGTH - 500;

/** Whether CSS can size the field to its text. */
const GROWS = CSS.supports('field-sizing', 'content');

/** The form for a reply, or for a private note that the visitor never sees. */
export function Composer(props: {
  conversation: Conversation;
  /** Why no reply can be sent, or null. A note can always be sent. */
  closed: string | null;
  onReopen(): void;
  /** @param sent whether all that was written was sent */
  onSendAndClose(sent: Promise<boolean>): void;
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
      if (note()) return 'Files can’t be added to notes. Switch to Reply.';
      return props.closed && `${props.closed} Reopen it to send files.`;
    },
  });
  const hasFiles = () => !note() && attaching.tray()?.hasChosen() === true;
  const sendable = () =>
    (props.closed === null || note()) && (!isEmpty(text()) || hasFiles()) && left() >= 0;

  function write(value: string): void {
    setDraft(note() ? 'note' : 'text', value);
    keepSoon();
    conversation.client.typing(value !== '', note() || undefined);
  }

  const collision = createCollision(conversation, () => draft.text);
  const warning = () => (note() ? null : collision());
  let sendAnyway: HTMLButtonElement | undefined;

  async function wrap(wrapping: Wrapping): Promise<void> {
    const edit = wrapped ?? (await loadWrapping());
    if (!field) return;
    insertText(field, edit(field.value, field.selectionStart, field.selectionEnd, wrapping));
  }

  const [suggesting, setSuggesting] = createSignal<ComposerSuggestions | null>(null);
  const owner = getOwner();
  let loading = false;
  /** Loads the suggestions for `/`, `@` and `:`. */
  async function loadSuggesting(): Promise<void> {
    if (loading || suggesting()) return;
    loading = true;
    try {
      const { createComposerSuggestions: createSuggesting } = await loadSuggestions();
      const suggestions = runWithOwner(owner, () =>
        createSuggesting({
          field: () => field,
          note,
          customer: () => conversation.head()?.customer.full_name ?? null,
          agent: me.user,
          members: () => directory.members(),
          canned: () => directory.lists.canned_responses,
          mayCreate: me.role !== 'agent',
          onName: (id) =>
            setDraft('named', [...(draft.named ?? []).filter((memberId) => memberId !== id), id]),
        }),
      );
      setSuggesting(() => suggestions ?? null);
      if (field && document.activeElement === field) suggestions?.look(field);
    } catch {
      // Without it a sign is a sign.
    }
    loading = false;
  }
  /**
   * Loads the composer's helpers when the field is first focused. After a failure the next key
   * press retries.
   */
  function prepare(): void {
    loadWrapping().catch(() => {});
    void loadSuggesting();
  }
  /** Whether a slash was typed and its canned responses are loading. */
  const isWaitingFor = ({ value, selectionStart }: HTMLTextAreaElement) =>
    loading && /(?:^|\s)\/[^\s/]*$/.test(value.slice(0, selectionStart));

  function switchTo(mode: Draft['mode']): void {
    setDraft('mode', mode);
    keep();
    if (mode === 'note') conversation.client.typing(false);
  }

  /**
   * Sends what was written.
   *
   * @param force send although a colleague is replying too
   * @returns the id of the message, null without one; undefined if nothing was sent
   */
  function send(force = false): string | null | undefined {
    if (!sendable()) return undefined;
    if (warning() && !force) {
      sendAnyway?.focus();
      return undefined;
    }
    let id: string | null = null;
    if (!isEmpty(text())) {
      const mentions = note() ? mentionsIn(text(), directory.members(), draft.named) : [];
      id = conversation.client.send(text(), draft.mode, mentions);
      if (note()) setDraft('named', []);
      setDraft(note() ? 'note' : 'text', '');
      keep();
    }
    if (!note()) attaching.tray()?.send();
    field?.focus();
    return id;
  }

  /** Sends what was written, if anything was, and closes the conversation. */
  function sendAndClose(): void {
    if (props.closed !== null) return void send();
    const tray = note() ? null : attaching.tray();
    const isUnwritten = isEmpty(text()) && !hasFiles();
    const id = isUnwritten ? null : send();
    if (id === undefined) return;
    props.onSendAndClose(
      import('./when-sent.ts').then(({ whenSent }) => whenSent(conversation.client, id, tray)),
    );
  }

  function onKeyDown(event: KeyboardEvent): void {
    prepare();
    if (suggesting()?.onKeyDown(event) || (event.key === 'Enter' && field && isWaitingFor(field))) {
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
      // Leaves the field. Pressed again, it leaves the conversation.
      event.preventDefault();
      field?.blur();
      return;
    }
    if (event.key !== 'Enter') return;
    const withModifier = event.ctrlKey || event.metaKey;
    // On-screen keyboards have no practical Shift+Enter.
    if (!withModifier && (event.shiftKey || event.altKey || touch)) return;
    event.preventDefault();
    if (withModifier && event.shiftKey) sendAndClose();
    else send();
  }

  const activeOption = () => suggesting()?.active();

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
              <Show when={draft.text !== ''}> Your draft is saved.</Show>
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
        <Show when={props.closed === null && warning()}>
          {(why) => (
            <p class={styles.collision}>
              <Icon name="people" />
              <span dir="auto">{why()}</span>
              <button
                ref={sendAnyway}
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
          <Show when={text() ? suggesting() : null}>{(suggestions) => suggestions().Lists()}</Show>
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
              suggesting()?.look(event.currentTarget);
            }}
            onFocus={prepare}
            // A native handler: a delegated one could run after the shortcuts handle Escape.
            on:keydown={onKeyDown}
            onClick={(event) => suggesting()?.look(event.currentTarget)}
            onBlur={() => {
              suggesting()?.close();
              conversation.client.typing(false);
            }}
          />
          <Show when={(attaching.tray()?.items().length ?? 0) > 0 && attaching.tray()}>
            {(tray) => <AttachmentTray tray={tray()} />}
          </Show>
          <div class={styles.bar}>
            <p class={styles.hint} id="composer-hint">
              <Show
                when={lengthOf(text()) >= COUNT_FROM}
                fallback={
                  <Show when={!touch}>
                    <kbd>Enter</kbd> to send, <kbd>Shift</kbd> <kbd>Enter</kbd> for a new line,{' '}
                    <kbd>/</kbd> for canned responses
                  </Show>
                }
              >
                <span classList={{ [styles.over ?? '']: left() < 0 }} role="status">
                  {left() >= 0
                    ? `${left()} characters left`
                    : `${-left()} characters over the limit of ${MAX_MESSAGE_LENGTH}`}
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
