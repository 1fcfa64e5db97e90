import { describe, expect, test } from 'vitest';
import { passwordProblem } from './passwords.ts';

const OLIVE = {
  name: 'Olive Núñez',
  email: 'o.nunez@shop.acme.example',
  organizations: ['Acme Garden Tools', 'acme-eu'],
};
const problem = (password: string) => passwordProblem(password, OLIVE);

describe('S6: a password is refused', () => {
  test('where it is one of the commonest, in whatever case', () => {
    for (const password of ['password', '12345678', 'PassWord', 'Qwertyuiop', 'iloveyou']) {
      expect(problem(password)).toMatch(/most common/);
    }
  });

  test('where it is its owner’s name, address, organization, or the product', () => {
    const own = [
      'o.nunez@shop.acme.example',
      'Olive Nunez',
      'olivenunez',
      'olive2027!',
      'Núñez-2027',
      'acmegarden',
      'acme-eu-acme',
      'GARDEN TOOLS',
      'foyer2027',
      'Foyer-Acme-1',
    ];
    expect(own.filter((password) => problem(password) === null)).toEqual([]);
    expect(problem('olive2027!')).toMatch(/your name, your address or your organization/);
  });

  test('where it is too short or too long', () => {
    expect(problem('k7#pQ2x')).toBe('At least 8 characters.');
    expect(problem('k7#pQ2x '.repeat(20))).toBe('At most 128 characters.');
  });
});

test('S6: other passwords are taken, own words among them too', () => {
  const good = [
    'correct horse battery',
    'olive counts nine boats',
    'a-b!c#d$',
    'пароль из слов',
    '合言葉はとても長い',
    'k7#pQ2xW',
  ];
  for (const password of good) expect([password, problem(password)]).toEqual([password, null]);
});

test('S6: of 20,000 random passwords, at most one in 500 is taken for a common one', () => {
  const random = Array.from({ length: 20_000 }, (_, index) => `${(index + 1) * 7_654_321}-x9q`);
  expect(random.filter((password) => problem(password) !== null).length).toBeLessThan(40);
});
