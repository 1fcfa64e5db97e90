import { For, onMount } from 'solid-js';
import { Button } from '../../components/Button.tsx';
import { copyText } from '../../lib/copy.ts';
import styles from './Profile.module.css';

/** The backup codes. They are shown once, since only their hashes are stored. */
export function BackupCodes(props: { codes: readonly string[]; onDone(): void }) {
  let title: HTMLParagraphElement | undefined;
  // The focused element is gone, and the codes must not be missed.
  onMount(() => title?.focus());
  const text = () => props.codes.join('\n');
  const file = () =>
    `data:text/plain;charset=utf-8,${encodeURIComponent(`Backup codes for Foyer, ${location.host}\n\n${text()}\n`)}`;
  return (
    <div class={styles.form}>
      <p ref={title} class={styles.done} tabindex="-1">
        Two-step sign-in is on. Save these backup codes somewhere you can reach without your phone.
        Each one works once instead of a code. You won’t see them again.
      </p>
      <ul class={styles.codes} aria-label="Backup codes">
        <For each={props.codes}>{(code) => <li>{code}</li>}</For>
      </ul>
      <div class={styles.bar}>
        <Button onClick={() => void copyText(text(), 'Backup codes copied.')}>Copy</Button>
        <a class={styles.download} href={file()} download="foyer-backup-codes.txt">
          Download
        </a>
        <Button look="primary" onClick={() => props.onDone()}>
          Done
        </Button>
      </div>
    </div>
  );
}
