import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import lists from '../../components/lists.module.css';
import { copyText } from '../../lib/copy.ts';
import styles from './Identity.module.css';

/** Shows a new secret once. Foyer cannot show it again. */
export function NewSecret(props: { id: string; secret: string; onClose(): void }) {
  return (
    <Dialog open look="card" title="Your new secret" onClose={props.onClose}>
      <div class={lists.form}>
        <p>
          Store it on your server like a password: anyone who has it can act as any of your
          customers. <strong>You won’t see this again.</strong>
        </p>
        <dl class={styles.secret}>
          <dt>Secret</dt>
          <dd>
            <code class={styles.code}>{props.secret}</code>
          </dd>
          <dt>
            Id, the <code>kid</code> of your tokens
          </dt>
          <dd>
            <code class={styles.code}>{props.id}</code>
          </dd>
        </dl>
        <div class={lists.bar}>
          <Button onClick={() => void copyText(props.secret, 'Secret copied.')}>Copy secret</Button>
          <Button look="primary" onClick={() => props.onClose()}>
            Done
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
