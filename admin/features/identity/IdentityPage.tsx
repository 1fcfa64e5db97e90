import { createSignal, Show } from 'solid-js';
import { MAX_IDENTITY_SECRETS } from '../../../protocol/limits.ts';
import { ListPage } from '../../components/list/ListPage.tsx';
import { Row } from '../../components/list/Rows.tsx';
import lists from '../../components/lists.module.css';
import { Time } from '../../components/Time.tsx';
import { createRemoving } from '../../lib/removing.ts';
import { createSaving } from '../../lib/saving.ts';
import { showToast } from '../../lib/toasts.ts';
import { useSettings } from '../settings/settings.ts';
import { makeIdentitySecret, retireIdentitySecret } from './api.ts';
import { ExampleCode } from './ExampleCode.tsx';
import styles from './Identity.module.css';
import { NewSecret } from './NewSecret.tsx';

/** The placeholder for the id in the examples while there is no secret. */
const PLACEHOLDER = 'the id of your secret';

/** The settings page for verified visitors: secrets and example code. */
export function IdentityPage() {
  const { secrets } = useSettings();
  const [created, setCreated] = createSignal<{ id: string; secret: string } | null>(null);
  const saving = createSaving();
  const removing = createRemoving();
  const full = () => (secrets.value()?.length ?? 0) >= MAX_IDENTITY_SECRETS;
  const newest = () => secrets.value()?.at(-1)?.id ?? PLACEHOLDER;

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
    showToast({ tone: 'plain', text: 'Secret revoked.' });
  }

  return (
    <ListPage
      of={secrets}
      what="secrets"
      icon="lock"
      title="Verified visitors"
      text="If people sign in on your site, your server can tell Foyer who they are, so they see their conversations on every device."
      add={{
        label: 'New secret',
        busy: saving.busy(),
        disabled: secrets.value() === null || full(),
        run: () => void make(),
      }}
      empty={{
        title: 'No secrets yet',
        text: 'Create a secret and add it to your server. Until then, names sent by your page aren’t trusted.',
      }}
      before={
        <div class={lists.alert} role="alert">
          <Show when={saving.refusal()}>{(text) => <p class={lists.refusal}>{text()}</p>}</Show>
        </div>
      }
      after={
        <p class={styles.hint}>
          {full()
            ? 'Two secrets are active. Revoke the one your server no longer uses before you create another.'
            : 'To rotate: create a second secret, deploy it, then revoke the old one. Both work in the meantime.'}
        </p>
      }
      foot={
        <>
          <Steps />
          <details>
            <summary class={styles.summary}>Show code</summary>
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
              Created <Time time={secret.created_at} ago />
            </>
          }
          remove={{
            ...removing.of(secret.id, () => retire(secret.id)),
            label: 'Revoke',
            question: 'Revoke this secret?',
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
        <strong>Create a secret</strong> and store it on your server.
      </li>
      <li>
        <strong>Sign a token</strong> on your server when someone signs in on your site.
      </li>
      <li>
        <strong>Give it to the widget</strong> on your page. Agents then see who is writing.
      </li>
    </ol>
  );
}
