import { createSignal, For, onMount, Show } from 'solid-js';
import { MAX_IDENTITY_SECRETS } from '../../../protocol/limits.ts';
import type { IdentitySecretRecord } from '../../../protocol/resources/identity-secret.ts';
import { Button } from '../../components/Button.tsx';
import lists from '../../components/lists.module.css';
import { Message } from '../../components/Message.tsx';
import { RemoveButton } from '../../components/RemoveButton.tsx';
import { Section, WhenLoaded } from '../../components/Section.tsx';
import { Time } from '../../components/Time.tsx';
import { createLoaded } from '../../lib/loaded.ts';
import { createSaving } from '../../lib/saving.ts';
import { showToast } from '../../lib/toasts.ts';
import { listIdentitySecrets, makeIdentitySecret, retireIdentitySecret } from './api.ts';
import { ExampleCode } from './ExampleCode.tsx';
import styles from './Identity.module.css';
import { NewSecret } from './NewSecret.tsx';

/** The placeholder for the id in the examples while there is no secret. */
const PLACEHOLDER = 'the id of your secret';

/** The settings page for verified visitors: secrets and example code. */
export function IdentityPage() {
  const secrets = createLoaded(listIdentitySecrets);
  const [created, setCreated] = createSignal<{ id: string; secret: string } | null>(null);
  const saving = createSaving();
  const full = () => (secrets.value()?.length ?? 0) >= MAX_IDENTITY_SECRETS;
  const newest = () => secrets.value()?.at(-1)?.id ?? PLACEHOLDER;
  onMount(() => void secrets.load());

  async function make(): Promise<void> {
    await saving.run(async () => void setCreated(await makeIdentitySecret()));
    await secrets.load();
  }

  async function retire(id: string): Promise<void> {
    const done = await saving.run(() => retireIdentitySecret(id));
    await secrets.load();
    if (done) showToast({ tone: 'plain', text: 'Secret revoked.' });
  }

  return (
    <Section
      title="Verified visitors"
      text="If people sign in on your site, your server can tell Foyer who they are, so they see their conversations on every device."
      action={
        <Button
          look="primary"
          busy={saving.busy()}
          disabled={secrets.value() === null || full()}
          onClick={() => void make()}
        >
          New secret
        </Button>
      }
    >
      <div class={lists.alert} role="alert">
        <Show when={saving.refusal()}>{(text) => <p class={lists.refusal}>{text()}</p>}</Show>
      </div>
      <WhenLoaded of={secrets} what="secrets">
        {(all) => (
          <Show
            when={all().length > 0}
            fallback={
              <Message
                icon="lock"
                title="No secrets yet"
                text="Create a secret and add it to your server. Until then, names sent by your page aren’t trusted."
              />
            }
          >
            <ul class={lists.list} aria-label="Active secrets">
              <For each={all()}>
                {(secret) => (
                  <Row
                    secret={secret}
                    busy={saving.busy()}
                    onRetire={() => void retire(secret.id)}
                  />
                )}
              </For>
            </ul>
            <p class={styles.hint}>
              {full()
                ? 'Two secrets are active. Revoke the one your server no longer uses before you create another.'
                : 'To rotate: create a second secret, deploy it, then revoke the old one. Both work in the meantime.'}
            </p>
          </Show>
        )}
      </WhenLoaded>
      <ExampleCode kid={newest()} />
      <Show when={created()} keyed>
        {(secret) => <NewSecret {...secret} onClose={() => setCreated(null)} />}
      </Show>
    </Section>
  );
}

function Row(props: { secret: IdentitySecretRecord; busy: boolean; onRetire(): void }) {
  return (
    <li class={lists.row}>
      <div class={lists.body}>
        <p class={styles.kid}>{props.secret.id}</p>
        <p class={lists.detail}>
          Created <Time time={props.secret.created_at} ago />
        </p>
      </div>
      <RemoveButton
        label="Revoke"
        question="Revoke this secret?"
        busy={props.busy}
        onRemove={() => props.onRetire()}
      />
    </li>
  );
}
