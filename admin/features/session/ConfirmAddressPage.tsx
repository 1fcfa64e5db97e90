import { A } from '@solidjs/router';
import { createSignal, onMount, Show } from 'solid-js';
import { describeError } from '../../api/http.ts';
import { Button } from '../../components/Button.tsx';
import { t } from '../../texts/session.ts';
import { confirmAddress } from '../profile/api.ts';
import styles from './EntryPage.module.css';
import { EntryPage } from './EntryPage.tsx';

/** The page of the e-mailed link that confirms an address. */
export default function ConfirmAddressPage() {
  const token = location.hash.slice(1);
  const [busy, setBusy] = createSignal(false);
  const [confirmed, setConfirmed] = createSignal<string | null>(null);
  const [refusal, setRefusal] = createSignal<string | null>(null);

  onMount(() => {
    document.title = `${t.confirmTitle} · Foyer`;
  });

  // Needs a click, since e-mail scanners open links.
  async function confirm(): Promise<void> {
    if (busy()) return;
    setBusy(true);
    setRefusal(null);
    try {
      setConfirmed(await confirmAddress(token));
    } catch (error) {
      setRefusal(describeError(error));
    } finally {
      setBusy(false);
    }
  }

  const text = () => {
    const address = confirmed();
    if (address !== null) return t.signInAs(address);
    return token ? t.confirmOnlyIf : t.linkIncomplete;
  };

  return (
    <EntryPage title={confirmed() === null ? t.confirmHeading : t.confirmed} text={text()}>
      <div class={styles.form}>
        <div role="alert">
          <Show when={refusal()}>{(text) => <p class={styles.refusal}>{text()}</p>}</Show>
        </div>
        <Show when={token && confirmed() === null}>
          <Button look="primary" busy={busy()} onClick={() => void confirm()}>
            {busy() ? t.confirming : t.confirmAddress}
          </Button>
        </Show>
      </div>
      <p class={styles.aside}>
        <A href="/settings/profile">{t.openProfile}</A>
      </p>
    </EntryPage>
  );
}
