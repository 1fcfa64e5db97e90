import { describe, expect, it } from 'vitest';
import { dialled, isPhone, phoneDigits } from './phone.ts';

describe('V8: phone numbers as people write them', () => {
  it.each([
    ['+49 170 1234567', '491701234567'],
    ['+49\u00a0170\u20091234567', '491701234567'],
    ['\u202d+49 170 1234567\u202c', '491701234567'],
    ['\u2066+49 170 1234567\u2069', '491701234567'],
    ['\u200e+44 20 7946 0018\u200f', '442079460018'],
    ['٠١٧٠ ١٢٣٤٥٦٧', '01701234567'],
    ['۰۲۱-۱۲۳۴', '0211234'],
    ['+９１ ९८७६', '919876'],
    ['030–123456', '030123456'],
    ['030‑12‐34−56', '030123456'],
    ['030/12.34.56', '030123456'],
    ['(555) 010-0199', '5550100199'],
    ['+49 (0)170 1234567', '491701234567'],
    ['0049 170 1234567', '491701234567'],
    ['+44 20 7946 0018 ext. 12', '442079460018'],
    ['+44 20 7946 0018 x12', '442079460018'],
    ['8 (495) 123-45-67 доб. 12', '84951234567'],
    ['tel:+49-170-1234567', '491701234567'],
    ['tel:+1-555-0100;ext=12', '15550100'],
    ['*100#', '100'],
    ['+49 30 123456 Durchwahl 12', '4930123456'],
    ['Tel.: 030/123456', '030123456'],
    ['Mobil: 0170 1234567', '01701234567'],
    ['тел. 8 495 123-45-67 добавочный 12', '84951234567'],
    ['+98 21 1234 داخلی ۱۲', '98211234'],
    ['tel：03-1234-5678 内線：12', '0312345678'],
  ])('%s', (number, digits) => {
    expect(isPhone(number)).toBe(true);
    expect(phoneDigits(number)).toBe(digits);
  });

  it.each(['', 'call me', '+()', '\u202d\u202c', 'ask at 12', 'x12', 'a@1.example', '12 34 abc'])(
    'not %j',
    (text) => expect(isPhone(text)).toBe(false),
  );

  it('S11: takes time in proportion to what was given', () => {
    const began = performance.now();
    for (const part of ['1', '1 ', '1x', 'tel', '+', '(', ';ext']) {
      isPhone(`tel${part.repeat(100_000)}z`);
      phoneDigits(`${part.repeat(100_000)}z`);
    }
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  it('a link dials the digits, with the plus of a number for abroad', () => {
    expect(dialled('\u202d+49 (0)170 1234567\u202c')).toBe('+491701234567');
    expect(dialled('0049 170 1234567')).toBe('+491701234567');
    expect(dialled('٠١٧٠ ١٢٣٤')).toBe('01701234');
    expect(dialled('Mobil: +49 170 1234567')).toBe('+491701234567');
  });

  it('a link dials one number, without what is keyed in after a pause', () => {
    expect(dialled('+1 555 010-0199,,12#')).toBe('+15550100199');
    expect(dialled('+1 555 010-0199 / +1 555 010-0200')).toBe('+15550100199');
    expect(dialled('030 1234567, 0171 1234567')).toBe('0301234567');
    expect(dialled('030/12.34.56')).toBe('030123456');
  });
});
