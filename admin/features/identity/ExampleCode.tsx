import { createSignal, For, type JSX } from 'solid-js';
import { Button } from '../../components/Button.tsx';
import { copyText } from '../../lib/copy.ts';
import { EXAMPLES, PAGE_EXAMPLE } from './examples.ts';
import styles from './Identity.module.css';

/** What to write on the server and in the page, to copy. */
export function ExampleCode(props: { kid: string }) {
  const [language, setLanguage] = createSignal(EXAMPLES[0]?.language);
  const code = () =>
    EXAMPLES.find((example) => example.language === language())?.code(props.kid) ?? '';
  return (
    <section class={styles.examples} aria-labelledby="identity-examples">
      <h2 class={styles.heading} id="identity-examples">
        How your server signs
      </h2>
      <Code code={code()} label={`Example for ${language()}`}>
        <fieldset class={styles.languages}>
          <legend class="visually-hidden">Language of the example</legend>
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
        <code>sub</code> is your own id of the person and <code>exp</code> at most a day ahead.{' '}
        <code>phone</code> and <code>custom_fields</code> may be said, too.
      </p>
      <Code code={PAGE_EXAMPLE} label="Example for the page">
        <h2 class={styles.heading}>What your page says</h2>
      </Code>
      <p class={styles.hint}>
        Pages that speak to the chat load <code>foyer.js</code> where the line says{' '}
        <code>widget.js</code>. When somebody signs out of your site, call{' '}
        <code>Foyer('shutdown')</code>: nothing of theirs stays in the browser.
      </p>
    </section>
  );
}

function Code(props: { code: string; label: string; children: JSX.Element }) {
  return (
    <section class={styles.block} aria-label={props.label}>
      <div class={styles.bar}>
        {props.children}
        <Button onClick={() => void copyText(props.code, 'The example is copied.')}>Copy</Button>
      </div>
      <pre class={styles.pre} dir="ltr" tabindex="0">
        <code>{props.code}</code>
      </pre>
    </section>
  );
}
