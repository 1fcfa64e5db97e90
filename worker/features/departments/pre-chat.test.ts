import { describe, expect, test } from 'vitest';
import {
  MAX_CUSTOM_FIELD_LENGTH,
  MAX_CUSTOM_FIELDS,
  MAX_NAME_LENGTH,
} from '../../../protocol/limits.ts';
import type { PreChatField } from '../../../protocol/resources/department.ts';
import { FoyerError } from '../../kernel/errors.ts';
import { checkAnswers, customerData, preChatData, toDetails } from './pre-chat.ts';

const field = (id: string, more: Partial<PreChatField> = {}): PreChatField => ({
  id,
  label: id,
  type: 'text',
  required: false,
  options: [],
  ...more,
});

const form = [
  field('who', { type: 'name', required: true }),
  field('mail', { type: 'email', required: true }),
  field('tel', { type: 'phone' }),
  field('size', { type: 'select', options: ['1', '2 to 10'] }),
  field('about', { type: 'textarea' }),
];

const right = { who: 'Ada', mail: 'ada@example.org' };

function refusalOf(answers: Record<string, string>): FoyerError | undefined {
  try {
    checkAnswers(form, answers, {});
  } catch (error) {
    if (error instanceof FoyerError && error.code === 'validation_failed') return error;
    throw error;
  }
  return undefined;
}

/** What is wrong with each field. */
const wrong = (answers: Record<string, string>) => refusalOf(answers)?.fields;

describe("the answers to a department's form", () => {
  test('are kept without blanks, and say who it is', () => {
    const answers = { ...right, tel: ' +49 (30) 123-45 ', size: '2 to 10', about: '  ' };
    expect(checkAnswers(form, answers, {})).toEqual({
      answers: { ...right, tel: '+49 (30) 123-45', size: '2 to 10' },
      details: { full_name: 'Ada', email: 'ada@example.org', phone: '+49 (30) 123-45' },
    });
  });

  test.each(['ivan@почта.рф', 'josé@shop.example', 'abc..def@phone.example', 'a%b@shop.example'])(
    'V9: %s is kept as it was given',
    (mail) => {
      const { details } = checkAnswers(form, { ...right, mail: ` ${mail}\u200b` }, {});
      expect(details.email).toBe(mail);
      expect(customerData.parse({ email: mail }).email).toBe(mail);
    },
  );

  test.each([
    '+49\u00a0170\u20091234567',
    '\u202d+49 170 1234567\u202c',
    '٠١٧٠ ١٢٣٤٥٦٧',
    '030–1234 ext. 12',
    'tel:+491701234567',
  ])('V8: the phone number %s is kept as it was given', (tel) => {
    expect(checkAnswers(form, { ...right, tel }, {}).details.phone).toBe(tel);
    expect(customerData.parse({ phone: tel }).phone).toBe(tel);
  });

  test('V18: an answer of which nothing can be seen is none, and a name of that kind says nothing', () => {
    expect(Object.keys(wrong({ ...right, who: '\u200b\u00ad' }) ?? {})).toEqual([
      'preChatData.who',
    ]);
    const answers = { ...right, about: '\u3164', tel: '\u2060', mail: right.mail };
    expect(checkAnswers(form, answers, customerData.parse({ name: '\u200e' }))).toEqual({
      answers: right,
      details: { full_name: 'Ada', email: right.mail },
    });
    expect(
      toDetails(customerData.parse({ name: '\u2800', email: '\u200b', phone: '\ufeff' })),
    ).toEqual({});
  });

  test('A21: a name has as many characters as its field takes', () => {
    expect(wrong({ ...right, who: '😀'.repeat(MAX_NAME_LENGTH) })).toBe(undefined);
    expect(wrong({ ...right, who: '😀'.repeat(MAX_NAME_LENGTH + 1) })).toBeDefined();
  });

  test('give way to what customerData says', () => {
    const customerData = { name: 'Ada Byron', email: '', phone: '123' };
    const { answers, details } = checkAnswers(form, right, customerData);
    expect(answers).toEqual(right);
    expect(details).toEqual({ full_name: 'Ada Byron', email: 'ada@example.org', phone: '123' });
  });

  test('of two fields of a type: the first that is filled says it', () => {
    const two = [field('work', { type: 'email' }), field('home', { type: 'email' })];
    const { details } = checkAnswers(two, { work: '', home: 'h@example.org' }, {});
    expect(details).toEqual({ email: 'h@example.org' });
  });

  test.each([
    ['a needed field that is left out', { mail: right.mail }, 'who'],
    ['a needed field that is blank', { ...right, who: ' \n' }, 'who'],
    ['a name that is too long', { ...right, who: 'x'.repeat(MAX_NAME_LENGTH + 1) }, 'who'],
    ['an e-mail address that is none', { ...right, mail: 'ada@' }, 'mail'],
    ['a phone number that is none', { ...right, tel: 'call me' }, 'tel'],
    ['a phone number without digits', { ...right, tel: '+()' }, 'tel'],
    ['a choice that is not offered', { ...right, size: '11' }, 'size'],
    ['a field that the form has not', { ...right, admin: 'yes' }, 'admin'],
  ])('are refused for %s', (_what, answers, id) => {
    const fields = wrong(answers);
    expect(Object.keys(fields ?? {})).toEqual([`preChatData.${id}`]);
  });

  test.each<[Record<string, string>, Record<string, string>]>([
    [{ mail: right.mail }, { who: 'required' }],
    [{ ...right, who: 'x'.repeat(MAX_NAME_LENGTH + 1) }, { who: 'too_long' }],
    [{ ...right, mail: 'ada@' }, { mail: 'not_an_email' }],
    [{ ...right, tel: 'call me' }, { tel: 'not_a_phone_number' }],
    [{ ...right, size: '11' }, { size: 'not_a_choice' }],
    [{ ...right, admin: 'yes' }, { admin: 'unknown_field' }],
    [
      { mail: 'no', gone: 'x' },
      { who: 'required', mail: 'not_an_email', gone: 'unknown_field' },
    ],
  ])('V4: %j is refused with a code for each field', (answers, reasons) => {
    const named = Object.entries(reasons).map(([id, reason]) => [`preChatData.${id}`, reason]);
    expect(refusalOf(answers)?.reasons).toEqual(Object.fromEntries(named));
  });

  test('are refused with every wrong field at once', () => {
    expect(Object.keys(wrong({ mail: 'no', size: 'huge' }) ?? {}).sort()).toEqual([
      'preChatData.mail',
      'preChatData.size',
      'preChatData.who',
    ]);
  });

  test('do not reach what every object inherits', () => {
    const odd = [field('constructor'), field('__proto__')];
    expect(checkAnswers(odd, {}, {})).toEqual({ answers: {}, details: {} });
    expect(wrong(JSON.parse('{"who":"A","mail":"a@b.example","toString":"x"}'))).toEqual({
      'preChatData.toString': 'This form has no such field.',
    });
  });
});

describe('what is accepted at all', () => {
  const answers = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`field_${index}`, 'x']));

  test(`is ${MAX_CUSTOM_FIELDS} fields of ${MAX_CUSTOM_FIELD_LENGTH} characters`, () => {
    const text = (length: number) => ({ field: 'x'.repeat(length) });
    expect(preChatData.safeParse(answers(MAX_CUSTOM_FIELDS)).success).toBe(true);
    expect(preChatData.safeParse(answers(MAX_CUSTOM_FIELDS + 1)).success).toBe(false);
    expect(preChatData.safeParse(text(MAX_CUSTOM_FIELD_LENGTH)).success).toBe(true);
    expect(preChatData.safeParse(text(MAX_CUSTOM_FIELD_LENGTH + 1)).success).toBe(false);
  });

  test('is nothing said, or something right', () => {
    for (const data of [{}, { name: null, email: '', phone: '' }, { email: 'a@b.example' }]) {
      expect(customerData.safeParse(data).success).toBe(true);
    }
    for (const data of [
      { name: 'x'.repeat(MAX_NAME_LENGTH + 1) },
      { email: 'nobody' },
      { phone: '1'.repeat(51) },
      { name: 7 },
    ]) {
      expect(customerData.safeParse(data).success).toBe(false);
    }
  });
});
