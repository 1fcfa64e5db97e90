import { createSignal, Show } from 'solid-js';
import { MAX_IDENTITY_SECRETS } from '../../../protocol/limits.ts';
import { ListPage } from '../../components/list/ListPage.tsx';
import { Row } from '../../components/list/Rows.tsx';
import lists from '../../components/lists.module.css';
import { Time } from '../../components/Time.tsx';
import { createRemoving } from '../../lib/removing.ts';
import { createSaving } from '../../lib/saving.ts';
import { showToast } from '../../lib/toasts.ts';
import { t } from '../../texts/settings.ts';
import { useSettings } from '../settings/settings.ts';
import { makeIdentitySecret, retireIdentitySecret } from './api.ts';
import { ExampleCode } from './ExampleCode.tsx';
import styles from './Identity.module.css';
import { NewSecret } from './NewSecret.tsx';

/** The settings page for verified visitors: secrets and example code. */
export function IdentityPage() {
  const { secrets } = useSettings();
  const [created, setCreated] = createSignal<{ id: string; secret: string } | null>(null);
  const saving = createSaving();
  const removing = createRemoving();
  const full = () => (secrets.value()?.length ?? 0) >= MAX_IDENTITY_SECRETS;
  const newest = () => secrets.value()?.at(-1)?.id ?? t.identity.placeholder;

  async function make(): Promise<void> {
    const done = await saving.run(async () => {
      const { identity_secret, secret, version } = await makeIdentitySecret();
      setCreated({ id: identity_secret.id, secret });
      secrets.put(identity_secret, version);
    });
    // There may be two already.
    if (!done) await secrets.load();
  }

  async function retire(id: string): Promise<void> {
    await retireIdentitySecret(id).catch(async (error) => {
      // It may have been revoked already.
      await secrets.load();
      throw error;
    });
    secrets.remove(id);
    showToast({ tone: 'plain', text: t.identity.revoked });
  }

  return (
    <ListPage
      of={secrets}
      what={t.what.secrets}
      icon="lock"
      title={t.sections.identity}
      text={t.identity.text}
      add={{
        label: t.identity.add,
        busy: saving.busy(),
        disabled: secrets.value() === null || full(),
        run: () => void make(),
      }}
      empty={{
        title: t.identity.empty,
        text: t.identity.emptyText,
      }}
      before={
        <div class={lists.alert} role="alert">
          <Show when={saving.refusal()}>{(text) => <p class={lists.refusal}>{text()}</p>}</Show>
        </div>
      }
      after={<p class={styles.hint}>{full() ? t.identity.full : t.identity.rotate}</p>}
      foot={
        <>
          <Steps />
          <details>
            <summary class={styles.summary}>{t.identity.showCode}</summary>
            <ExampleCode kid={newest()} />
          </details>
          <Show when={created()} keyed>
            {(secret) => <NewSecret {...secret} onClose={() => setCreated(null)} />}
          </Show>
        </>
      }
    >
      {(secret) => (
        <Row
          name={<span class={styles.kid}>{secret.id}</span>}
          detail={
            <>
              {t.identity.created} <Time time={secret.created_at} ago />
            </>
          }
          remove={{
            ...removing.of(secret.id, () => retire(secret.id)),
            label: t.identity.revoke,
            question: t.identity.revokeAsked,
          }}
        />
      )}
    </ListPage>
  );
}

/** Who needs this, before any code. */
function Steps() {
  return (
    <ol class={styles.steps}>
      <li>
        <strong>{t.identity.steps.create}</strong> {t.identity.steps.createText}
      </li>
      <li>
        <strong>{t.identity.steps.sign}</strong> {t.identity.steps.signText}
      </li>
      <li>
        <strong>{t.identity.steps.give}</strong> {t.identity.steps.giveText}
      </li>
    </ol>
  );
}
