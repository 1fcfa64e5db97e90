import { type Brought, brought } from '../../../../protocol/client/transfer.ts';

/** The field that a message is written in, and what it holds. */
export type Field = {
  area: HTMLTextAreaElement;
  /** The name under which its draft is kept, as `keep` takes it. */
  draft: string;
  text(): string;
  write(text: string): void;
  /** Takes files that were chosen, and what was pasted or dropped. */
  take(brought: Brought): void;
};

/**
 * Begins what a field does besides taking a text. Returns how to let the visitor choose files, and
 * how to end it when the field goes.
 */
export function composing(field: Field): { choose(): void; stop(): void } {
  const gone = new AbortController();
  takeTransfers(field, gone.signal);
  followDraft(field, gone.signal);
  return { choose: filePicker(field), stop: () => gone.abort() };
}

/** Takes what is pasted or dropped anywhere in the frame. */
function takeTransfers({ area, take }: Field, signal: AbortSignal): void {
  for (const type of ['paste', 'drop', 'dragover']) {
    addEventListener(
      type,
      (event) => {
        const taken = brought(event, area);
        if (taken && type !== 'dragover') take(taken);
      },
      { signal },
    );
  }
}

/** What is sent in another tab is gone here; what was typed here since stays. */
function followDraft({ draft, text, write }: Field, signal: AbortSignal): void {
  function follow({ key, oldValue, newValue }: StorageEvent): void {
    if (key === `foyer:${draft}`) write(text() === (oldValue ?? '') ? (newValue ?? '') : text());
  }
  addEventListener('storage', follow, { signal });
}

function filePicker({ area, take }: Field): () => void {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = true;
  input.hidden = true;
  input.addEventListener('change', () => take({ files: [...(input.files ?? [])] }));
  area.form?.append(input);
  return () => {
    // The same file again is a change, too.
    input.value = '';
    input.click();
  };
}
