import type { JSX } from 'solid-js';
import { t } from '../strings/index.ts';
import { Icon } from './icon.tsx';
import ui from './ui.module.css';

/** The bar above every view except home: back, the title, and the view's own buttons. */
export function Header(props: {
  title: string;
  note?: string | undefined;
  before?: JSX.Element;
  children?: JSX.Element;
  back(): void;
  close(): void;
}) {
  return (
    <header class={ui.header}>
      <button type="button" class={ui.icon} aria-label={t.back} onClick={() => props.back()}>
        <Icon name="back" />
      </button>
      {props.before}
      <div class={ui.titles}>
        <h1 tabindex="-1" dir="auto">
          {props.title}
        </h1>
        <p class={ui.muted}>{props.note}</p>
      </div>
      {props.children}
      <CloseButton close={props.close} />
    </header>
  );
}

export function CloseButton(props: { close(): void }) {
  return (
    <button type="button" class={ui.icon} aria-label={t.closePanel} onClick={() => props.close()}>
      <Icon name="close" />
    </button>
  );
}
