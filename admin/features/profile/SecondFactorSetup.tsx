import { createSignal, ErrorBoundary } from 'solid-js';
import { isEmpty } from '../../../protocol/text/text.ts';
import { Button } from '../../components/Button.tsx';
import { Field } from '../../components/fields/Field.tsx';
import { copyText } from '../../lib/copy.ts';
import { lazily } from '../../lib/lazily.tsx';
import { createSaving } from '../../lib/saving.ts';
import { confirmSecondFactor } from './api.ts';
import styles from './Profile.module.css';
import { Refusal } from './ProfileSection.tsx';

const QrCode = lazily(() => import('./QrCode.tsx'), { ahead: false, required: true });

/** The QR code for an authenticator app, and a field for its first code. */
export function SecondFactorSetup(props: {
  /** `otpauth://totp/…?secret=…` */
  uri: string;
  onConfirmed(): void;
  onCancel(): void;
}) {
  const [code, setCode] = createSignal('');
  const saving = createSaving();
  const secret = () => new URL(props.uri).searchParams.get('secret') ?? '';

  async function confirm(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const done = await saving.run(() => confirmSecondFactor(code().replaceAll(/\s/g, '')));
    if (done) props.onConfirmed();
  }

  return (
    <div class={styles.setup}>
      <div class={styles.scan}>
        <ErrorBoundary
          fallback={<p class={styles.qr}>Couldn’t show the QR code. Enter the key instead.</p>}
        >
          <QrCode
            fallback={<div class={styles.qr} aria-busy="true" />}
            text={props.uri}
            label="QR code for your authenticator app"
          />
        </ErrorBoundary>
      </div>
      <div class={styles.steps}>
        <p>
          Scan this with an authenticator app, such as Google Authenticator, 1Password or Aegis. Or
          enter this key:
        </p>
        <div class={styles.row}>
          <code class={styles.secret}>
            {secret()
              .match(/.{1,4}/g)
              ?.join(' ')}
          </code>
          <Button look="quiet" onClick={() => void copyText(secret(), 'Key copied.')}>
            Copy
          </Button>
        </div>
        <form class={styles.form} onSubmit={confirm} noValidate>
          <Refusal text={saving.refusal()} />
          <Field
            ref={(field) => queueMicrotask(() => field.focus())}
            label="Code from the app"
            hint="Six digits. Nothing changes until you enter them."
            inputmode="numeric"
            autocomplete="one-time-code"
            maxlength={10}
            value={code()}
            error={saving.problems().code}
            onInput={(event) => setCode(event.currentTarget.value)}
          />
          <div class={styles.bar}>
            <Button type="submit" look="primary" busy={saving.busy()} disabled={isEmpty(code())}>
              {saving.busy() ? 'Checking…' : 'Turn on'}
            </Button>
            <Button look="quiet" disabled={saving.busy()} onClick={() => props.onCancel()}>
              Cancel
            </Button>
          </div>
        </form>
      </div>
    </div>
  );
}
