/**
 * Calls `discard` when another tab removes an unsent message from the browser's storage
 * (`localOutbox`), because somebody discarded it or sent it from there.
 *
 * @param id the message's; returns how to stop
 */
export function onDiscardedElsewhere(id: string, discard: () => void): () => void {
  function hear({ key, newValue }: StorageEvent): void {
    if (newValue === null && key?.endsWith(`:${id}`)) discard();
  }
  addEventListener('storage', hear);
  return () => removeEventListener('storage', hear);
}
