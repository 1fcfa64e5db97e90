import { describe, expect, test } from 'vitest';
import { fileNameOf, refusalOf } from './files.ts';
import { MAX_FILE_BYTES, MAX_FILE_NAME_LENGTH } from './limits.ts';

const refusal = (name: string) => refusalOf({ name, size: 1 });

describe('S18: what a system runs is refused by its name', () => {
  test.each(
    `bat cmd com exe scr msi msc ps1 hta lnk jar docm url vbs vbe js jse wsf wsh cpl reg scf inf pif
    apk app dmg iso img xlsm pptm dotm xlam chm settingcontent-ms library-ms appref-ms application
    gadget sh command desktop appimage ade accde bas grp nsh prg vsmacros job rdp wsb wim vsdm class war
    crx xpi cjs rb so dylib`.split(/\s+/),
  )('%s', (extension) => {
    expect(refusal(`offer.${extension}`)).toBe('file_program');
    expect(refusal(`OFFER.${extension.toUpperCase()}`)).toBe('file_program');
  });

  test.each([
    ['a second extension', 'invoice.pdf.exe'],
    ['spaces before it', `invoice.pdf${' '.repeat(80)}.exe`],
    ['a dot behind it', 'invoice.exe.'],
    ['dots and spaces behind it', 'invoice.exe . .'],
    ['no-break spaces behind it', 'invoice.exe\u00a0'],
    ['a direction turned', 'invoice\u202egpj.exe'],
    ['something unseen in it', 'invoice.e\u200bx\u00ade'],
    ['a joiner in it', 'invoice.e\u200dxe'],
    ['wide letters', 'invoice．ｅｘｅ'],
    ['a stream of NTFS', 'invoice.exe::$DATA'],
    ['a stream that is a program', 'invoice.txt:run.exe'],
    ['nothing else', '.exe'],
  ])('with %s', (_, name) => {
    expect(refusal(name)).toBe('file_program');
  });

  test.each([
    'offer.pdf',
    'photo.exe.jpg',
    'report.docx',
    'table.xlsx',
    'notes',
    'exe',
    'archive.zip',
    'data.csv',
    'settings.json',
    'page.html',
    '6:30 exe.txt',
    'résumé.com.pdf',
  ])('%s is taken', (name) => {
    expect(refusal(name)).toBe(null);
  });
});

test('V19: an empty and a large file each have their reason', () => {
  expect(refusalOf({ name: 'a.txt', size: 0 })).toBe('file_empty');
  expect(refusalOf({ name: 'a.txt', size: MAX_FILE_BYTES })).toBe(null);
  expect(refusalOf({ name: 'a.txt', size: MAX_FILE_BYTES + 1 })).toBe('payload_too_large');
});

describe('V19: a name', () => {
  test.each([
    ['with joiners', 'نامه\u200cها.pdf', 'نامه\u200cها.pdf'],
    ['of an emoji', '👩\u200d💻.png', '👩\u200d💻.png'],
    ['that turns its direction', 'invoice\u202egpj.txt', 'invoicegpj.txt'],
    ['with isolates and marks', '\u2066a\u2069\u200e\u061c.txt', 'a.txt'],
    ['with controls', 'a\u0000b\n\u0085c.txt', 'abc.txt'],
    ['with a line separator', 'a\u2028b.txt', 'ab.txt'],
    ['that leads elsewhere', '..\\../etc/passwd', '....etcpasswd'],
    ['with an end that Windows drops', 'a.txt. . ', 'a.txt'],
    ['of a device', 'CON.txt', '_CON.txt'],
    ['of a device alone', 'nul', '_nul'],
    ['of a device with a raised digit', 'com¹.txt', '_com¹.txt'],
    ['that only begins as one', 'console.txt', 'console.txt'],
    ['of joiners alone', '\u200d\u200c', ''],
    ['of dots alone', '..', ''],
    ['of spaces alone', ' \u3000', ''],
  ])('%s', (_, name, kept) => {
    expect(fileNameOf(name)).toBe(kept);
  });

  test('that is too long is shortened and keeps its extension', () => {
    const name = fileNameOf(`${'ä'.repeat(230)}.pdf`);
    expect([...name]).toHaveLength(MAX_FILE_NAME_LENGTH);
    expect(name).toMatch(/^ä+….pdf$/);
    expect([...fileNameOf('a'.repeat(234))]).toHaveLength(MAX_FILE_NAME_LENGTH);
    const emoji = fileNameOf(`${'📎'.repeat(230)}.jpeg`);
    expect([...emoji]).toHaveLength(MAX_FILE_NAME_LENGTH);
    expect(emoji).not.toMatch(/\p{Surrogate}/u);
    expect(emoji).toMatch(/📎….jpeg$/u);
  });

  test('S11: takes time in proportion to what was given', () => {
    const began = performance.now();
    expect(fileNameOf(`a${'.'.repeat(200_000)}b`)).toMatch(/^a\.+…/);
    expect(fileNameOf(`a${' .'.repeat(100_000)}`)).toBe('a');
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  test('is the same when it is cleaned again', () => {
    for (const name of ['CON.txt', 'a.txt. .', `${'a'.repeat(300)}.pdf`, '\u202ea\u200d.b']) {
      expect(fileNameOf(fileNameOf(name))).toBe(fileNameOf(name));
    }
  });
});
