import { createEffect, Show } from 'solid-js';
import css from './app.module.css';
import { ChatView } from './chat/chat-view.tsx';
import type { Model } from './state/model.ts';
import { t } from './strings/index.ts';
import { later } from './ui/later.tsx';
import ui from './ui/ui.module.css';
import { HomeView } from './views/home.tsx';

const HomeAgain = later(() => import('./views/lazy/home-again.tsx'));
const PreChatView = later(() => import('./forms/lazy/pre-chat.tsx'));
const HistoryView = later(() => import('./views/lazy/history.tsx'));
const TranscriptView = later(() => import('./views/lazy/transcript.tsx'));
const ProblemView = later(() => import('./ui/lazy/problem-view.tsx'));

function Skeleton() {
  return (
    <div aria-busy="true">
      <div class={css.skeleton} />
      <div class={css.bones}>
        <i />
        <i />
        <i />
      </div>
      <p class={ui.hidden}>{t.loading}</p>
    </div>
  );
}

/**
 * Moves the focus into a new view: to the first field of its main form, or on touch screens to the
 * title.
 */
function focusView(): void {
  const field =
    matchMedia('(pointer: fine)').matches &&
    document.querySelector<HTMLElement>('main>form :is(textarea,input,select)');
  (field || document.querySelector('h1'))?.focus();
}

function Content(props: { model: Model }) {
  const { model } = props;
  const content = () => {
    const error = model.problem();
    const view = model.view();
    const live = model.chat();
    if (error) return <ProblemView error={error} retry={model.open} close={model.close} />;
    if (view.name === 'home')
      return (
        <Show when={model.current()} fallback={<HomeView model={model} />}>
          {(current) => <HomeAgain model={model} live={current()} />}
        </Show>
      );
    if (view.name === 'form') return <PreChatView model={model} department={view.department} />;
    if (view.name === 'history') return <HistoryView model={model} />;
    if (view.name === 'transcript') return <TranscriptView model={model} item={view.item} />;
    return view.name === 'chat' && live ? <ChatView model={model} live={live} /> : <Skeleton />;
  };
  return <>{content()}</>;
}

export function App(props: { model: Model | undefined }) {
  createEffect(() => {
    const { model } = props;
    model?.view();
    if (model?.shown()) focusView();
  });

  addEventListener('keydown', (event) => {
    // WebKit lets a cross-site frame focus nothing before the visitor acts in it, so the first letter
    // moves the focus. Autofill sends key events without a key.
    if (!event.key?.[1] && document.body === event.target) focusView();
    // The browser closes an open menu or dialog first.
    if (event.key !== 'Escape') return;
    if (!document.querySelector(':modal, :popover-open')) props.model?.close();
  });

  return (
    <main class={css.app} aria-label={t.title}>
      <Show when={props.model} fallback={<Skeleton />} keyed>
        {(model) => <Content model={model} />}
      </Show>
    </main>
  );
}
