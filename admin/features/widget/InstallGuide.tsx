import { createSignal, createUniqueId, For, Show } from 'solid-js';
import { Button } from '../../components/Button.tsx';
import { announce } from '../../lib/announce.ts';
import { showToast } from '../../lib/toasts.ts';
import { t } from '../../texts/start.ts';
import { type Embedded, reactComponent, scriptTag, tagManagerTag } from './embed-code.ts';
import styles from './InstallGuide.module.css';

/** Milliseconds for which the button says “Copied”. */
const COPIED_FOR = 2_000;

type Place = {
  id: 'html' | 'wordpress' | 'shopify' | 'gtm' | 'react';
  /** A name that is the same in every language. */
  name: string;
  code(settings: Embedded, origin: string): string;
};

const PLACES: readonly Place[] = [
  { id: 'html', name: 'HTML', code: scriptTag },
  { id: 'wordpress', name: 'WordPress', code: scriptTag },
  { id: 'shopify', name: 'Shopify', code: scriptTag },
  { id: 'gtm', name: 'Google Tag Manager', code: tagManagerTag },
  { id: 'react', name: 'React', code: reactComponent },
];

/** The code for the site, with instructions for common site builders. */
export function InstallGuide(props: { settings: Embedded }) {
  const [chosen, setChosen] = createSignal<Place['id']>('html');
  const [copied, setCopied] = createSignal(false);
  const id = createUniqueId();
  const place = () => PLACES.find((candidate) => candidate.id === chosen());
  const steps = () => Object.values(t.install[chosen()]);
  const code = () => place()?.code(props.settings, location.origin) ?? '';

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(code());
      setCopied(true);
      announce(t.install.copied);
      setTimeout(() => setCopied(false), COPIED_FOR);
    } catch {
      showToast({ tone: 'bad', text: t.install.notCopied });
    }
  }

  /** A mail that a developer can act on without an account. */
  const mail = () => {
    const subject = t.install.mailSubject;
    const body = t.install.mailBody(scriptTag(props.settings, location.origin));
    return `mailto:?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body)}`;
  };

  /** Arrow keys choose the next tab, as in every list of tabs (WAI-ARIA). */
  function onKeyDown(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const rtl = getComputedStyle(event.currentTarget).direction === 'rtl';
    const at = PLACES.findIndex((candidate) => candidate.id === chosen());
    const next = PLACES.at((at + (rtl ? -step : step)) % PLACES.length);
    if (!next) return;
    setChosen(next.id);
    event.currentTarget.querySelector<HTMLElement>(`[data-place="${next.id}"]`)?.focus();
  }

  return (
    <div class={styles.guide}>
      <div class={styles.tabs} role="tablist" aria-label={t.install.places} onKeyDown={onKeyDown}>
        <For each={PLACES}>
          {(candidate) => (
            <button
              type="button"
              role="tab"
              class={styles.tab}
              data-place={candidate.id}
              aria-selected={chosen() === candidate.id}
              aria-controls={id}
              tabindex={chosen() === candidate.id ? 0 : -1}
              onClick={() => setChosen(candidate.id)}
            >
              {candidate.name}
            </button>
          )}
        </For>
      </div>
      <div id={id} class={styles.panel} role="tabpanel" aria-label={place()?.name ?? ''}>
        <ol class={styles.steps} classList={{ [styles.one ?? '']: steps().length === 1 }}>
          <For each={steps()}>{(step) => <li>{step}</li>}</For>
        </ol>
        <Show
          when={code().includes('\n')}
          fallback={
            <input
              class={styles.code}
              readonly
              aria-label={t.install.code}
              dir="ltr"
              value={code()}
              onFocus={(event) => event.currentTarget.select()}
            />
          }
        >
          <textarea
            class={styles.code}
            readonly
            aria-label={t.install.code}
            dir="ltr"
            rows={code().split('\n').length}
            value={code()}
            onFocus={(event) => event.currentTarget.select()}
          />
        </Show>
        <div class={styles.bar}>
          <Button look="primary" onClick={() => void copy()}>
            {copied() ? t.install.copied : t.install.copy}
          </Button>
          <a class={styles.mail} href={mail()}>
            {t.install.mail}
          </a>
        </div>
      </div>
    </div>
  );
}
