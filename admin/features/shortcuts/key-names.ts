const NAMES: Record<string, string> = {
  Escape: 'Esc',
  ArrowDown: '↓',
  ArrowUp: '↑',
};

const isMac = () => /Mac|iP(hone|ad)/.test(navigator.platform);

/**
 * How a key of the table is shown.
 *
 * @example keyName('Shift ArrowDown') // 'Shift ↓'
 * @example keyName('Ctrl K') // '⌘ K' on a Mac
 */
export function keyName(key: string): string {
  return key
    .split(' ')
    .map((part) => (part === 'Ctrl' && isMac() ? '⌘' : (NAMES[part] ?? part)))
    .join(' ');
}
