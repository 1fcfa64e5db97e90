import { type JSX, Show } from 'solid-js';
import type { Loaded } from '../live/cache.ts';
import { t } from '../texts/common.ts';
import { Button } from './Button.tsx';
import { Message } from './Message.tsx';
import styles from './Section.module.css';
import { Skeleton } from './Skeleton.tsx';

/** A page of the settings with its title, description and action. */
export function Section(props: {
  title: string;
  text?: string;
  wide?: boolean;
  before?: JSX.Element;
  action?: JSX.Element;
  children: JSX.Element;
}) {
  return (
    <div class={styles.section} classList={{ [styles.wide ?? '']: props.wide === true }}>
      {props.before}
      <header class={styles.header}>
        <div class={styles.titles}>
          <h1 class={styles.title} dir="auto">
            {props.title}
          </h1>
          <Show when={props.text}>
            <p class={styles.text}>{props.text}</p>
          </Show>
        </div>
        {props.action}
      </header>
      {props.children}
    </div>
  );
}

/** Shows its children once the value has loaded; until then a skeleton, or the error. */
export function WhenLoaded<Value>(props: {
  of: Loaded<Value>;
  what: string;
  children: (value: () => NonNullable<Value>) => JSX.Element;
}) {
  return (
    <Show
      when={props.of.value()}
      fallback={
        <Show
          when={props.of.error()}
          fallback={
            <div class={styles.loading} aria-busy="true">
              <span class="visually-hidden">{t.loading(props.what)}</span>
              <Skeleton shape="half" />
              <Skeleton shape="line" />
              <Skeleton shape="line" />
              <Skeleton shape="half" />
            </div>
          }
        >
          {(text) => (
            <Message alert icon="alert" title={t.couldNotLoad(props.what)} text={text()}>
              <Button onClick={() => void props.of.load()}>{t.tryAgain}</Button>
            </Message>
          )}
        </Show>
      }
    >
      {(value) => props.children(value)}
    </Show>
  );
}
