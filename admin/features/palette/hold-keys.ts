/**
 * Keeps the keys that are pressed until the returned function is called, which returns their names
 * and lets keys through again. What an agent types at once after the key of a menu is meant for
 * the menu, which may still be loading.
 */
export function holdKeys(): () => string[] {
  const pressed: string[] = [];
  const hold = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    pressed.push(event.key);
  };
  addEventListener('keydown', hold, true);
  return () => {
    removeEventListener('keydown', hold, true);
    return pressed;
  };
}
