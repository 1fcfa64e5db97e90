import { describe, expect, it, vi } from 'vitest';
import { RequestError } from '../../../../protocol/client/http.ts';
import type { PreChatField } from '../../../../protocol/resources/department.ts';
import { lazy } from '../../strings/languages/de.ts';
import { isGone } from '../../ui/lazy/texts.ts';
import { answerTo, complaint, refusals, renewed } from './form.ts';

vi.mock('../../strings/index.ts', async () => {
  const de = await import('../../strings/languages/de.ts');
  return { r: { ...de.texts, ...de.lazy }, fill: (text: string) => text };
});

const field = (id: string, more: Partial<PreChatField> = {}): PreChatField => ({
  id,
  label: id,
  type: 'text',
  required: false,
  options: [],
  ...more,
});

/** The Worker's refusal, with the error codes by field id. */
function refused(reasons: Record<string, string>): RequestError {
  const named = Object.entries(reasons).map(([id, reason]) => [`preChatData.${id}`, reason]);
  return new RequestError(400, 'validation_failed', 'No.', {
    fields: Object.fromEntries(named.map(([path]) => [path, 'An English sentence.'])),
    reasons: Object.fromEntries(named),
  });
}

describe('V4: the form changes while the visitor has it open', () => {
  it('a required field was added', () => {
    const now = [field('name'), field('order', { required: true })];
    expect(refusals(refused({ order: 'required' }), now, { name: 'Ada' })).toEqual({
      order: lazy.required,
    });
  });

  it('a field was removed: the others have no error', () => {
    const now = [field('name')];
    expect(refusals(refused({ size: 'unknown_field' }), now, { name: 'Ada', size: '1' })).toEqual(
      {},
    );
  });

  it('a field is required now', () => {
    const now = [field('phone', { type: 'phone', required: true })];
    expect(refusals(refused({ phone: 'required' }), now, {})).toEqual({ phone: lazy.required });
  });

  it('a field has another type now', () => {
    const now = [field('contact', { type: 'email' }), field('tel', { type: 'phone' })];
    const reasons = { contact: 'not_an_email', tel: 'not_a_phone_number' };
    expect(refusals(refused(reasons), now, { contact: 'Ada', tel: 'call me' })).toEqual({
      contact: lazy.badEmail,
      tel: lazy.badPhone,
    });
  });

  it('a choice is no longer offered: it must be made again, required or not', () => {
    for (const required of [true, false]) {
      const now = field('size', { type: 'select', options: ['klein', 'groß'], required });
      const answers = { size: 'mittel' };
      expect(answerTo(now, answers)).toBe('');
      expect(refusals(refused({ size: 'not_a_choice' }), [now], answers)).toEqual({
        size: lazy.badChoice,
      });
      // An optional choice may be left.
      expect(complaint(now, answers)).toBe(required ? lazy.badChoice : undefined);
    }
  });

  it('several refusals at once, each in the visitor’s language', () => {
    const now = [
      field('who', { type: 'name', required: true }),
      field('mail', { type: 'email', required: true }),
      field('size', { type: 'select', options: ['1'], required: true }),
      field('about', { required: true }),
    ];
    const reasons = {
      who: 'too_long',
      mail: 'not_an_email',
      size: 'not_a_choice',
      about: 'required',
      gone: 'unknown_field',
    };
    const answers = { who: 'x'.repeat(300), mail: 'no', size: '2', gone: 'x' };
    expect(refusals(refused(reasons), now, answers)).toEqual({
      who: lazy.refusals?.payload_too_large,
      mail: lazy.badEmail,
      size: lazy.badChoice,
      about: lazy.required,
    });
  });

  it('an unknown error code has a text in the visitor’s language, too', () => {
    for (const reasons of [{ name: 'a_reason_of_tomorrow' }, { name: 'constructor' }]) {
      expect(refusals(refused(reasons), [field('name')], { name: 'Ada' })).toEqual({
        name: lazy.refusals?.validation_failed,
      });
    }
  });

  it('unchanged fields stay the same objects', () => {
    const before = [field('name'), field('size', { type: 'select', options: ['1'] })];
    const same = structuredClone(before);
    expect(renewed(before, same)).toBe(before);
    const changed = [field('name'), field('size', { type: 'select', options: ['2'] })];
    const next = renewed(before, changed);
    expect(next[0]).toBe(before[0]);
    expect(next[1]).toBe(changed[1]);
    expect(renewed(before, [field('name')])).not.toBe(before);
  });
});

describe('V5: the department is gone', () => {
  it('is recognised among other refusals', () => {
    const reasons = { departmentId: 'not_available' };
    expect(isGone(new RequestError(404, 'not_found', 'No.', { reasons }))).toBe(true);
    expect(isGone(new RequestError(404, 'not_found', 'No.'))).toBe(false);
    expect(isGone(refused({ name: 'required' }))).toBe(false);
  });
});
