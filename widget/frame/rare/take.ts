import { type Brought, brought } from '../../../protocol/client/transfer.ts';

/** Takes what is pasted or dropped anywhere in the frame, until the signal aborts. */
export function takeTransfers(
  field: () => Element | undefined,
  take: (taken: Brought) => void,
  signal: AbortSignal,
): void {
  for (const type of ['paste', 'drop', 'dragover']) {
    addEventListener(
      type,
      (event) => {
        const taken = brought(event, field());
        if (taken && type !== 'dragover') take(taken);
      },
      { signal },
    );
  }
}
