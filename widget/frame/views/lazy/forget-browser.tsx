import { createEffect, createSignal } from 'solid-js';
import css from '../../chat/lazy/menu.module.css';
import controls from '../../forms/lazy/controls.module.css';
import { asRequestError, type Model } from '../../state/model.ts';
import { problemText, r } from '../../ui/lazy/texts.ts';
import ui from '../../ui/ui.module.css';

/**
 * Asks for confirmation and then deletes everything that this browser stores of the visitor: sessions,
 * drafts and unsent messages. Opens at once, and again whenever `opens` changes.
 */
export default function ForgetBrowser(props: { model: Model; opens: number }) {
  const [failed, setFailed] = createSignal('');
  let dialog: HTMLDialogElement | undefined;
  createEffect(() => props.opens && dialog?.showModal());

  async function forget(): Promise<void> {
    setFailed('');
    try {
      await props.model.session.call('customer/forget', { method: 'POST', body: {} });
    } catch (error) {
      setFailed(problemText(asRequestError(error).code));
      return;
    }
    try {
      // Drafts and unsent messages. A module shared with commands.ts would cost bytes of the first view.
      for (const name of Object.keys(localStorage)) {
        if (name.startsWith('foyer:')) localStorage.removeItem(name);
      }
    } catch {
      // Denied, so nothing is stored.
    }
    // The new document starts as a new visitor.
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
