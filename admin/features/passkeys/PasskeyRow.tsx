import { createSignal, Show } from 'solid-js';
import { MAX_NAME_LENGTH } from '../../../protocol/limits.ts';
import type { Passkey } from '../../../protocol/resources/team.ts';
import { isEmpty } from '../../../protocol/text/text.ts';
import { Button } from '../../components/Button.tsx';
import { Field } from '../../components/fields/Field.tsx';
import { Time } from '../../components/Time.tsx';
import { createSaving } from '../../lib/saving.ts';
import styles from '../profile/Profile.module.css';
import { Refusal } from '../profile/ProfileSection.tsx';
import { renamePasskey } from './api.ts';

/** A passkey in the list. */
export function PasskeyRow(props: {
  passkey: Passkey;
  busy: boolean;
  disabled: boolean;
  onRenamed(): void;
  onRemove(): void;
}) {
  /** Its new name while it is being renamed, else null. */
  const [name, setName] = createSignal<string | null>(null);
  const saving = createSaving();

  async function rename(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const newName = name()?.trim() ?? '';
    if (isEmpty(newName)) return;
    if (!(await saving.run(() => renamePasskey(props.passkey.id, newName)))) return;
    setName(null);
    props.onRenamed();
  }

  return (
    <li class={styles.session}>
      <Show
        when={name() !== null}
        fallback={
          <>
            <div class={styles.sessionText}>
              <p class={styles.browser}>{props.passkey.name}</p>
              <p class={styles.hint}>
                added <Time time={props.passkey.created_at} ago />
                <Show when={props.passkey.last_used_at} fallback=", not used yet">
                  {(time) => (
                    <>
                      , last used <Time time={time()} ago />
                    </>
                  )}
                </Show>
              </p>
            </div>
            <Button
              look="quiet"
              disabled={props.disabled}
              aria-label={`Rename ${props.passkey.name}`}
              onClick={() => setName(props.passkey.name)}
            >
              Rename
            </Button>
            <Button
              busy={props.busy}
              disabled={props.disabled}
              aria-label={`Remove ${props.passkey.name}`}
              onClick={() => props.onRemove()}
            >
              Remove
            </Button>
          </>
        }
      >
        <form class={styles.form} onSubmit={(event) => void rename(event)} noValidate>
          <Refusal text={saving.refusal()} />
          <Field
            ref={(field) => queueMicrotask(() => field.focus())}
            label="Name of the passkey"
            maxlength={MAX_NAME_LENGTH}
            value={name() ?? ''}
            error={saving.problems().name}
            onInput={(event) => setName(event.currentTarget.value)}
          />
          <div class={styles.bar}>
            <Button
              type="submit"
              look="primary"
              busy={saving.busy()}
              disabled={isEmpty(name() ?? '')}
            >
              Save
            </Button>
            <Button look="quiet" disabled={saving.busy()} onClick={() => setName(null)}>
              Cancel
            </Button>
          </div>
        </form>
      </Show>
    </li>
  );
}
