import { createEffect, createSignal, Show } from 'solid-js';
import type { Message } from '../../../../protocol/conversation/message.ts';
import controls from '../../forms/lazy/controls.module.css';
import { EmailField } from '../../forms/lazy/email-field.tsx';
import { changeable, EditLast } from '../../messages/lazy/edit-last.tsx';
import { isMuted, mute } from '../../page/lazy/sound.ts';
import type { LiveConversation } from '../../state/conversation.ts';
import { asRequestError, type Model } from '../../state/model.ts';
import { later } from '../../ui/later.tsx';
import { fill, problemText, r } from '../../ui/lazy/texts.ts';
import ui from '../../ui/ui.module.css';
import css from './menu.module.css';

const ForgetBrowser = later(() => import('../../views/lazy/forget-browser.tsx'));

/** The conversation's menu. Opens at once, and again whenever `opens` changes. */
export default function Menu(props: { model: Model; live: LiveConversation; opens: number }) {
  const { model, live } = props;
  createEffect(() => props.opens && menu?.showPopover());
  let menu: HTMLDivElement | undefined;
  let dialog: HTMLDialogElement | undefined;
  let transcript: HTMLDialogElement | undefined;
  let edit: HTMLDialogElement | undefined;
  /** The message that is being changed. */
  const [changing, setChanging] = createSignal<Message>();
  // Computed again with each opening: a message can be edited for some minutes only.
  const last = () => (props.opens && open() ? changeable(live) : undefined);
  const [sentTo, setSentTo] = createSignal('');
  const [failed, setFailed] = createSignal('');
  const [forgetting, setForgetting] = createSignal(0);
  const [muted, setMuted] = createSignal(isMuted());
  const open = () => model.current() !== undefined;

  async function end(): Promise<void> {
    setFailed('');
    try {
      await model.session.call(`conversations/${live.id}/close`, { method: 'POST', body: {} });
      dialog?.close();
    } catch (error) {
      setFailed(problemText(asRequestError(error).code));
    }
  }

  return (
    <>
      <div ref={menu} popover="auto" class={css.menu}>
        <button type="button" onClick={() => model.go({ name: 'home' })}>
          {r.changeDepartment}
        </button>
        <button type="button" onClick={() => model.go({ name: 'history' })}>
          {r.earlier}
        </button>
        <button
          type="button"
          onClick={() => {
            mute(!muted());
            setMuted(isMuted());
            menu?.hidePopover();
          }}
        >
          {muted() ? r.soundOn : r.soundOff}
        </button>
        <button
          type="button"
          onClick={() => {
            menu?.hidePopover();
            setSentTo('');
            transcript?.showModal();
          }}
        >
          {r.transcript}
        </button>
        <Show when={last()}>
          {(message) => (
            <button
              type="button"
              onClick={() => {
                menu?.hidePopover();
                setChanging(message());
                edit?.showModal();
              }}
            >
              {r.editLast}
            </button>
          )}
        </Show>
        <Show when={open()}>
          <button
            type="button"
            onClick={() => {
              menu?.hidePopover();
              dialog?.showModal();
            }}
          >
            {r.endConversation}
          </button>
        </Show>
        <button
          type="button"
          onClick={() => {
            menu?.hidePopover();
            setForgetting(forgetting() + 1);
          }}
        >
          {r.forget}
        </button>
      </div>
      <Show when={forgetting()}>
        <ForgetBrowser model={model} opens={forgetting()} />
      </Show>
      <dialog ref={dialog} class={css.sheet} aria-labelledby="end-title">
        <h2 id="end-title">{r.endSure}</h2>
        <p class={ui.muted}>{r.endHint}</p>
        <p class={css.error} role="alert">
          {failed()}
        </p>
        <button type="button" class={controls.primary} onClick={() => void end()}>
          {r.endConversation}
        </button>
        <button type="button" class={controls.plain} onClick={() => dialog?.close()}>
          {r.cancel}
        </button>
      </dialog>
      <dialog ref={transcript} class={css.sheet} aria-labelledby="transcript-title">
        <h2 id="transcript-title">{r.transcript}</h2>
        <Show
          when={sentTo()}
          fallback={
            <>
              <p class={ui.muted}>{r.transcriptHint}</p>
              <EmailField
                value={model.info()?.customer?.email ?? ''}
                submit={r.send}
                send={async (email) => {
                  await model.session.call(`conversations/${live.id}/transcript`, {
                    method: 'POST',
                    body: { email },
                  });
                  setSentTo(email);
                }}
              />
            </>
          }
        >
          <p role="status">{fill(r.transcriptSent, { email: sentTo() })}</p>
        </Show>
        <button type="button" class={controls.plain} onClick={() => transcript?.close()}>
          {sentTo() ? r.closeDialog : r.cancel}
        </button>
      </dialog>
      <dialog ref={edit} class={css.sheet} aria-labelledby="edit-title">
        <h2 id="edit-title">{r.editLast}</h2>
        <Show when={changing()} keyed>
          {(message) => (
            <EditLast model={model} live={live} message={message} done={() => edit?.close()} />
          )}
        </Show>
      </dialog>
    </>
  );
}
