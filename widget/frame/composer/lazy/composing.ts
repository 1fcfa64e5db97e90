import { type Brought, brought } from '../../../../protocol/client/input/transfer.ts';

/** The composer's field and its text. */
export type Field = {
  area: HTMLTextAreaElement;
  /** The name of its draft, for `keep`. */
  draft: string;
  text(): string;
  write(text: string): void;
  /** Receives chosen files, and what was pasted or dropped. */
  take(brought: Brought): void;
};

/**
 * Adds files, paste, drop and the shared draft to a field.
 *
 * @returns `choose` lets the visitor choose files; `stop` ends it when the field is removed
 */
export default function composing(field: Field): { choose(): void; stop(): void } {
  const ended = new AbortController();
  takeTransfers(field, ended.signal);
  followDraft(field, ended.signal);
  return { choose: filePicker(field), stop: () => ended.abort() };
}

/** Receives what is pasted or dropped anywhere in the frame. */
function takeTransfers({ area, take }: Field, signal: AbortSignal): void {
  for (const type of ['paste', 'drop', 'dragover']) {
    addEventListener(
      type,
      (event) => {
        const transfer = brought(event, area);
        if (transfer && type !== 'dragover') take(transfer);
      },
      { signal },
    );
  }
}

/** Follows the draft of other tabs. A text that was typed here since stays. */
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
    // Choosing the same file again must fire `change`, too.
    input.value = '';
    input.click();
  };
}
