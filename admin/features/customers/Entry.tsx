import { createMemo, type JSX, Show } from 'solid-js';
import { Icon } from '../../components/Icon.tsx';
import styles from './CustomerPanel.module.css';
import { safeUrl } from './safe-url.ts';

/** A fact about the customer. */
export function Entry(props: { label: string; children: JSX.Element }) {
  return (
    <div class={styles.entry}>
      <dt class={styles.label} dir="auto">
        {props.label}
      </dt>
      <dd class={styles.value}>{props.children}</dd>
    </div>
  );
}

/** A link if the URL is safe, otherwise its text. Visitors' pages can report any URL. */
export function WebAddress(props: { value: string }) {
  const url = createMemo(() => safeUrl(props.value));
  const shown = (address: URL) => {
    const path = address.pathname === '/' ? '' : address.pathname;
    return `${address.host}${path}${address.search}`;
  };
  return (
    <Show when={url()} fallback={<span>{props.value}</span>}>
      {(address) => (
        <a
          class={styles.address}
          href={address().href}
          title={address().href}
          target="_blank"
          rel="noopener noreferrer"
        >
          <span>{shown(address())}</span>
          <Icon name="external" />
        </a>
      )}
    </Show>
  );
}
