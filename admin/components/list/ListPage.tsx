import { For, type JSX, Show } from 'solid-js';
import type { Loaded } from '../../live/cache.ts';
import { Button } from '../Button.tsx';
import type { IconName } from '../Icon.tsx';
import { Message } from '../Message.tsx';
import { Section, WhenLoaded } from '../Section.tsx';
import { Rows } from './Rows.tsx';

/**
 * A settings page that is a list: its title, the button that adds something, and the rows, or the list
 * while it loads, while it is empty, or after an error.
 *
 * @example
 * <ListPage of={labels} what="labels" title="Labels" text="…" icon="tag" empty={…} add={…}>
 *   {(label) => <Row name={label.name} onOpen={() => edit(label)} />}
 * </ListPage>
 */
export function ListPage<Item extends { id: string }>(props: {
  title: string;
  text: string;
  of: Loaded<readonly Item[]>;
  /** What the list has, for screen readers and errors: “labels”. */
  what: string;
  icon: IconName;
  add: { label: string; busy?: boolean; disabled?: boolean; run(): void };
  empty: { title: string; text: string };
  /** Above the rows, with or without any. */
  before?: JSX.Element;
  /** Below the rows, where there are any. */
  after?: JSX.Element;
  /** Below everything. */
  foot?: JSX.Element;
  children: (item: Item, index: () => number) => JSX.Element;
}) {
  const button = () => (
    <Button
      look="primary"
      busy={props.add.busy ?? false}
      disabled={props.add.disabled ?? false}
      onClick={() => props.add.run()}
    >
      {props.add.label}
    </Button>
  );
  /** An empty list has the button where the rows would be. */
  const isEmpty = () => props.of.value()?.length === 0;
  return (
    <Section
      title={props.title}
      text={props.text}
      action={<Show when={!isEmpty()}>{button()}</Show>}
    >
      {props.before}
      <WhenLoaded of={props.of} what={props.what}>
        {(items) => (
          <Show
            when={items().length > 0}
            fallback={
              <Message icon={props.icon} title={props.empty.title} text={props.empty.text}>
                {button()}
              </Message>
            }
          >
            <Rows label={props.title}>
              <For each={items()}>{props.children}</For>
            </Rows>
            {props.after}
          </Show>
        )}
      </WhenLoaded>
      {props.foot}
    </Section>
  );
}
