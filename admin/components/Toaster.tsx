import { For, Show } from 'solid-js';
import { dismissToast, toasts } from '../lib/toasts.ts';
import { t } from '../texts/common.ts';
import { IconButton } from './Button.tsx';
import styles from './Toaster.module.css';

/** The sentences that `showToast` shows. */
export function Toaster() {
  return (
    <div class={styles.toaster} role="status">
      <For each={toasts()}>
        {(toast) => (
          <div class={`${styles.toast} ${styles[toast.tone]}`}>
            <p class={styles.text} dir="auto">
              {toast.text}
            </p>
            <Show when={toast.action}>
              {(action) => (
                <button
                  type="button"
                  class={styles.action}
                  onClick={() => {
                    dismissToast(toast.id);
                    action().run();
                  }}
                >
                  {action().label}
                </button>
              )}
            </Show>
            <IconButton icon="close" label={t.dismiss} onClick={() => dismissToast(toast.id)} />
          </div>
        )}
      </For>
    </div>
  );
}
