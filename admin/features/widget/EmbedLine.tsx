import { createSignal } from 'solid-js';
import type { WidgetSettingsRecord } from '../../../protocol/widget/widget-settings.ts';
import { Button } from '../../components/Button.tsx';
import { announce } from '../../lib/announce.ts';
import { showToast } from '../../lib/toasts.ts';
import { EmbedCheck } from './EmbedCheck.tsx';
import styles from './EmbedLine.module.css';

/** Milliseconds for which the button says “Copied”. */
const COPIED_FOR = 2_000;

/** Escapes a text for a double-quoted attribute. */
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

/** The script tag that adds the widget to a website. */
export function EmbedLine(props: { settings: WidgetSettingsRecord }) {
  const [copied, setCopied] = createSignal(false);
  const line = () => {
    const { public_key, accent, position, launcher, launcher_text } = props.settings;
    const attributes = {
      key: public_key,
      accent,
      position,
      text: launcher === 'icon' ? null : launcher_text,
    };
    const written = Object.entries(attributes).map(([name, value]) =>
      value ? ` data-${name}="${escaped(value)}"` : '',
    );
    return `<script async src="${location.origin}/widget.js"${written.join('')}></script>`;
  };

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(line());
      setCopied(true);
      announce('Copied');
      setTimeout(() => setCopied(false), COPIED_FOR);
    } catch {
      showToast({ tone: 'bad', text: 'Couldn’t copy. Select the text instead.' });
    }
  }

  return (
    <section class={styles.embed} aria-labelledby="embed-title">
      <h2 class={styles.title} id="embed-title">
        Add it to your website
      </h2>
      <p class={styles.hint}>
        Paste this before <code>{'</body>'}</code> on every page. If you change the button below,
        copy it again.
      </p>
      <div class={styles.line}>
        <input
          class={styles.code}
          readonly
          aria-label="Code to copy"
          dir="ltr"
          value={line()}
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button onClick={() => void copy()}>{copied() ? 'Copied' : 'Copy'}</Button>
      </div>
      <EmbedCheck installed={props.settings.seen} />
    </section>
  );
}
