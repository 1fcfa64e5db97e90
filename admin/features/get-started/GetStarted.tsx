import { A } from '@solidjs/router';
import { createMemo, createSignal, For, type JSX, Match, Show, Switch } from 'solid-js';
import { describeError } from '../../api/http.ts';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { lazily } from '../../lib/lazily.tsx';
import { showToast } from '../../lib/toasts.ts';
import { t } from '../../texts/start.ts';
import { askPermission } from '../notifications/permission.ts';
import { choose } from '../profile/preferences.ts';
import { testChatUrl } from './api.ts';
import styles from './GetStarted.module.css';
import { createProgress, type Progress, STEPS, type Step } from './progress.ts';

// Each loads when its step is opened.
const SiteStep = lazily(() => import('./SiteStep.tsx'));
const Templates = lazily(() => import('./Templates.tsx'));
const InvitePeople = lazily(() => import('../team/InvitePeople.tsx'));

/**
 * The first steps of a new organization. Each is ticked by what is there. One of them is open; it
 * stays open when it is done, so that its result can be read.
 */
export default function GetStarted(props: { fallback?: JSX.Element }) {
  const progress = createProgress();
  const [chosen, setChosen] = createSignal<Step | null>();
  const firstLeft = createMemo((before: Step | null): Step | null => {
    const done = progress.done();
    return before ?? (done ? (STEPS.find((step) => !done[step]) ?? null) : null);
  }, null);
  const open = () => {
    const step = chosen();
    return step === undefined ? firstLeft() : step;
  };

  async function dismiss(): Promise<void> {
    try {
      await progress.dismiss();
    } catch (error) {
      showToast({ tone: 'bad', text: t.notSaved(describeError(error)) });
    }
  }

  return (
    <Show
      when={progress.done()}
      fallback={
        <Show when={progress.error()} fallback={props.fallback}>
          {(text) => (
            <div class={styles.failed} role="alert">
              <p>{t.failed(text())}</p>
              <Button onClick={() => void progress.load()}>{t.tryAgain}</Button>
            </div>
          )}
        </Show>
      }
    >
      {(done) => (
        <div class={styles.pane}>
          <section class={styles.started} aria-labelledby="get-started-title">
            <header class={styles.header}>
              <div>
                <h2 class={styles.title} id="get-started-title">
                  {progress.count() === STEPS.length ? t.allSet : t.title}
                </h2>
                <p class={styles.hint} role="status">
                  {t.done(progress.count(), STEPS.length)}
                </p>
              </div>
              <Button look="quiet" onClick={() => void dismiss()}>
                {progress.count() === STEPS.length ? t.close : t.dismiss}
              </Button>
            </header>
            <ol class={styles.steps}>
              <For each={STEPS}>
                {(step) => (
                  <li class={styles.step}>
                    <h3 class={styles.heading}>
                      <button
                        type="button"
                        class={styles.toggle}
                        aria-expanded={open() === step}
                        onClick={() => setChosen(open() === step ? null : step)}
                      >
                        <span class={styles.tick} classList={{ [styles.done ?? '']: done()[step] }}>
                          <Show when={done()[step]}>
                            <Icon name="check" />
                          </Show>
                        </span>
                        {t.steps[step]}
                        <span class="visually-hidden">{`, ${done()[step] ? t.isDone : t.toDo}`}</span>
                      </button>
                    </h3>
                    <Show when={open() === step}>
                      <div class={styles.body}>
                        <Body step={step} progress={progress} />
                      </div>
                    </Show>
                  </li>
                )}
              </For>
            </ol>
          </section>
        </div>
      )}
    </Show>
  );
}

function Body(props: { step: Step; progress: Progress }) {
  return (
    <Switch>
      <Match when={props.step === 'site'}>
        <Show when={props.progress.value()?.widget}>
          {(widget) => <SiteStep widget={widget()} onLook={props.progress.load} />}
        </Show>
      </Match>
      <Match when={props.step === 'test'}>
        <TestChat progress={props.progress} />
      </Match>
      <Match when={props.step === 'departments'}>
        <Templates onAdded={props.progress.load} />
      </Match>
      <Match when={props.step === 'team'}>
        <InvitePeople onInvited={() => void props.progress.load()} />
      </Match>
      <Match when={props.step === 'notifications'}>
        <Notify done={props.progress.done()?.notifications ?? false} />
      </Match>
    </Switch>
  );
}

function TestChat(props: { progress: Progress }) {
  return (
    <>
      <p class={styles.text}>{t.test.text}</p>
      <Show
        when={props.progress.value()?.test_page}
        fallback={<p class={styles.text}>{t.test.notAllowed}</p>}
      >
        <div class={styles.bar}>
          <a class={styles.action} href={testChatUrl()} target="_blank" rel="noreferrer">
            {t.test.open}
            <Icon name="external" />
          </a>
        </div>
      </Show>
      <Show when={props.progress.newConversation()}>
        {(conversation) => (
          <p class={styles.text} role="status">
            {t.test.arrived}{' '}
            <A class={styles.link} href={`/inbox/unassigned/${conversation().id}`}>
              {t.test.openConversation}
            </A>
          </p>
        )}
      </Show>
    </>
  );
}

function Notify(props: { done: boolean }) {
  const [busy, setBusy] = createSignal(false);

  async function turnOn(): Promise<void> {
    setBusy(true);
    try {
      if (await askPermission()) await choose({ browser_notifications: true });
      else {
        showToast({
          tone: 'bad',
          text: t.notify.blocked,
        });
      }
    } catch (error) {
      showToast({ tone: 'bad', text: t.notSaved(describeError(error)) });
    } finally {
      setBusy(false);
    }
  }

  return (
    <>
      <p class={styles.text}>{t.notify.text}</p>
      <Show
        when={props.done}
        fallback={
          <div class={styles.bar}>
            <Button look="primary" busy={busy()} onClick={() => void turnOn()}>
              {t.notify.turnOn}
            </Button>
          </div>
        }
      >
        <p class={styles.text}>{t.notify.isOn}</p>
      </Show>
    </>
  );
}
