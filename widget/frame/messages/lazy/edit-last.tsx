import { createSignal } from 'solid-js';
import '../../../../protocol/client/input/field-limit.ts';
import { brought } from '../../../../protocol/client/input/transfer.ts';
import { contentsOf } from '../../../../protocol/client/input/transfer-contents.ts';
import { typeText } from '../../../../protocol/client/input/type-text.ts';
import { uuidv7 } from '../../../../protocol/client/uuid.ts';
import type { Message } from '../../../../protocol/conversation/message.ts';
import { EDIT_MINUTES, MAX_MESSAGE_LENGTH } from '../../../../protocol/limits.ts';
import { isEmpty } from '../../../../protocol/text/text.ts';
import menu from '../../chat/lazy/menu.module.css';
import controls from '../../forms/lazy/controls.module.css';
import type { LiveConversation } from '../../state/conversation.ts';
import { asRequestError, type Model } from '../../state/model.ts';
import { problemText, r, refusalText } from '../../ui/lazy/texts.ts';
import css from './edit-last.module.css';

/**
 * The visitor's last message, while they may still change it. The Worker decides; a wrong clock only
 * shows or hides the button.
 */
export function changeable(live: LiveConversation): Message | undefined {
  const last = live.state().messages.findLast(({ sender }) => sender.kind === 'visitor');
  const isNew = !!last && Date.now() - Date.parse(last.sent_at) < EDIT_MINUTES * 60_000;
  return isNew && last.kind !== 'event' && !last.deleted_at ? last : undefined;
}

/** Edits or deletes the visitor's own message. The agent sees that it was edited or deleted. */
export function EditLast(props: {
  model: Model;
  live: LiveConversation;
  message: Message;
  done(): void;
}) {
  const { model, live, message, done } = props;
  const [failed, setFailed] = createSignal('');
  const [busy, setBusy] = createSignal(false);
  const path = `conversations/${live.id}/messages/${message.seq}`;
  /** The last attempt. A repeated attempt keeps its id, so that the change is made once (P4). */
  let tried: { id: string; body: string | null } | undefined;
  let area: HTMLTextAreaElement | undefined;

  async function amend(body: string | null): Promise<void> {
    if (tried?.body !== body) tried = { id: uuidv7(), body };
    const { id } = tried;
    setFailed('');
    setBusy(true);
    try {
      if (body === null) await model.session.call(`${path}?id=${id}`, { method: 'DELETE' });
      else await model.session.call(path, { method: 'PATCH', body: { id, body } });
      done();
    } catch (error) {
      const { code, message: words } = asRequestError(error);
      const text = code === 'network' || code === 'timeout' ? problemText(code) : '';
      setFailed(text || refusalText({ code, message: words }));
    }
    setBusy(false);
  }

  function save(): void {
    const body = area?.value.trim() ?? '';
    if (!isEmpty(body) && body !== message.body) void amend(body);
    else done();
  }

  return (
    <>
      <textarea
        ref={area}
        class={css.area}
        rows="3"
        dir="auto"
        data-max={MAX_MESSAGE_LENGTH}
        aria-labelledby="edit-title"
        hidden={message.kind === 'file'}
        onPaste={(event) => {
          const transfer = brought(event, area);
          if (!transfer) return;
          const { files, text } = contentsOf(transfer);
          if (area && text) typeText(area, text);
          setFailed(files[0] ? r.files.file_not_here : '');
        }}
      >
        {message.body}
      </textarea>
      <p class={menu.error} role="alert">
        {failed()}
      </p>
      <button
        type="button"
        class={controls.primary}
        disabled={busy()}
        hidden={message.kind === 'file'}
        onClick={() => save()}
      >
        {r.save}
      </button>
      <button
        type="button"
        class={controls.plain}
        disabled={busy()}
        onClick={() => void amend(null)}
      >
        {r.deleteMessage}
      </button>
      <button type="button" class={controls.plain} onClick={() => done()}>
        {r.cancel}
      </button>
    </>
  );
}
