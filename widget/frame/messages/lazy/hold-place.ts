/** Pixels from the end within which a reader counts as being at it. */
const NEAR = 60;

let holding = false;

/**
 * Keeps the scroll position while texts above change their height because of their formatting. Call it
 * before the change; one call covers all changes of a turn.
 */
export function holdPlace(): void {
  const log = document.querySelector('[role=log]');
  if (!log || holding) return;
  holding = true;
  const { top } = log.getBoundingClientRect();
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR;
  const firstRow = [...log.querySelectorAll('li')].find(
    (row) => row.getBoundingClientRect().bottom > top,
  );
  const before = firstRow?.getBoundingClientRect().top ?? 0;
  queueMicrotask(() => {
    holding = false;
    if (atEnd) log.scrollTop = log.scrollHeight;
    else if (firstRow) log.scrollTop += firstRow.getBoundingClientRect().top - before;
  });
}
