import { createSignal } from 'solid-js';
import { describeError } from '../../api/http.ts';
import { Button } from '../../components/Button.tsx';
import { showToast } from '../../lib/toasts.ts';
import { endSessions } from './api.ts';

/** Ends what a visitor has open; asks once more, since their browser loses its conversations. */
export function EndSessions(props: { customerId: string }) {
  const [sure, setSure] = createSignal(false);
  const [busy, setBusy] = createSignal(false);

  async function end(): Promise<void> {
    if (!sure()) {
      setSure(true);
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
      setSure(false);
    }
  }

  return (
    <Button
      busy={busy()}
      onBlur={() => setSure(false)}
      onClick={() => void end()}
      title="Their browser becomes a new visitor and loses these conversations"
    >
      {sure() ? 'Click again to end sessions' : 'End sessions'}
    </Button>
  );
}
