import { createSignal } from 'solid-js';
import { describeError } from '../../api/http.ts';
import { Button } from '../../components/Button.tsx';
import { showToast } from '../../lib/toasts.ts';
import { endSessions } from './api.ts';

/** Ends a visitor's sessions after a second click, since their browser loses its conversations. */
export function EndSessions(props: { customerId: string }) {
  const [confirming, setConfirming] = createSignal(false);
  const [busy, setBusy] = createSignal(false);

  async function end(): Promise<void> {
    if (!confirming()) {
      setConfirming(true);
      return;
    }
    setBusy(true);
    try {
      await endSessions(props.customerId);
      showToast({ tone: 'plain', text: 'Sessions ended.' });
    } catch (error) {
      showToast({ tone: 'bad', text: describeError(error) });
    } finally {
      setBusy(false);
      setConfirming(false);
    }
  }

  return (
    <Button
      busy={busy()}
      onBlur={() => setConfirming(false)}
      onClick={() => void end()}
      title="Their browser becomes a new visitor and loses these conversations"
    >
      {confirming() ? 'Click again to end sessions' : 'End sessions'}
    </Button>
  );
}
