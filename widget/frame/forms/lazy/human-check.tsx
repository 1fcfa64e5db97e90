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

/** The open dialog's result. Several requests may wait for one check. */
let passing: Promise<boolean> | undefined;

/**
 * Shows the human check and waits for its result. When it is passed, the session has new tokens, and the
 * open conversation sends the messages that waited.
 *
 * @param siteKey from the Worker's refusal
 * @returns false if the visitor cancelled
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
 * Reconnects the socket, which still has the old session, and sends the refused messages again in their
 * order.
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

  /** Starts the check, also again after a failure: a Turnstile token is valid once. */
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
        // The Worker accepts no token of another form or another visitor.
        action: 'foyer',
        cData: shared.info()?.visitor_id,
        language,
        theme: themeOf(),
        // The flexible size needs 300 pixels.
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
    // A screen reader reads the heading; the next Tab stop is the check.
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
      // Also when Escape closes it.
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
 * Sends a solution to the Worker, with a new session if the old one has expired. The new visitor token
 * holds the proof, and so does the session that is opened with it.
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

/** The theme of the frame's page; `auto` follows the visitor's system. */
function themeOf(): 'auto' | 'light' | 'dark' {
  const scheme = document.querySelector<HTMLMetaElement>('meta[name="color-scheme"]')?.content;
  return scheme === 'light' || scheme === 'dark' ? scheme : 'auto';
}
