import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

/** A text field as browsers have them, as far as the limit uses it. */
class FakeField {
  value = '';
  dataset: { max?: string } = {};
  selectionStart = 0;
  setSelectionRange(start: number): void {
    this.selectionStart = Math.min(start, this.value.length);
  }
  dispatchEvent(event: Event): void {
    listeners.get(event.type)?.(Object.assign({}, { target: this }));
  }
}
class FakeTextArea extends FakeField {}

const listeners = new Map<string, (event: object) => void>();

beforeAll(async () => {
  vi.stubGlobal('HTMLInputElement', FakeField);
  vi.stubGlobal('HTMLTextAreaElement', FakeTextArea);
  vi.stubGlobal('addEventListener', (type: string, listen: (event: object) => void) =>
    listeners.set(type, listen),
  );
  // Run for what it does; it exports nothing.
  await vi.importActual('./field-limit.ts');
});
afterAll(() => vi.unstubAllGlobals());

function field(max: string | undefined, value: string, Kind = FakeField): FakeField {
  return Object.assign(new Kind(), {
    value,
    dataset: max === undefined ? {} : { max },
    selectionStart: value.length,
  });
}

/** The field after what was typed into it. */
function typed(target: FakeField, isComposing = false): FakeField {
  listeners.get('input')?.({ target, isComposing });
  return target;
}

describe('A21: data-max counts code points', () => {
  it('takes as many emoji as characters', () => {
    const emoji = '😀'.repeat(200);
    expect(typed(field('200', emoji)).value).toBe(emoji);
    expect(typed(field('200', `${emoji}😀`)).value).toBe(emoji);
    expect(typed(field('200', 'x'.repeat(201), FakeTextArea)).value).toBe('x'.repeat(200));
  });

  it('keeps the caret', () => {
    const long = field('3', 'abcd');
    long.selectionStart = 2;
    expect(typed(long).selectionStart).toBe(2);
    expect(typed(field('3', 'abcd')).selectionStart).toBe(3);
  });

  it('leaves a word alone while it is composed, and cuts it at the end', () => {
    const long = field('2', 'にほん');
    expect(typed(long, true).value).toBe('にほん');
    listeners.get('compositionend')?.({ target: long });
    expect(long.value).toBe('にほ');
  });

  it('leaves fields without a limit alone, and what is no field', () => {
    expect(typed(field(undefined, 'abcd')).value).toBe('abcd');
    expect(() => listeners.get('input')?.({ target: {} })).not.toThrow();
  });
});
