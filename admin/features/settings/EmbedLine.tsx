import { createSignal } from 'solid-js';
import type { WidgetSettingsRecord } from '../../../protocol/resources.ts';
import { Button } from '../../components/Button.tsx';
import { announce } from '../../lib/announce.ts';
import { showToast } from '../../lib/toasts.ts';
import styles from './EmbedLine.module.css';

/** Milliseconds for which the button says that it worked. */
const SAID = 2_000;

/** The line that puts the widget on a website. */
export function EmbedLine(props: { settings: WidgetSettingsRecord }) {
  const [copied, setCopied] = createSignal(false);
  const line = () => {
    const { public_key, accent } = props.settings;
    const colour = accent ? ` data-accent="${accent}"` : '';
    return `<script async src="${location.origin}/widget.js" data-key="${public_key}"${colour}></script>`;
  };

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(line());
      setCopied(true);
      announce('Copied');
      setTimeout(() => setCopied(false), SAID);
    } catch {
      showToast({ tone: 'bad', text: 'The browser did not let it be copied. Select the line.' });
    }
  }

  return (
    <section class={styles.embed} aria-labelledby="embed-title">
      <h2 class={styles.title} id="embed-title">
        Put it on your website
      </h2>
      <p class={styles.hint}>
        Add this line to every page that should have the chat, before the end of its body. It names
        the colour too, so that the launcher needs no request: copy it again when you change the
        colour. Foyer keeps no record of who loads it; open your page to see that it is there.
      </p>
      <div class={styles.line}>
        <input
          class={styles.code}
          readonly
          aria-label="The line to copy"
          dir="ltr"
          value={line()}
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button onClick={() => void copy()}>{copied() ? 'Copied' : 'Copy'}</Button>
      </div>
    </section>
  );
}
