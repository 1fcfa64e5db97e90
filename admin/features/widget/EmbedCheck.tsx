import { onCleanup, onMount, Show } from 'solid-js';
import type { WidgetSettingsRecord } from '../../../protocol/widget/widget-settings.ts';
import { describeError } from '../../api/http.ts';
import { Button } from '../../components/Button.tsx';
import { Time } from '../../components/Time.tsx';
import { createSaving } from '../../lib/saving.ts';
import { showToast } from '../../lib/toasts.ts';
import { t } from '../../texts/start.ts';
import { forgetInstallation } from '../settings/api.ts';
import styles from './EmbedCheck.module.css';

/**
 * Shows whether the widget was opened on a website. The Worker reports the first time over the
 * socket. If that was missed, returning to this tab loads it.
 */
export function EmbedCheck(props: {
  installed: WidgetSettingsRecord['seen'];
  /** Asks the server again. */
  onLook(): Promise<void>;
}) {
  const saving = createSaving();
  const look = () => {
    if (document.visibilityState === 'visible') void props.onLook();
  };
  onMount(() => document.addEventListener('visibilitychange', look));
  onCleanup(() => document.removeEventListener('visibilitychange', look));

  async function again(): Promise<void> {
    const done = await saving.run(async () => {
      await forgetInstallation();
      await props.onLook();
    });
    if (!done) showToast({ tone: 'bad', text: saving.refusal() ?? describeError(null) });
  }

  return (
    <div class={styles.check} role="status">
      <span class={styles.dot} classList={{ [styles.seen ?? '']: props.installed !== null }} />
      <Show
        when={props.installed}
        fallback={
          <p class={styles.text}>
            <strong>{t.install.waiting}</strong> {t.install.waitingText}
          </p>
        }
      >
        {(installed) => (
          <>
            <p class={styles.text} title={t.install.onceADay}>
              <Show
                when={installed().origin}
                fallback={
                  <>
                    <strong>{t.install.seenOnWebsite}</strong> <Time time={installed().at} ago />.{' '}
                    {t.install.addSites}
                  </>
                }
              >
                {(origin) => (
                  <>
                    {t.install.seenOn} <strong dir="auto">{hostOf(origin())}</strong>{' '}
                    <Time time={installed().at} ago />
                  </>
                )}
              </Show>
            </p>
            <Button look="quiet" busy={saving.busy()} onClick={() => void again()}>
              {t.install.checkAgain}
            </Button>
          </>
        )}
      </Show>
    </div>
  );
}

/** `shop.example`, with its port if any. */
function hostOf(origin: string): string {
  return URL.canParse(origin) ? new URL(origin).host : origin;
}
