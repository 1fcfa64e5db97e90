import { createSignal, For, type JSX } from 'solid-js';
import { Button } from '../../components/Button.tsx';
import { copyText } from '../../lib/copy.ts';
import { EXAMPLES, PAGE_EXAMPLE } from './examples.ts';
import styles from './Identity.module.css';

/** Example code for the server and the page. */
export function ExampleCode(props: { kid: string }) {
  const [language, setLanguage] = createSignal(EXAMPLES[0]?.language);
  const code = () =>
    EXAMPLES.find((example) => example.language === language())?.code(props.kid) ?? '';
  return (
    <section class={styles.examples} aria-labelledby="identity-examples">
      <h2 class={styles.heading} id="identity-examples">
        On your server
      </h2>
      <Code code={code()} label={`Example for ${language()}`}>
        <fieldset class={styles.languages}>
          <legend class="visually-hidden">Language</legend>
          <For each={EXAMPLES}>
            {(example) => (
              <label class={styles.language}>
                <input
                  type="radio"
                  name="language"
                  class="visually-hidden"
                  checked={example.language === language()}
                  onChange={() => setLanguage(example.language)}
                />
                {example.language}
              </label>
            )}
          </For>
        </fieldset>
      </Code>
      <p class={styles.hint}>
        <code>sub</code> is your own id for the person. <code>exp</code> is at most one day ahead.
        You can also send <code>phone</code> and <code>custom_fields</code>.
      </p>
      <Code code={PAGE_EXAMPLE} label="Example for the page">
        <h2 class={styles.heading}>On your page</h2>
      </Code>
      <p class={styles.hint}>
        Load <code>foyer.js</code> instead of <code>widget.js</code> on pages that use these
        commands. When someone signs out of your site, call <code>Foyer('shutdown')</code> to remove
        their data from the browser.
      </p>
    </section>
  );
}

function Code(props: { code: string; label: string; children: JSX.Element }) {
  return (
    <section class={styles.block} aria-label={props.label}>
      <div class={styles.bar}>
        {props.children}
        <Button onClick={() => void copyText(props.code, 'Example copied.')}>Copy</Button>
      </div>
      <pre class={styles.pre} dir="ltr" tabindex="0">
        <code>{props.code}</code>
      </pre>
    </section>
  );
}
