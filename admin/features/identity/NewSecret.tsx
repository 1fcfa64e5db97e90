import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import lists from '../../components/lists.module.css';
import { copyText } from '../../lib/copy.ts';
import styles from './Identity.module.css';

/** A secret, this once: Foyer keeps no copy that it could show again. */
export function NewSecret(props: { id: string; secret: string; onClose(): void }) {
  return (
    <Dialog open look="card" title="Your new secret" onClose={props.onClose}>
      <div class={lists.form}>
        <p>
          Give it to your server, as a password of its own: whoever has it can speak as any of your
          customers. <strong>It is shown only now.</strong>
        </p>
        <dl class={styles.secret}>
          <dt>Secret</dt>
          <dd>
            <code class={styles.code}>{props.secret}</code>
          </dd>
          <dt>
            Id, the <code>kid</code> of what it signs
          </dt>
          <dd>
            <code class={styles.code}>{props.id}</code>
          </dd>
        </dl>
        <div class={lists.bar}>
          <Button onClick={() => void copyText(props.secret, 'The secret is copied.')}>
            Copy the secret
          </Button>
          <Button look="primary" onClick={() => props.onClose()}>
            I have kept it
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
