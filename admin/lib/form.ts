import { type Accessor, createEffect, createMemo, createSignal, on } from 'solid-js';
import { createStore, reconcile, unwrap } from 'solid-js/store';
import { describeError, RequestError } from '../api/http.ts';
import { warnBeforeLeaving } from './unsaved-changes.ts';

type Problems = Record<string, string>;

/**
 * A form whose fields are saved together (components/SaveBar.tsx). It starts from what is saved and
 * follows the changes of others until it is edited; leaving it with unsaved changes asks first (P9).
 * A refused save keeps what was typed, shows each problem at its field, and focuses the first one.
 */
export function createForm<Draft extends object>(options: {
  /** What is saved, as a draft. */
  saved: Accessor<Draft>;
  isSame(a: Draft, b: Draft): boolean;
  /** A draft that was kept in the browser. */
  kept?: Draft | null;
  /** What is wrong before anything is sent, by field. */
  check?(draft: Draft): Problems;
  /** Saves it; answers what is saved then. Rejects with a `RequestError`. */
  save(draft: Draft): Promise<Draft>;
  /** Gives a refusal's fields the names that the form uses. */
  toProblems?(fields: Problems, draft: Draft): Problems;
  /** Called when unsaved changes are left behind. */
  onLeave?(): void;
}) {
  const { isSame } = options;
  const saved = createMemo(options.saved, undefined, { equals: isSame });
  const copy = (draft: Draft): Draft => structuredClone(unwrap(draft));
  /** What the draft started from. If the saved one differs, someone else changed it. */
  const [base, setBase] = createSignal(saved());
  const [draft, setDraft] = createStore<Draft>(copy(options.kept ?? saved()));
  const [problems, setProblems] = createSignal<Problems>({});
  const [refusal, setRefusal] = createSignal<string | null>(null);
  const [state, setState] = createSignal<'idle' | 'saving' | 'saved'>('idle');
  const busy = () => state() === 'saving';
  const changed = createMemo(() => !isSame(draft, base()));
  let element: HTMLFormElement | undefined;

  warnBeforeLeaving(changed, options.onLeave);

  function adopt(next: Draft): void {
    setBase(() => copy(next));
    setDraft(reconcile(copy(next), { key: 'key' }));
  }

  function reset(): void {
    adopt(saved());
    setProblems({});
    setRefusal(null);
    setState('idle');
  }
  createEffect(
    on(saved, (now) => {
      if (!isSame(now, base()) && !changed() && !busy()) reset();
    }),
  );

  function showProblems(next: Problems): void {
    setProblems(next);
    element?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }

  /** Runs a request of the form, such as its save. Returns whether it succeeded. */
  async function run(work: () => Promise<void>): Promise<boolean> {
    if (busy()) return false;
    setState('saving');
    setRefusal(null);
    try {
      await work();
      setProblems({});
      setState('saved');
      return true;
    } catch (error) {
      const fields = error instanceof RequestError ? (error.fields ?? {}) : {};
      setState('idle');
      setRefusal(describeError(error));
      showProblems(options.toProblems?.(fields, draft) ?? fields);
      return false;
    }
  }

  async function submit(event?: SubmitEvent): Promise<boolean> {
    event?.preventDefault();
    if (busy()) return false;
    const wrong = options.check?.(draft) ?? {};
    setRefusal(null);
    showProblems(wrong);
    if (Object.keys(wrong).length > 0) return false;
    return run(async () => adopt(await options.save(copy(draft))));
  }

  return {
    draft,
    setDraft,
    changed,
    /** Whether someone else saved a change while this one is edited. */
    overtaken: () => changed() && !busy() && !isSame(saved(), base()),
    problems,
    refusal,
    state,
    busy,
    run,
    submit,
    reset,
    /** Compares the draft with what is saved now: a part of it was saved before the rest was refused. */
    rebase: () => void setBase(() => copy(saved())),
    /** Counts the draft as saved, for one that is about to be removed. */
    settle: () => void setBase(() => copy(draft)),
    /** For `ref` of the form's element. */
    ref: (form: HTMLFormElement) => {
      element = form;
    },
  };
}

export type Form = Pick<
  ReturnType<typeof createForm<object>>,
  'changed' | 'overtaken' | 'refusal' | 'state' | 'busy' | 'reset'
>;
