import { createSignal } from 'solid-js';
import { describeError, RequestError } from '../api/http.ts';

/** A form that is sent: whether it is under way, and what it was refused with. */
export function createSaving() {
  const [busy, setBusy] = createSignal(false);
  const [refusal, setRefusal] = createSignal<string | null>(null);
  const [problems, setProblems] = createSignal<Record<string, string>>({});

  /** Runs it, once at a time; whether it went through. */
  async function run(work: () => Promise<void>): Promise<boolean> {
    if (busy()) return false;
    setBusy(true);
    setRefusal(null);
    setProblems({});
    try {
      await work();
      return true;
    } catch (error) {
      const fields = error instanceof RequestError ? (error.fields ?? {}) : {};
      setProblems(fields);
      // What a field says is not said twice.
      if (Object.keys(fields).length === 0) setRefusal(describeError(error));
      return false;
    } finally {
      setBusy(false);
    }
  }

  return { busy, refusal, problems, run };
}
