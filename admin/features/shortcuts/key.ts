/** The properties of a keyboard event that identify the key. */
export type KeyPress = Pick<
  KeyboardEvent,
  'key' | 'code' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'
> &
  Partial<Pick<KeyboardEvent, 'getModifierState'>>;

const LATIN_LETTER = /^\p{Script=Latin}$/u;
/** One or more letters in any script. Arabic keyboards have two letters on one key. */
const LETTERS = /^[\p{L}\p{M}]+$/u;
const PLACE = /^Key([A-Z])$/;
/** Signs of the table at whose places other scripts have letters. */
const SIGNS: Record<string, string> = { BracketLeft: '[', BracketRight: ']' };

/**
 * The name of the pressed key for shortcuts: a lowercase Latin letter, regardless of Caps Lock, or
 * the browser's name of any other key. If the layout has another script (Russian, Greek, Hebrew,
 * Arabic …), the letter is the one of an American keyboard at the same place
 * (https://w3c.github.io/uievents-code/); layouts that move Latin letters (AZERTY, Dvorak) keep
 * theirs.
 *
 * @example keyOf({ key: 'С', code: 'KeyC', … }) // 'c': the Cyrillic letter on the key C
 */
export function keyOf({ key, code }: Pick<KeyPress, 'key' | 'code'>): string {
  if (LATIN_LETTER.test(key)) return key.toLowerCase();
  if (!LETTERS.test(key)) return key;
  return PLACE.exec(code)?.[1]?.toLowerCase() ?? SIGNS[code] ?? key;
}

/** Whether Ctrl, Command or Alt is pressed, unless the layout needs it to type a sign. */
export function isModified(press: KeyPress): boolean {
  // Some layouts write `/` and `?` with AltGr, which Windows reports as Ctrl and Alt.
  const writesSign = !LETTERS.test(press.key) && press.getModifierState?.('AltGraph');
  return !writesSign && (press.ctrlKey || press.metaKey || press.altKey);
}

/** Whether the event is a letter with only Ctrl or Command. */
export function isCommand(press: KeyPress, letter: string): boolean {
  return (press.ctrlKey || press.metaKey) && !press.altKey && keyOf(press) === letter;
}
