import { createSignal, createUniqueId, For, type JSX, Show } from 'solid-js';
import { Button } from '../../components/Button.tsx';
import { announce } from '../../lib/announce.ts';
import { showToast } from '../../lib/toasts.ts';
import { type Embedded, reactComponent, scriptTag, tagManagerTag } from './embed-code.ts';
import styles from './InstallGuide.module.css';

/** Milliseconds for which the button says “Copied”. */
const COPIED_FOR = 2_000;

type Place = {
  id: string;
  name: string;
  code(settings: Embedded, origin: string): string;
  steps(): readonly JSX.Element[];
};

const PLACES: readonly Place[] = [
  {
    id: 'html',
    name: 'HTML',
    code: scriptTag,
    steps: () => [
      <>
        Paste this before <code>{'</body>'}</code> on every page, or into the template that all of
        them share.
      </>,
    ],
  },
  {
    id: 'wordpress',
    name: 'WordPress',
    code: scriptTag,
    steps: () => [
      'Install a plugin for code in the footer, for example WPCode, and open Code Snippets → Header & Footer.',
      'Paste this into Footer and save.',
      'If you use a caching plugin, clear its cache.',
    ],
  },
  {
    id: 'shopify',
    name: 'Shopify',
    code: scriptTag,
    steps: () => [
      'Open Online Store → Themes. Beside your theme choose ⋯ → Edit code.',
      <>
        Open <code>layout/theme.liquid</code>, paste this before <code>{'</body>'}</code> and save.
      </>,
    ],
  },
  {
    id: 'gtm',
    name: 'Google Tag Manager',
    code: tagManagerTag,
    steps: () => [
      'Create a tag of the type Custom HTML and paste this.',
      'Choose the trigger Initialization - All Pages, save, and publish the container.',
    ],
  },
  {
    id: 'react',
    name: 'React',
    code: reactComponent,
    steps: () => [
      <>
        Add this component and render <code>{'<Chat />'}</code> once, in the layout that all pages
        share. In Next.js put <code>'use client'</code> above it.
      </>,
    ],
  },
];

/** The code for the site, with instructions for common site builders. */
export function InstallGuide(props: { settings: Embedded }) {
  const [chosen, setChosen] = createSignal('html');
  const [copied, setCopied] = createSignal(false);
  const id = createUniqueId();
  const place = () => PLACES.find((candidate) => candidate.id === chosen());
  const code = () => place()?.code(props.settings, location.origin) ?? '';

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(code());
      setCopied(true);
      announce('Copied');
      setTimeout(() => setCopied(false), COPIED_FOR);
    } catch {
      showToast({ tone: 'bad', text: 'Couldn’t copy. Select the text instead.' });
    }
  }

  /** A mail that a developer can act on without an account. */
  const mail = () => {
    const subject = 'Please add the chat to our website';
    const body = `Hi,\n\nplease add this line before </body> on every page of our website:\n\n${scriptTag(props.settings, location.origin)}\n\nThank you!`;
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
      <div class={styles.tabs} role="tablist" aria-label="Your website" onKeyDown={onKeyDown}>
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
        <ol class={styles.steps} classList={{ [styles.one ?? '']: place()?.steps().length === 1 }}>
          <For each={place()?.steps()}>{(step) => <li>{step}</li>}</For>
        </ol>
        <Show
          when={code().includes('\n')}
          fallback={
            <input
              class={styles.code}
              readonly
              aria-label="Code to copy"
              dir="ltr"
              value={code()}
              onFocus={(event) => event.currentTarget.select()}
            />
          }
        >
          <textarea
            class={styles.code}
            readonly
            aria-label="Code to copy"
            dir="ltr"
            rows={code().split('\n').length}
            value={code()}
            onFocus={(event) => event.currentTarget.select()}
          />
        </Show>
        <div class={styles.bar}>
          <Button look="primary" onClick={() => void copy()}>
            {copied() ? 'Copied' : 'Copy'}
          </Button>
          <a class={styles.mail} href={mail()}>
            E-mail it to a developer
          </a>
        </div>
      </div>
    </div>
  );
}
