import { createSignal } from 'solid-js';
import { describeError, RequestError } from '../api/http.ts';

/** The state of submitting a form: busy, the refusal, and the errors of fields. */
export function createSaving() {
  const [busy, setBusy] = createSignal(false);
  const [refusal, setRefusal] = createSignal<string | null>(null);
  const [problems, setProblems] = createSignal<Record<string, string>>({});

  /** Runs the request unless one is running. Returns whether it succeeded. */
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
      // Errors of fields are not repeated as a general error.
      if (Object.keys(fields).length === 0) setRefusal(describeError(error));
      return false;
    } finally {
      setBusy(false);
    }
  }

  return { busy, refusal, problems, run };
}
