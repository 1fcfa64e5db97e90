import { createRoot, createSignal, onCleanup, onMount, Show } from 'solid-js';
import { insert } from 'solid-js/web';
import { RequestError, request } from '../../../../protocol/client/http.ts';
import sheet from '../../chat/lazy/menu.module.css';
import { shared } from '../../state/model.ts';
import type { Session } from '../../state/session.ts';
import { language, loadLazyTexts, t } from '../../strings/index.ts';
import { r } from '../../ui/lazy/texts.ts';
import ui from '../../ui/ui.module.css';
import controls from './controls.module.css';
import css from './human-check.module.css';
import { loadTurnstile, type Turnstile } from './turnstile.ts';

/** The dialog that is open, however much waits for it. */
let passing: Promise<boolean> | undefined;

/**
 * Shows the human check and waits until it was passed; then the session has its new tokens, and the
 * open conversation has sent what waited for it.
 *
 * @param siteKey what the Worker's refusal named
 * @returns false where the visitor would rather not
 */
export default function pass(siteKey: unknown): Promise<boolean> {
  passing ??= loadLazyTexts()
    .then(() => typeof siteKey === 'string' && show(shared.session, siteKey))
    .then((passed) => {
      if (passed) comeBack();
      return passed;
    })
    .catch(() => false)
    .finally(() => {
      passing = undefined;
    });
  return passing;
}

/**
 * A socket has the session of its beginning: it comes back with the new one, and what it was refused
 * goes out again in its order.
 */
function comeBack(): void {
  const live = shared.chat();
  if (!live) return;
  live.client.stop();
  for (const { id, error } of live.state().outgoing) if (error?.site_key) live.client.retry(id);
  live.client.start();
}

function show(session: Session, siteKey: string): Promise<boolean> {
  return new Promise((resolve) => {
    const place = document.body.appendChild(document.createElement('div'));
    createRoot((dispose) => {
      const done = (passed: boolean) => {
        dispose();
        place.remove();
        resolve(passed);
      };
      insert(place, <Check session={session} siteKey={siteKey} done={done} />);
    });
  });
}

function Check(props: { session: Session; siteKey: string; done(passed: boolean): void }) {
  const { session, siteKey } = props;
  const [failure, setFailure] = createSignal('');
  const [busy, setBusy] = createSignal(true);
  let dialog: HTMLDialogElement | undefined;
  let box: HTMLDivElement | undefined;
  let turnstile: Turnstile | undefined;
  let widget: string | undefined;
  let passed = false;

  function fail(text = r.problemTitle): void {
    setBusy(false);
    setFailure(text);
  }

  async function verify(token: string): Promise<void> {
    setBusy(true);
    try {
      await prove(session, token);
      passed = true;
      dialog?.close();
    } catch (error) {
      const { code = '' } = error instanceof RequestError ? error : {};
      fail(code === 'unavailable' || code === 'network' ? t.unreachable : undefined);
    }
  }

  /** Begins, and begins again after a failure: each token of Turnstile's counts once. */
  async function begin(): Promise<void> {
    setFailure('');
    setBusy(true);
    if (turnstile && widget !== undefined) {
      turnstile.reset(widget);
      setBusy(false);
      return;
    }
    try {
      turnstile = await loadTurnstile();
      if (!box?.isConnected) return;
      widget = turnstile.render(box, {
        sitekey: siteKey,
        // The Worker takes no token of another form or another visitor.
        action: 'foyer',
        cData: shared.info()?.visitor_id,
        language,
        theme: themeOf(),
        // The wider one needs 300 pixels.
        size: innerWidth < 370 ? 'compact' : 'flexible',
        retry: 'never',
        callback: (token) => void verify(token),
        'error-callback': () => {
          fail();
          return true;
        },
        'unsupported-callback': () => fail(),
      });
      setBusy(false);
    } catch {
      fail(t.unreachable);
    }
  }

  onMount(() => {
    dialog?.showModal();
    // A reader says what this is; the next stop of the keyboard is the check.
    dialog?.querySelector('h2')?.focus();
    void begin();
  });
  onCleanup(() => {
    if (widget !== undefined) turnstile?.remove(widget);
  });

  return (
    <dialog
      ref={(element) => {
        dialog = element;
      }}
      class={sheet.sheet}
      aria-labelledby="check-title"
      aria-describedby="check-hint"
      // However it was closed, by the key Escape too.
      onClose={() => props.done(passed)}
    >
      <h2 id="check-title" tabindex="-1">
        {r.problems.human_check_required}
      </h2>
      <p id="check-hint" class={ui.muted}>
        {r.checkHint}
      </p>
      <div ref={box} class={css.box} />
      <p class={ui.muted} role="status">
        {busy() && t.loading}
      </p>
      <p class={sheet.error} role="alert">
        {failure()}
      </p>
      <Show when={failure()}>
        <button type="button" class={controls.primary} onClick={() => void begin()}>
          {r.retry}
        </button>
      </Show>
      <button type="button" class={controls.plain} onClick={() => dialog?.close()}>
        {r.cancel}
      </button>
    </dialog>
  );
}

/**
 * Hands a solution to the Worker, with a fresh session where the old one has expired meanwhile. The
 * visitor's new token has the proof, and so has the session that is opened with it.
 */
async function prove(session: Session, token: string, renew = false): Promise<void> {
  const { options } = session;
  const [, sessionToken] = await session.protocols(renew);
  try {
    const { visitorToken } = await request<{ visitorToken: string }>('/api/widget/human-check', {
      method: 'POST',
      body: { token, visitorToken: options.visitorToken },
      headers: { authorization: `Bearer ${sessionToken}` },
    });
    options.visitorToken = visitorToken;
    options.keepVisitorToken(visitorToken);
    await session.open();
  } catch (error) {
    if (renew || !(error instanceof RequestError) || error.status !== 401) throw error;
    await prove(session, token, true);
  }
}

/** The theme of the frame's page, which follows the visitor's system where it names both. */
function themeOf(): 'auto' | 'light' | 'dark' {
  const scheme = document.querySelector<HTMLMetaElement>('meta[name="color-scheme"]')?.content;
  return scheme === 'light' || scheme === 'dark' ? scheme : 'auto';
}
