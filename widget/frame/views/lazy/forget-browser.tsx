import { createEffect, createSignal } from 'solid-js';
import css from '../../chat/lazy/menu.module.css';
import controls from '../../forms/lazy/controls.module.css';
import { asRequestError, type Model } from '../../state/model.ts';
import { problemText, r } from '../../ui/lazy/texts.ts';
import ui from '../../ui/ui.module.css';

/**
 * Ends what this browser has of the visitor, once it was confirmed: their sessions, drafts and unsent
 * messages. Opens at once, and at each `asked`.
 */
export default function ForgetBrowser(props: { model: Model; asked: number }) {
  const [failed, setFailed] = createSignal('');
  let dialog: HTMLDialogElement | undefined;
  createEffect(() => props.asked && dialog?.showModal());

  async function forget(): Promise<void> {
    setFailed('');
    try {
      await props.model.session.call('customer/forget', { method: 'POST', body: {} });
    } catch (error) {
      setFailed(problemText(asRequestError(error).code));
      return;
    }
    try {
      // Drafts and unsent messages. A module shared with the page's commands would cost the first view.
      for (const name of Object.keys(localStorage)) {
        if (name.startsWith('foyer:')) localStorage.removeItem(name);
      }
    } catch {
      // Denied: then there is nothing.
    }
    // The new document asks who it is, and is told that it is somebody new.
    location.reload();
  }

  return (
    <dialog ref={dialog} class={css.sheet} aria-labelledby="forget-title">
      <h2 id="forget-title">{r.forget}</h2>
      <p class={ui.muted}>{r.forgetHint}</p>
      <p class={css.error} role="alert">
        {failed()}
      </p>
      <button type="button" class={controls.primary} onClick={() => void forget()}>
        {r.forget}
      </button>
      <button type="button" class={controls.plain} onClick={() => dialog?.close()}>
        {r.cancel}
      </button>
    </dialog>
  );
}
