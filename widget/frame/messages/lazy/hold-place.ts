/** Pixels from the end within which a reader counts as being at it. */
const NEAR = 60;

let holding = false;

/**
 * Leaves the reader where they are while texts above them become as high as their formatting needs.
 * To be called before they change; all that change in one turn are held for once.
 */
export function holdPlace(): void {
  const log = document.querySelector('[role=log]');
  if (!log || holding) return;
  holding = true;
  const { top } = log.getBoundingClientRect();
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR;
  const seen = [...log.querySelectorAll('li')].find(
    (row) => row.getBoundingClientRect().bottom > top,
  );
  const before = seen?.getBoundingClientRect().top ?? 0;
  queueMicrotask(() => {
    holding = false;
    if (atEnd) log.scrollTop = log.scrollHeight;
    else if (seen) log.scrollTop += seen.getBoundingClientRect().top - before;
  });
}
